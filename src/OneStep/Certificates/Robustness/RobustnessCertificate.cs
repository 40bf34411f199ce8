namespace OneStep.Certificates.Robustness;

/// <summary>What is proved of one input.</summary>
public enum RobustnessOutcome
{
    /// <summary>A positive radius is proved, rounding included.</summary>
    Certified,

    /// <summary>f(x) is zero within rounding: there is no label to keep.</summary>
    NoLabel,

    /// <summary>No bound proves a positive radius. That is no proof that there is none.</summary>
    NotProved,
}

/// <summary>
/// How small a change provably cannot flip one input: no δ with ‖δ‖₂ &lt; <see cref="Radius"/> does, and where one is known that does,
/// its norm is an upper bound (docs/mathematics.md §7). Lengths are in units of the input.
/// </summary>
public sealed record RobustnessCertificate
{
    /// <summary>The position among the inputs, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>What the network says of the input, −1 or +1; 0 where there is no label.</summary>
    public required int Label { get; init; }

    /// <summary>f(x), in float64.</summary>
    public required double Score { get; init; }

    /// <summary>What is proved.</summary>
    public required RobustnessOutcome Outcome { get; init; }

    /// <summary>The largest proved radius; null where none is.</summary>
    public double? Radius { get; init; }

    /// <summary>The name of the bound that proves it; null where none does.</summary>
    public string? Bound { get; init; }

    /// <summary>The radius that each bound proves, in the order of <see cref="RobustnessCertificates.Bounds"/>; 0 where it proves none.</summary>
    public required IReadOnlyList<double> Radii { get; init; }

    /// <summary>‖δ‖ of the given perturbation, if float64 confirms that it flips; else null.</summary>
    public double? PerturbationNorm { get; init; }

    /// <summary>The radius over the norm of the known flip, at most 1: how tight the bracket is; null where one end is missing.</summary>
    public double? Ratio => Radius / PerturbationNorm;
}

/// <summary>The certificates of some inputs.</summary>
/// <param name="Bounds">The bounds that were computed.</param>
/// <param name="Seconds">The wall time of each bound, over all inputs.</param>
/// <param name="Inputs">One for every input, in order.</param>
public sealed record RobustnessCertificates(
    IReadOnlyList<IRobustnessBound> Bounds, IReadOnlyList<double> Seconds, IReadOnlyList<RobustnessCertificate> Inputs)
{
    /// <summary>How many inputs have a positive radius.</summary>
    public int CertifiedCount => Inputs.Count(input => input.Outcome == RobustnessOutcome.Certified);

    /// <summary>How many inputs keep their label under every ‖δ‖ &lt; ε.</summary>
    /// <param name="budget">ε.</param>
    public int CountBeyond(double budget) => Inputs.Count(input => input.Radius >= budget);
}
