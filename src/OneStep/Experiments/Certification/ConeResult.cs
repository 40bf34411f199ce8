namespace OneStep.Experiments.Certification;

/// <summary>
/// A multiple of a trained network, the cone that it lies in, and what certificates from W0 alone do to it (docs/mathematics.md §8).
/// Deviation and clean accuracy are those of the multiple, the latter over the inputs that were looked at.
/// </summary>
public sealed record ConeResult : NetworkResult
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

    /// <summary>How many test inputs were looked at for those that are classified correctly.</summary>
    public required int Examined { get; init; }

    /// <summary>One an input, in the order of the test set.</summary>
    public required IReadOnlyList<CertifiedInput> Inputs { get; init; }

    /// <summary>What was found: the single step on the multiple, and ball-wide and universal perturbations.</summary>
    public required IReadOnlyList<SizeMeasurement> Sizes { get; init; }

    /// <summary>Certificates that the multiple withstands although the cone holds it: none, or the program is wrong.</summary>
    public required IReadOnlyList<CertificateViolation> Violations { get; init; }

    /// <summary>Wall time of drawing and training, in seconds.</summary>
    public required double TrainSeconds { get; init; }

    /// <summary>Wall time of evaluating the multiple at every perturbation, in seconds.</summary>
    public required double CheckSeconds { get; init; }
}
