using OneStep.Experiments;
using OneStep.Reports.Figures;

namespace OneStep.Reports;

/// <summary>The figures of one experiment, as a page, a study or another program may want them.</summary>
public static class AttackFigures
{
    /// <summary>Distributions of ‖δ‖/‖x‖, ‖∇f‖ and η, and accuracy against the budget; none where nothing was flipped.</summary>
    /// <param name="result">The experiment.</param>
    public static IReadOnlyList<Figure> Distributions(ExperimentResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        Figure?[] figures =
        [
            DistributionFigures.RelativePerturbation(result),
            RobustAccuracyFigure.Of(result),
            DistributionFigures.GradientNorm(result),
            DistributionFigures.StepSize(result),
        ];
        return [.. figures.OfType<Figure>()];
    }

    /// <summary>The score along the rays, and ‖δ‖ against the margin; none where there is no data for them.</summary>
    /// <param name="result">The experiment.</param>
    public static IReadOnlyList<Figure> Steps(ExperimentResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        Figure?[] figures = [RayFigure.Of(result), MarginFigure.Of(result)];
        return [.. figures.OfType<Figure>()];
    }

    /// <summary>Loss, accuracy and deviation while training; none where the network was not trained in this run.</summary>
    /// <param name="result">The experiment.</param>
    public static IReadOnlyList<Figure> Training(ExperimentResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return TrainingFigures.Of(result);
    }
}
