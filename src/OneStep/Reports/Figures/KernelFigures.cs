using OneStep.Studies;

namespace OneStep.Reports.Figures;

/// <summary>The figures of a study of predictors of the tangent kernel (docs/mathematics.md §18).</summary>
internal static class KernelFigures
{
    /// <summary>What the kind of experiment is called.</summary>
    public const string Kind = "kernel";

    private static readonly string[] Curves = [FigureAxis.Predictor, FigureAxis.HiddenLayers, FigureAxis.Layers];

    /// <summary>Makes the figures of the finished cells.</summary>
    /// <param name="results">The cells.</param>
    /// <param name="axes">The axes that vary.</param>
    /// <returns>Sections with figures; none where the regularization does not vary.</returns>
    public static IReadOnlyList<FigureSet> Of(StudyResults results, IReadOnlyList<FigureAxis> axes)
    {
        if (FigureAxis.Find(axes, FigureAxis.Regularization) is not { } regularization)
        {
            return [];
        }

        FigureAxis[] joined = [.. axes.Where(axis => Curves.Contains(axis.Parameter)).OrderBy(axis => Array.IndexOf(Curves, axis.Parameter))];
        FigureAxis? series = FigureAxis.Joined(joined);
        FigureAxis[] others = [.. axes.Except(joined), .. series is null ? Array.Empty<FigureAxis>() : [series]];
        FigurePanel[] panels = [.. FigurePanel.Of(results, others, regularization, series).Select(Positive)];
        string zero = results.Groups.Any(group => regularization.Number(group) is 0) ? " λ = 0 has no place on a logarithmic axis." : string.Empty;
        return
        [
            new(
                "kernel-predictors",
                "Predictors of infinite width",
                "What training makes of infinitely wide networks that start at f = 0 is a predictor of the tangent kernel [JGH18]. There is no random initial function in it, whose steep gradient would shorten the step." + zero,
                [.. panels.SelectMany(panel => new[] { Sizes(panel, regularization), Accuracies(panel, regularization) }).OfType<Figure>()]),
        ];
    }

    private static Figure? Sizes(FigurePanel panel, FigureAxis x) => new CurvesFigure(
        "kernel-size" + panel.Name,
        panel.Titled("How small a step flips the label"),
        "The mean ‖δ‖/‖x‖ of one exact step over the flipped test images, against the regularization.")
    {
        X = (x.Symbol, x.Title),
        Y = new("‖δ‖/‖x‖", "size ‖δ‖/‖x‖ of the flip", CurveScale.FromZero),
        Curves = MeasuredCurve.Of(panel, cell => cell.Number("relativePerturbationNorm.mean")),
    }.Draw();

    // Where no image is classified wrongly there is nothing to see.
    private static Figure? Accuracies(FigurePanel panel, FigureAxis x)
    {
        IReadOnlyList<MeasuredCurve> curves = MeasuredCurve.Of(panel, cell => cell.Number("cleanAccuracy"));
        return curves.SelectMany(curve => curve.Points).All(point => point.Mean.Mean == 1) ? null
            : new CurvesFigure("kernel-accuracy" + panel.Name, panel.Titled("How good the predictors are"), "The part of the test images that is classified correctly before the attack.")
            {
                X = (x.Symbol, x.Title),
                Y = new("accuracy", "accuracy before the attack", CurveScale.Share),
                Curves = curves,
            }.Draw();
    }

    private static FigurePanel Positive(FigurePanel panel) =>
        panel with { Series = [.. panel.Series.Select(series => series with { Points = [.. series.Points.Where(point => point.X > 0)] })] };
}
