using OneStep.Studies;

namespace OneStep.Reports.Figures;

/// <summary>The figures of a study that bounds the robust accuracy of every network of a lazy ball (docs/mathematics.md §5, "Jointly over inputs").</summary>
internal static class CorollaryFigures
{
    /// <summary>What the kind of experiment is called.</summary>
    public const string Kind = "corollary";

    /// <summary>The path of the bound.</summary>
    public const string UpperBound = "corollary.upperBound";

    private const string ExplicitNetworks = "corollary.explicit.";
    private const string Accuracy = ".accuracy";

    /// <summary>Makes the figures of the finished cells.</summary>
    /// <param name="results">The cells.</param>
    /// <param name="axes">The axes that vary.</param>
    /// <returns>Sections with figures; none where neither the radius nor the budget varies.</returns>
    public static IReadOnlyList<FigureSet> Of(StudyResults results, IReadOnlyList<FigureAxis> axes)
    {
        // Along the one of which more is known.
        FigureAxis? x = axes.Where(axis => axis.Parameter is FigureAxis.C0 or FigureAxis.AttackBudget)
            .MaxBy(axis => results.Groups.Select(axis.Number).Distinct().Count());
        if (x is null)
        {
            return [];
        }

        FigureAxis? width = FigureAxis.Find(axes, FigureAxis.Width);
        FigureAxis? series = width ?? FigureAxis.Find(axes, FigureAxis.Side) ?? axes.FirstOrDefault(axis => axis != x);
        IReadOnlyList<FigurePanel> panels = FigurePanel.Of(results, axes, x, series);
        return
        [
            new(
                "frontier",
                "What no network of the ball can do",
                "Proved from W₀ and the radius alone: whatever a network of the ball was trained on, and however, its accuracy under attack is not above the bound.",
                [.. panels.SelectMany(panel => new[] { Bounds(panel, x), width is null || x.Parameter != FigureAxis.C0 ? null : FrontierFigure.Of(panel, width) }).OfType<Figure>()]),
            new("image-by-image", "Image by image", string.Empty, [.. panels.Select(panel => SingleInputs(panel, x)).OfType<Figure>()]),
        ];
    }

    /// <summary>What the most robust explicit network of a cell's ball keeps; null where none was made.</summary>
    public static double? MostRobust(CellResult cell) => cell.Paths
        .Where(path => path.StartsWith(ExplicitNetworks, StringComparison.Ordinal) && path.EndsWith(Accuracy, StringComparison.Ordinal))
        .Max(cell.Number);

    private static Figure? Bounds(FigurePanel panel, FigureAxis x) => new CurvesFigure(
        "robust-bound" + panel.Name,
        panel.Titled("Accuracy under attack of every network of the ball, at most"),
        panel.Groups.SelectMany(group => group.Cells).Any(cell => MostRobust(cell) is not null)
            ? "Solid: the proved bound. Dashed: what the most robust of the networks keeps that were made in the ball to resist, under projected gradient steps; no proof can come below what a network really keeps, which is at most that."
            : "The proved bound.")
    {
        X = (x.Symbol, x.Title),
        Y = new("bound", "accuracy under attack", CurveScale.Share),
        Beside = "made to resist",
        Curves = MeasuredCurve.Of(panel, cell => cell.Number(UpperBound), MostRobust),
    }.Draw();

    private static Figure? SingleInputs(FigurePanel panel, FigureAxis x) => new CurvesFigure(
        "single-input-bound" + panel.Name,
        panel.Titled("What is proved image by image"),
        "The part of the images that have no certificate of their own within the budget: the same bound without that one network must serve all images at once.")
    {
        X = (x.Symbol, x.Title),
        Y = new("bound", "images without a certificate", CurveScale.Share),
        Curves = MeasuredCurve.Of(panel, cell => cell.Number("corollary.singleInputUpperBound")),
    }.Draw();
}
