namespace OneStep.Experiments.Certification;

/// <summary>
/// A multiple of a trained network, the cone that it lies in, and what certificates from W0 alone do to it (docs/mathematics.md §8).
/// Deviation and clean accuracy are those of the multiple; it was tried with the single step, with ball-wide perturbations and with
/// universal ones.
/// </summary>
public sealed record ConeResult : CertifiedNetworkResult
{
    /// <summary>Which multiple, and on how many inputs.</summary>
    public required ConeOptions Options { get; init; }

    /// <summary>Where the trained network lies.</summary>
    public required ConeFacts Trained { get; init; }

    /// <summary>Where its multiple lies: C0 should be the same, and the scale that of the trained network over s.</summary>
    public required ConeFacts Multiple { get; init; }

    /// <summary>The scale at which the multiple is nearest to W0, as the trained network's own position says: its best scale over s.</summary>
    public double TrueScale => Trained.Scale / Options.Scale;

    /// <summary>Whether the multiple lies in the cone over the ball that certificates speak of.</summary>
    public required bool IsInCone { get; init; }
}
