using OneStep.Statistics;

namespace OneStep.Experiments.Certification;

/// <summary>One lower bound over all inputs: below its radius nothing flips the trained network.</summary>
public sealed record LowerBoundMeasurement
{
    /// <summary>The bound.</summary>
    public required LowerBoundKind Kind { get; init; }

    /// <summary>The radii over all inputs, in ℓ2; 0 where nothing is proved.</summary>
    public required Summary Radius { get; init; }

    /// <summary>The radius beside ‖δ‖ of the single step for the same input.</summary>
    public required RatioSummary OverOneStep { get; init; }

    /// <summary>The radius beside the shortest ‖δ‖ found for the same input; never above 1.</summary>
    public required RatioSummary OverBest { get; init; }

    /// <summary>For how many inputs a positive radius is proved.</summary>
    public required int Proved { get; init; }

    /// <summary>Wall time in seconds.</summary>
    public required double Seconds { get; init; }
}

/// <summary>A lower bound that a perturbation is shorter than which flips the network all the same.</summary>
/// <param name="Bound">The bound.</param>
/// <param name="Radius">What it says that nothing below flips.</param>
/// <param name="Kind">The kind of the perturbation.</param>
/// <param name="Index">The position of the input among the test inputs.</param>
/// <param name="Norm">‖δ‖, below the radius.</param>
public sealed record LowerBoundViolation(LowerBoundKind Bound, double Radius, PerturbationKind Kind, int Index, double Norm);
