using OneStep.Attacks;
using OneStep.Data;
using OneStep.TangentKernel;
using OneStep.Training;

namespace OneStep.Experiments.InfiniteWidth;

/// <summary>How well a predictor fits its training examples.</summary>
/// <param name="Steps">Steps taken: see <see cref="KernelFit.Steps"/>.</param>
/// <param name="Residual">How far from optimal it is: see <see cref="KernelFit.Residual"/>.</param>
/// <param name="TrainLoss">The mean logistic loss, without any penalty.</param>
/// <param name="TrainAccuracy">Part of the training examples classified correctly, 0 to 1.</param>
public sealed record KernelFitSummary(int Steps, double Residual, double TrainLoss, double TrainAccuracy)
{
    /// <summary>Sums a fit up.</summary>
    internal static KernelFitSummary Of(KernelFit fit, LabelledInputs examples)
    {
        (double loss, double accuracy) = LogisticLoss.Evaluate(fit.TrainingScores, examples.Labels);
        return new(fit.Steps, fit.Residual, loss, accuracy);
    }
}

/// <summary>What a single step does to a predictor of infinite width.</summary>
public sealed record KernelResult
{
    /// <summary>What was asked for.</summary>
    public required KernelParameters Parameters { get; init; }

    /// <summary>Names the data: see <see cref="ClassificationTask.DatasetFingerprint"/>.</summary>
    public required string DatasetFingerprint { get; init; }

    /// <summary>How well the predictor fits.</summary>
    public required KernelFitSummary Fit { get; init; }

    /// <summary>What the attacked inputs say together.</summary>
    public required AttackSummary Attack { get; init; }

    /// <summary>What [JT19] asks for; null unless samples were given.</summary>
    public TangentRegime? Regime { get; init; }

    /// <summary>Wall time of the fit.</summary>
    public required double FitSeconds { get; init; }

    /// <summary>Wall time of the attack.</summary>
    public required double AttackSeconds { get; init; }

    /// <summary>Wall time of the float64 verification.</summary>
    public required double VerifySeconds { get; init; }

    /// <summary>One row an attacked input.</summary>
    public required IReadOnlyList<AttackedExample> Rows { get; init; }
}
