using OneStep.Experiments;
using OneStep.Reports;

namespace OneStep.Reproduction;

/// <summary>The figures of a reproduction, each with a name that is unique among all.</summary>
/// <param name="Studies">The sections of each study, in the order of the plan.</param>
/// <param name="Ray">The score along the ray of the network that is shown, and the size of the flip against the margin.</param>
/// <param name="Images">Distributions over the images of that network.</param>
internal sealed record ReproductionFigures(
    IReadOnlyList<(StudyRole Role, IReadOnlyList<FigureSet> Sets)> Studies, IReadOnlyList<Figure> Ray, IReadOnlyList<Figure> Images)
{
    private const string RepresentativeName = "network";

    /// <summary>All of them.</summary>
    public IEnumerable<Figure> All => Studies.SelectMany(study => study.Sets).SelectMany(set => set.Figures).Concat(Ray).Concat(Images);

    /// <summary>Makes the figures.</summary>
    /// <param name="result">What was measured. The same numbers give the same figures, however they were computed.</param>
    /// <param name="cancellation">Ends the work early with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="OneStepException">A file of the store cannot be read.</exception>
    public static ReproductionFigures Of(ReproductionResult result, CancellationToken cancellation)
    {
        ExperimentResult shown = result.Representative.Result;
        return new(
            [.. result.Studies.Select(study => (study.Study.Role, Sets(study, result, cancellation)))],
            [.. AttackFigures.Steps(shown).Select(figure => Named(figure, RepresentativeName))],
            [.. AttackFigures.Distributions(shown).Select(figure => Named(figure, RepresentativeName))]);
    }

    private static IReadOnlyList<FigureSet> Sets(ReproducedStudy study, ReproductionResult result, CancellationToken cancellation) => study.Results.Cells.Count == 0 ? [] :
    [
        .. Beside(study.Study.Role, result).Concat(StudyFigures.Of(study.Results, cancellation)).Select(set => set with
        {
            Name = $"{study.Study.Study}-{set.Name}",
            Figures = [.. set.Figures.Select(figure => Named(figure, study.Study.Study))],
        }),
    ];

    /// <summary>What needs other studies, too.</summary>
    private static IEnumerable<FigureSet> Beside(StudyRole role, ReproductionResult result) => new[]
    {
        role switch
        {
            StudyRole.Frontier => TrainedBesideCertified.OverWidths(result.CertifiedEvidence, result.Evidence.PhaseGrid),
            StudyRole.BudgetFrontier => TrainedBesideCertified.OverBudgets(result.CertifiedEvidence, result.Evidence.BudgetSweep),
            _ => null,
        },
    }.OfType<FigureSet>().Where(set => set.Figures.Count > 0);

    private static Figure Named(Figure figure, string prefix) => figure with { Name = $"{prefix}-{figure.Name}" };
}
