using OneStep.Attacks;
using OneStep.Experiments;

namespace OneStep.Claims;

/// <summary>A network in its lazy ball, trained by plain SGD and attacked by single gradient steps.</summary>
public sealed record AttackedNetwork : MeasuredNetwork
{
    /// <summary>How many test images the network classifies wrongly or not at all.</summary>
    public required int Misclassified { get; init; }

    /// <summary>‖δ‖/‖x‖ of every flip that float64 confirmed, in any order.</summary>
    public required IReadOnlyList<double> PerturbationNorms { get; init; }

    /// <summary>The mean of ‖∇f(x)‖ over those images; null where there are none.</summary>
    public required double? GradientNorm { get; init; }

    /// <summary>The mean of |η| over those images; null where there are none.</summary>
    public required double? StepSize { get; init; }

    /// <summary>The mean of ‖δ‖/‖x‖; null where nothing was flipped.</summary>
    public double? PerturbationNorm => PerturbationNorms.Count == 0 ? null : PerturbationNorms.Average();

    /// <summary>How many test images the network classifies correctly.</summary>
    public int Correct => Total - Misclassified;

    /// <summary>The flipped part of the images that are classified correctly; null where there are none.</summary>
    public double? FlippedShare => Correct == 0 ? null : (double)PerturbationNorms.Count / Correct;

    /// <summary>The part of all test images that are misclassified or that a single step within the budget, a multiple of ‖x‖,
    /// flips: a lower bound on the robust error.</summary>
    public double RobustError(double budget) => (double)(Misclassified + PerturbationNorms.Count(norm => norm <= budget)) / Total;

    /// <summary>Takes from an experiment what the claims are about.</summary>
    public static AttackedNetwork From(ExperimentResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return new()
        {
            Dimension = result.Parameters.Dimension,
            Width = result.Parameters.Width,
            C0 = result.Parameters.C0,
            Seed = result.Parameters.Seed,
            Deviation = result.Deviation ?? double.NaN,
            Total = result.Examples.Total,
            Misclassified = result.Examples.Misclassified + result.Examples.NoLabel,
            PerturbationNorms = [.. result.Rows.Where(row => row.Status == ExampleStatus.Flipped).Select(row => row.RelativePerturbationNorm!.Value)],
            GradientNorm = result.GradientNorm.Mean,
            StepSize = result.StepSize.Mean,
        };
    }
}
