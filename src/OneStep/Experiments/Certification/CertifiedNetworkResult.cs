using OneStep.Statistics;

namespace OneStep.Experiments.Certification;

/// <summary>What perturbations were found for a network's inputs, some of them certified against a whole ball, and what they do to the
/// network. The clean accuracy is over the inputs that were looked at.</summary>
public abstract record CertifiedNetworkResult : NetworkResult
{
    /// <summary>How many test inputs were looked at for those that are classified correctly.</summary>
    public required int Examined { get; init; }

    /// <summary>One an input, in the order of the test set.</summary>
    public required IReadOnlyList<CertifiedInput> Inputs { get; init; }

    /// <summary>One for each kind that was looked for, in the order of <see cref="PerturbationKind"/>.</summary>
    public required IReadOnlyList<SizeMeasurement> Sizes { get; init; }

    /// <summary>Certificates that the network withstands although it is one of those that they speak of: none, or the program
    /// is wrong.</summary>
    public required IReadOnlyList<CertificateViolation> Violations { get; init; }

    /// <summary>One for each lower bound that was asked for, in the order of <see cref="LowerBoundKind"/>.</summary>
    public IReadOnlyList<LowerBoundMeasurement> LowerBounds { get; init; } = [];

    /// <summary>How tight the brackets are in the median: see <see cref="CertifiedInput.Ratio"/>; null where no input has both ends.</summary>
    public double? Ratio => Summary.Of(Inputs.Select(input => input.Ratio).OfType<double>()).Median;

    /// <summary>Lower bounds above a perturbation that flips the network: none, or the program is wrong.</summary>
    public IReadOnlyList<LowerBoundViolation> BrokenBounds { get; init; } = [];

    /// <summary>Wall time of drawing and training, in seconds.</summary>
    public required double TrainSeconds { get; init; }

    /// <summary>Wall time of evaluating the network at every perturbation, in seconds.</summary>
    public required double CheckSeconds { get; init; }

    /// <summary>What was found of one kind.</summary>
    /// <exception cref="InvalidOperationException">The kind was not looked for.</exception>
    public SizeMeasurement this[PerturbationKind kind] => Sizes.First(size => size.Kind == kind);
}
