namespace OneStep.Claims;

/// <summary>What was certified; what is missing leaves claims without a verdict.</summary>
public sealed record CertifiedEvidence
{
    /// <summary>Perturbations proved for whole lazy balls, over dimensions and radii.</summary>
    public IReadOnlyList<CertifiedNetwork> BallWide { get; init; } = [];

    /// <summary>Bounds on the robust accuracy of whole lazy balls, over widths, radii and budgets.</summary>
    public IReadOnlyList<CertifiedBall> Frontier { get; init; } = [];

    /// <summary>Adversarially trained networks, to be held against those bounds.</summary>
    public IReadOnlyList<AdversarialNetwork> Trained { get; init; } = [];

    /// <summary>Multiples of networks.</summary>
    public IReadOnlyList<ScaledNetwork> Multiples { get; init; } = [];

    /// <summary>What flips networks and what provably does not, over dimensions and widths.</summary>
    public IReadOnlyList<NetworkBracket> Bracketed { get; init; } = [];
}
