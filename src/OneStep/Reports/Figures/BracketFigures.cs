using OneStep.Experiments.Certification;
using OneStep.Studies;

namespace OneStep.Reports.Figures;

/// <summary>The figures of a study of what flips networks and what provably cannot (docs/mathematics.md §7, §10).</summary>
internal static class BracketFigures
{
    /// <summary>What the kind of experiment is called.</summary>
    public const string Kind = "bracket";

    /// <summary>Makes the figures of the finished cells.</summary>
    /// <param name="results">The cells.</param>
    /// <param name="axes">The axes that vary.</param>
    /// <returns>Sections with figures; none where neither dimension nor width nor radius varies.</returns>
    public static IReadOnlyList<FigureSet> Of(StudyResults results, IReadOnlyList<FigureAxis> axes)
    {
        FigureAxis[] sizes =
        [
            .. new[] { FigureAxis.Side, FigureAxis.Width, FigureAxis.C0 }.Select(name => FigureAxis.Find(axes, name)).OfType<FigureAxis>(),
        ];
        if (sizes.Length == 0)
        {
            return [];
        }

        FigureAxis x = sizes[0];
        FigureAxis? series = FigureAxis.Find(axes, FigureAxis.Network) ?? sizes.ElementAtOrDefault(1);
        return
        [
            new(
                "bracket",
                "How near to the shortest flip one step is",
                "From above, the single step and the shortest perturbation found; from below, the radius within which nothing flips the network, proved by the centred quadratic bound. "
                    + "The shortest flip of all lies between.",
                [.. FigurePanel.Of(results, axes, x, series).SelectMany(panel => new[] { Shares(panel, x), Sizes(panel, x) }).OfType<Figure>()]),
            new(
                "lower-bounds",
                "What the proofs are worth",
                "Every bound is a proof; what tells them apart is how much of the shortest perturbation found they reach.",
                [.. OfBounds(results, axes, sizes)]),
        ];
    }

    private static Figure? Shares(FigurePanel panel, FigureAxis x) => new CurvesFigure(
        "bracket-share" + panel.Name,
        panel.Titled("How much shorter than one step"),
        "Medians over images, over ‖δ‖ of the single step. Solid: the shortest perturbation found. Dashed: below this part of the step nothing flips the network, proved. One step is nearly the best where both are near 100 %.")
    {
        X = (x.Symbol, x.Title),
        Y = new("share", "‖δ‖ over that of one step", CurveScale.Share),
        Beside = "proved",
        Curves = MeasuredCurve.Of(panel, cell => cell.Number("summary.best.overOneStep"), cell => cell.Number("summary.lowerBounds.quadratic.overOneStep")),
    }.Draw();

    private static Figure? Sizes(FigurePanel panel, FigureAxis x) => new CurvesFigure(
        "bracket-size" + panel.Name,
        panel.Titled("From what is proved to one step"),
        "Medians over images. Solid: ‖δ‖ of the single step, which flips. Dashed: the radius within which nothing does, proved.")
    {
        X = (x.Symbol, x.Title),
        Y = new("‖δ‖", "median size ‖δ‖", CurveScale.Logarithmic),
        Beside = "proved",

        // Where nothing is proved there is no logarithm.
        Curves = MeasuredCurve.Of(
            panel, cell => cell.Number("summary.oneStep.median"), cell => cell.Number("summary.lowerBounds.quadratic.median") is > 0 and double radius ? radius : null),
    }.Draw();

    // Against the width where it varies, since it is the width that linear relaxation suffers from; of several dimensions the largest.
    private static IEnumerable<Figure> OfBounds(StudyResults results, IReadOnlyList<FigureAxis> axes, FigureAxis[] sizes)
    {
        FigureAxis x = Array.Find(sizes, axis => axis.Parameter == FigureAxis.Width) ?? sizes[0];
        FigureAxis? other = Array.Find(sizes, axis => axis != x);
        foreach (FigurePanel panel in FigurePanel.Of(results, axes, x, other))
        {
            FigureSeries largest = other is null ? panel.Series[0] : panel.Series.MaxBy(series => other.Number(series.Points[0].Group))!;
            string[] special = [.. new[] { panel.Label, largest.Label }.Where(label => label.Length > 0)];
            Figure? figure = new CurvesFigure(
                "proved-share" + panel.Name,
                (panel with { Label = string.Join(", ", special) }).Titled("How much of the shortest perturbation found is proved"),
                "The median over images of the proved radius over ‖δ‖ of the shortest perturbation found: at 100 % the smallest flip would be known.")
            {
                X = (x.Symbol, x.Title),
                Y = new("share", "proved over found", CurveScale.Share),
                Curves =
                [
                    .. Enum.GetValues<LowerBoundKind>().Select(LowerBoundSet.Name)
                        .Select(name => MeasuredCurve.Of(name, largest.Points, cell => cell.Number($"summary.lowerBounds.{name}.overBest"))),
                ],
            }.Draw();
            if (figure is not null)
            {
                yield return figure;
            }
        }
    }
}
