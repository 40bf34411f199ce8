using OneStep.Reports.Figures;
using OneStep.Studies;

namespace OneStep.Reports;

/// <summary>The figures of a study, chosen by what its cells are experiments of and what differs between them.</summary>
public static class StudyFigures
{
    /// <summary>Makes the figures of the finished cells.</summary>
    /// <param name="results">The cells. The same cells give the same figures, however they were computed.</param>
    /// <param name="cancellation">Ends the work early with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>Sections with figures; none where nothing is finished or nothing that differs is a number.</returns>
    /// <exception cref="OneStepException">A file of the store cannot be read.</exception>
    public static IReadOnlyList<FigureSet> Of(StudyResults results, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(results);
        IReadOnlyList<FigureAxis> axes = [.. FigureAxis.Of(results).OrderBy(axis => axis.IsNumeric(results.Groups) ? 0 : 1)];
        IReadOnlyList<FigureSet> sets = OfKind(results, axes, cancellation);
        return WithUniqueNames(sets.Any(set => set.Figures.Count > 0) ? sets : Anything(results, axes));
    }

    // What figures there are is a matter of what the cells are experiments of; a kind that is not named here has those of anything.
    private static IReadOnlyList<FigureSet> OfKind(StudyResults results, IReadOnlyList<FigureAxis> axes, CancellationToken cancellation) => results.Plan.Definition.Kind.Name switch
    {
        CellKind.AttackName => AttackStudyFigures.Of(results, axes, cancellation),
        RandomTwoLayerFigures.Kind => RandomTwoLayerFigures.Of(results, axes, cancellation),
        RandomDeepFigures.Kind => RandomDeepFigures.Of(results, axes),
        GradientFlowFigures.Kind => GradientFlowFigures.Of(results, axes),
        KernelLimitFigures.Kind => KernelLimitFigures.Of(results, axes, cancellation),
        KernelFigures.Kind => KernelFigures.Of(results, axes),
        CertifyFigures.Kind => CertifyFigures.Of(results, axes),
        CorollaryFigures.Kind => CorollaryFigures.Of(results, axes),
        ConeFigures.Kind => ConeFigures.Of(results, axes),
        BracketFigures.Kind => BracketFigures.Of(results, axes),
        _ => [],
    };

    private static FigureSet[] Anything(StudyResults results, IReadOnlyList<FigureAxis> axes)
    {
        if (axes.Count == 0 || !axes[0].IsNumeric(results.Groups))
        {
            return [];
        }

        IReadOnlyList<FigurePanel> panels = FigurePanel.Of(results, axes, axes[0], axes.ElementAtOrDefault(1));
        StudyQuantity[] quantities = [.. StudyQuantity.Of(results).Where(quantity => !quantity.IsConstant)];
        Figure[] figures = [.. panels.SelectMany(panel => quantities.Select(quantity => StatisticFigure.Of(panel, quantity, axes[0]))).OfType<Figure>()];
        return [new("measured", "What was measured", string.Empty, figures)];
    }

    // Values that differ may look alike in a file's name.
    private static FigureSet[] WithUniqueNames(IReadOnlyList<FigureSet> sets)
    {
        Dictionary<string, int> seen = [];
        Figure Unique(Figure figure)
        {
            seen[figure.Name] = seen.GetValueOrDefault(figure.Name) + 1;
            return seen[figure.Name] == 1 ? figure : figure with { Name = $"{figure.Name}.{seen[figure.Name]}" };
        }

        return [.. sets.Where(set => set.Figures.Count > 0 || set.Text.Length > 0).Select(set => set with { Figures = [.. set.Figures.Select(Unique)] })];
    }
}
