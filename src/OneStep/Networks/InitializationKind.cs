namespace OneStep.Networks;

/// <summary>How the initial weights W0 and the signs a are drawn.</summary>
public enum InitializationKind
{
    /// <summary>Every row w_{s,0} ~ N(0, I) and every sign a_s uniform on {−1, +1}, all independent.</summary>
    Standard,

    /// <summary>Rows in pairs (w, +1), (w, −1) with w ~ N(0, I), so that f is identically zero at the start; m is even.</summary>
    Antisymmetric,
}
