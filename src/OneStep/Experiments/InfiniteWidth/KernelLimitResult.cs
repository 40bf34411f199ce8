using OneStep.Training;

namespace OneStep.Experiments.InfiniteWidth;

/// <summary>A network of finite width beside its limit.</summary>
public sealed record KernelLimitResult
{
    /// <summary>What was asked for.</summary>
    public required KernelLimitParameters Parameters { get; init; }

    /// <summary>Names the data: see <see cref="Data.ClassificationTask.DatasetFingerprint"/>.</summary>
    public required string DatasetFingerprint { get; init; }

    /// <summary>How the network was trained.</summary>
    public required TrainingSummary Training { get; init; }

    /// <summary>How the limit was: in as many steps.</summary>
    public required KernelFitSummary Fit { get; init; }

    /// <summary>What the single step does to the network.</summary>
    public required AttackSummary Network { get; init; }

    /// <summary>What it does to the limit.</summary>
    public required AttackSummary Kernel { get; init; }

    /// <summary>How far they are from one another.</summary>
    public required LimitDifferences Difference { get; init; }

    /// <summary>What [JT19] asks for at the network's train loss; null unless samples were given.</summary>
    public TangentRegime? Regime { get; init; }

    /// <summary>Wall time of training the network.</summary>
    public required double TrainSeconds { get; init; }

    /// <summary>Wall time of training the limit.</summary>
    public required double FitSeconds { get; init; }

    /// <summary>Wall time of attacking both, the verification included.</summary>
    public required double AttackSeconds { get; init; }

    /// <summary>One row an attacked input.</summary>
    public required IReadOnlyList<LimitRow> Rows { get; init; }
}
