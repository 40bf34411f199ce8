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
    /// <returns>Sections with figures; none where the radius does not vary.</returns>
    public static IReadOnlyList<FigureSet> Of(StudyResults results, IReadOnlyList<FigureAxis> axes)
    {
        if (FigureAxis.Find(axes, FigureAxis.C0) is not { } radius)
        {
            return [];
        }

        FigureAxis? width = FigureAxis.Find(axes, FigureAxis.Width);
        IReadOnlyList<FigurePanel> panels = FigurePanel.Of(results, axes, radius, width ?? axes.FirstOrDefault(axis => axis != radius));
        return
        [
            new(
                "frontier",
                "What no network of the ball can do",
                "Proved from W₀ and the radius alone: whatever a network of the ball was trained on, and however, its accuracy under attack is not above the bound.",
                [.. panels.SelectMany(panel => new[] { Bounds(panel, radius), width is null ? null : FrontierFigure.Of(panel, width) }).OfType<Figure>()]),
            new("image-by-image", "Image by image", string.Empty, [.. panels.Select(panel => SingleInputs(panel, radius)).OfType<Figure>()]),
        ];
    }

    private static Figure? Bounds(FigurePanel panel, FigureAxis x) => new CurvesFigure(
        "robust-bound" + panel.Name,
        panel.Titled("Accuracy under attack of every network of the ball, at most"),
        "Solid: the proved bound. Dashed: what the most robust of the networks keeps that were made in the ball to resist, under projected gradient steps; no proof can come below what a network keeps.")
    {
        X = (x.Symbol, x.Title),
        Y = new("bound", "accuracy under attack", CurveScale.Share),
        Beside = "made to resist",
        Curves = MeasuredCurve.Of(panel, cell => cell.Number(UpperBound), Kept),
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

    private static double? Kept(CellResult cell) => cell.Paths
        .Where(path => path.StartsWith(ExplicitNetworks, StringComparison.Ordinal) && path.EndsWith(Accuracy, StringComparison.Ordinal))
        .Max(cell.Number);
}
