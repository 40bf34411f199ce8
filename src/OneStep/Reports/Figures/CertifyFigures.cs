using OneStep.Studies;

namespace OneStep.Reports.Figures;

/// <summary>The figures of a study of perturbations that flip every network of the lazy ball (docs/mathematics.md §5).</summary>
internal static class CertifyFigures
{
    /// <summary>What the kind of experiment is called.</summary>
    public const string Kind = "certify";

    /// <summary>Makes the figures of the finished cells.</summary>
    /// <param name="results">The cells.</param>
    /// <param name="axes">The axes that vary.</param>
    /// <returns>Sections with figures; none where neither dimension nor width nor radius varies.</returns>
    public static IReadOnlyList<FigureSet> Of(StudyResults results, IReadOnlyList<FigureAxis> axes)
    {
        FigureAxis?[] sizes = [FigureAxis.Find(axes, FigureAxis.Side), FigureAxis.Find(axes, FigureAxis.Width), FigureAxis.Find(axes, FigureAxis.C0)];
        if (sizes.OfType<FigureAxis>().FirstOrDefault() is not { } x)
        {
            return [];
        }

        FigureAxis? series = sizes.OfType<FigureAxis>().LastOrDefault(axis => axis != x);
        IReadOnlyList<FigurePanel> panels = FigurePanel.Of(results, axes, x, series);
        return
        [
            new(
                "ball-wide",
                "One perturbation against every network of the ball",
                "Found from W₀ and the radius alone and proved in double precision, before anything is trained. To first order it is as long as (M + C₀/2)/√(d/2), with the margin M of W₀.",
                [.. panels.SelectMany(panel => new[] { Sizes(panel, x), Ratios(panel, x) }).OfType<Figure>()]),
            new("certified", "Where certificates end", string.Empty, [.. panels.Select(panel => Shares(panel, x)).OfType<Figure>()]),
        ];
    }

    private static Figure? Sizes(FigurePanel panel, FigureAxis x) => new CurvesFigure(
        "ball-wide-size" + panel.Name,
        panel.Titled("How long a perturbation flips every network of the ball"),
        "The median ‖δ‖ over the images that have a certificate. Prediction: its median along the gradient of W₀ over those of them of which W₀ says the label itself, at their own margins; it ends where no length along the gradient is expected to suffice. "
            + "One step: the median ‖δ‖ of the single step on the network that was trained in the same ball.")
    {
        X = (x.Symbol, x.Title),
        Y = new("‖δ‖", "median size ‖δ‖", CurveScale.Logarithmic),
        Predicted = "prediction",
        Beside = "one step",
        Curves =
        [
            .. MeasuredCurve.Of(panel, cell => cell.Number("summary.ballWide.median"), cell => cell.Number("summary.oneStep.median"))
                .Zip(panel.Series, (curve, series) => curve.WithPrediction(series.Points, cell => cell.Number("summary.ballWide.prediction.median"))),
        ],
    }.Draw();

    private static Figure? Ratios(FigurePanel panel, FigureAxis x) => new CurvesFigure(
        "ball-wide-ratio" + panel.Name,
        panel.Titled("How much longer it is than one step"),
        "The median over images of ‖δ‖ against every network of the ball over ‖δ‖ of the single step on the trained one. One query: against those networks of the ball that have its score at the image.")
    {
        X = (x.Symbol, x.Title),
        Y = new("ratio", "‖δ‖ over that of one step", CurveScale.FromZero),
        Beside = "one query",
        Curves = MeasuredCurve.Of(panel, cell => cell.Number("summary.ballWide.overOneStep"), cell => cell.Number("summary.oneQuery.overOneStep")),
    }.Draw();

    private static Figure? Shares(FigurePanel panel, FigureAxis x) => new CurvesFigure(
        "certified-share" + panel.Name,
        panel.Titled("How many images have one"),
        "The part of the images for which a perturbation no longer than twice the image was found and proved; of the universal ones all images of a label share one direction. What is not found is not said not to exist.")
    {
        X = (x.Symbol, x.Title),
        Y = new("share", "part of the images with a certificate", CurveScale.Share),
        Beside = "universal",
        Curves = MeasuredCurve.Of(panel, cell => cell.Number("summary.ballWide.foundShare"), cell => cell.Number("summary.universal.foundShare")),
    }.Draw();
}
