using OneStep.Statistics;
using OneStep.Studies;

namespace OneStep.Reports.Figures;

/// <summary>The figures of a study of networks beside their limit of infinite width (docs/mathematics.md §18).</summary>
internal static class KernelLimitFigures
{
    /// <summary>What the kind of experiment is called.</summary>
    public const string Kind = "kernel-limit";

    private const string Antisymmetric = "antisymmetric";

    /// <summary>Makes the figures of the finished cells.</summary>
    /// <param name="results">The cells.</param>
    /// <param name="axes">The axes that vary.</param>
    /// <param name="cancellation">Ends the work early with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>Sections with figures; none where the width does not vary.</returns>
    public static IReadOnlyList<FigureSet> Of(StudyResults results, IReadOnlyList<FigureAxis> axes, CancellationToken cancellation)
    {
        if (FigureAxis.Find(axes, FigureAxis.Width) is not { } width)
        {
            return [];
        }

        IReadOnlyList<FigurePanel> panels = FigurePanel.Of(results, axes, width, FigureAxis.Find(axes, FigureAxis.Initialization));
        return
        [
            new(
                "kernel-limit",
                "Towards infinite width",
                "Without a ball, and trained in the same steps on the same minibatches: a network, and the predictor of the tangent kernel that it becomes at infinite width [JGH18]. "
                    + "Only antisymmetric initialization starts where the kernel does, at f = 0; from standard initialization the random initial function stays at every width.",
                [.. panels.SelectMany(panel => new[] { Sizes(panel, width), Excess(panel, width, cancellation) }).OfType<Figure>()]),
            new(
                "kernel-differences",
                "How fast, and how far neurons move",
                string.Empty,
                [.. panels.SelectMany(panel => new[] { Scores(panel, width, cancellation), Gradients(panel, width, cancellation), TangentRegimeFigure.Of(panel, width) }).OfType<Figure>()]),
        ];
    }

    private static Figure? Sizes(FigurePanel panel, FigureAxis x)
    {
        // The kernel is the same whatever the network: the first series that is there at a width tells of it.
        SeriesPoint[] widths = [.. panel.Series.SelectMany(series => series.Points).DistinctBy(point => point.X).OrderBy(point => point.X)];
        IReadOnlyList<MeasuredPoint> kernel = MeasuredCurve.Of(string.Empty, widths, cell => cell.Number("kernel.perturbationNorm.mean")).Points;
        return new CurvesFigure("limit-size" + panel.Name, panel.Titled("How small a step flips the label"), "The mean ‖δ‖ of one exact step over the flipped test images, of the networks and of the kernel.")
        {
            X = (x.Symbol, x.Title),
            Y = new("‖δ‖", "size ‖δ‖ of the flip", CurveScale.FromZero),
            Curves = MeasuredCurve.Of(panel, cell => cell.Number("network.perturbationNorm.mean")),
            References = kernel.Count == 0 ? [] : [new("kernel, infinite width", [.. kernel.Select(point => new CurvePoint(point.X, point.Mean.Mean))])],
        }.Draw();
    }

    private static Figure? Excess(FigurePanel panel, FigureAxis x, CancellationToken cancellation) => Difference(
        panel,
        x,
        ("limit-difference", "How far the step is from the kernel's"),
        ("relative difference", "|‖δ‖ − ‖δ∞‖|/‖δ∞‖"),
        cell => cell.Number("relativeDifference") is double difference ? Math.Abs(difference) : null,
        (-0.5, "−1/2"),
        "The mean ‖δ‖ of the network beside that of the kernel, as a relative difference. From antisymmetric initialization it should fall with the slope −1/2 once gradients differ by less than their size, and more slowly before.",
        cancellation);

    private static Figure? Scores(FigurePanel panel, FigureAxis x, CancellationToken cancellation) => Difference(
        panel,
        x,
        ("score-difference", "How far scores are from the kernel's"),
        ("difference of scores", "difference of scores, relative"),
        cell => cell.Number("scoreDifference"),
        (-0.5, "−1/2"),
        "The root mean square over the test images of the difference between the scores of the network and of the kernel, over that of the kernel's scores.",
        cancellation);

    private static Figure? Gradients(FigurePanel panel, FigureAxis x, CancellationToken cancellation) => Difference(
        panel,
        x,
        ("gradient-difference", "How far gradients are from the kernel's"),
        ("difference of gradients", "difference of gradients, relative"),
        cell => cell.Number("gradientDifference"),
        (-0.25, "−1/4"),
        "The same for the input gradients. They should come more slowly than the scores: of the pairs of neurons of opposite sign those add noise of which only one is active at the image.",
        cancellation);

    private static Figure? Difference(
        FigurePanel panel,
        FigureAxis x,
        (string Name, string Title) figure,
        (string Symbol, string Title) y,
        Func<CellResult, double?> number,
        (double Exponent, string Text) law,
        string text,
        CancellationToken cancellation)
    {
        MeasuredCurve[] curves = [.. panel.Series.Select(series => MeasuredCurve.WithSlope(series.Label, series.Points, number, cancellation))];

        // What does not converge would pull the line away from what does.
        int converging = Math.Max(0, panel.Series.ToList().FindIndex(series => series.Points[0].Group.Cells[0].Parameter(FigureAxis.Initialization) == Antisymmetric));
        return new CurvesFigure(figure.Name + panel.Name, panel.Titled(figure.Title), text)
        {
            X = (x.Symbol, x.Title),
            Y = new(y.Symbol, y.Title, CurveScale.Logarithmic),
            Curves = curves,
            References = ReferenceLine.Slope($"slope {law.Text}", law.Exponent, curves[converging]),
        }.Draw();
    }
}
