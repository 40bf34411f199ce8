using System.Globalization;
using OneStep.Studies;

namespace OneStep.Reports.Figures;

/// <summary>The figures of a study of multiples of networks of the lazy ball (docs/mathematics.md §8).</summary>
internal static class ConeFigures
{
    /// <summary>What the kind of experiment is called.</summary>
    public const string Kind = "cone";

    /// <summary>Makes the figures of the finished cells.</summary>
    /// <param name="results">The cells.</param>
    /// <param name="axes">The axes that vary.</param>
    /// <returns>Sections with figures; none where the factor does not vary.</returns>
    public static IReadOnlyList<FigureSet> Of(StudyResults results, IReadOnlyList<FigureAxis> axes)
    {
        if (FigureAxis.Find(axes, FigureAxis.Scale) is not { } scale)
        {
            return [];
        }

        FigureAxis? series = FigureAxis.Find(axes, FigureAxis.C0) ?? axes.FirstOrDefault(axis => axis != scale);
        IReadOnlyList<FigurePanel> panels = FigurePanel.Of(results, axes, scale, series);
        return
        [
            new(
                "cone",
                "Far outside the ball, in the cone",
                "A network is trained in the lazy ball, then all its weights are multiplied by s. It predicts the same everywhere and falls to the same perturbations, and so to what is certified from W₀ for the ball.",
                [.. panels.SelectMany(panel => new[] { Shares(panel, scale), Positions(panel, scale), Scales(panel, scale) }).OfType<Figure>()]),
        ];
    }

    private static Figure? Shares(FigurePanel panel, FigureAxis x) => new CurvesFigure(
        "cone-flipped" + panel.Name,
        panel.Titled("How many certified perturbations flip the multiple"),
        "Solid: the part of the ball-wide perturbations that flip the network multiplied by s, evaluated in double precision; all of them must. Dashed: the part of the images that have such a perturbation.")
    {
        X = (x.Symbol, x.Title),
        Y = new("share", "part that flips", CurveScale.Share),
        Beside = "certified",
        Curves = MeasuredCurve.Of(panel, cell => cell.Number("summary.ballWide.flippedShare"), cell => cell.Number("summary.ballWide.foundShare")),
    }.Draw();

    private static Figure? Positions(FigurePanel panel, FigureAxis x) => new CurvesFigure(
        "cone-position" + panel.Name,
        panel.Titled("How far the multiple is from the ball and from the cone"),
        "Solid: C₀ of the smallest cone that holds the network multiplied by s; it should not depend on s. Dashed: √m max ‖s w − w₀‖, C₀ of the smallest ball that does.")
    {
        X = (x.Symbol, x.Title),
        Y = new("C₀", "smallest C₀", CurveScale.Logarithmic),
        Beside = "ball",
        Curves = MeasuredCurve.Of(panel, cell => cell.Number("cone.c0"), cell => cell.Number("deviation") * Math.Sqrt(Width(cell))),
    }.Draw();

    private static Figure? Scales(FigurePanel panel, FigureAxis x) => new CurvesFigure(
        "cone-scale" + panel.Name,
        panel.Titled("The scale that leads back"),
        "Solid: the scale r at which r times the multiple is found to be nearest to W₀. Dashed: the true one, that of the trained network over s.")
    {
        X = (x.Symbol, x.Title),
        Y = new("r", "scale r that leads back to W₀", CurveScale.Logarithmic),
        Predicted = "true scale",
        Curves = [.. panel.Series.Select(series => MeasuredCurve.Of(series.Label, series.Points, cell => cell.Number("cone.scale")).WithPrediction(series.Points, cell => cell.Number("trueScale")))],
    }.Draw();

    private static double Width(CellResult cell) => double.Parse(cell.Parameter(FigureAxis.Width), CultureInfo.InvariantCulture);
}
