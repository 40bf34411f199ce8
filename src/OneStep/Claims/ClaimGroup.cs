namespace OneStep.Claims;

/// <summary>Whose claim it is.</summary>
public enum ClaimGroup
{
    /// <summary>The poster's.</summary>
    Poster,

    /// <summary>That of the systems the poster builds on: random networks, and the kernel of infinite width.</summary>
    Earlier,

    /// <summary>Our own: where the law comes from, and what is proved at a finite size.</summary>
    Own,
}
