using OneStep.Studies;

namespace OneStep.Reports.Figures;

/// <summary>The figures of a study of gradient flow on random networks of vanishing widths [DS21] (docs/mathematics.md §19).</summary>
internal static class GradientFlowFigures
{
    /// <summary>What the kind of experiment is called.</summary>
    public const string Kind = "gradient-flow";

    private const string SmallSteps = "flow in small steps";
    private const string ExactFlow = "exact flow";
    private const string OneStep = "one exact step";

    /// <summary>Makes the figures of the finished cells.</summary>
    /// <param name="results">The cells.</param>
    /// <param name="axes">The axes that vary.</param>
    /// <returns>Sections with figures; none where the dimension does not vary.</returns>
    public static IReadOnlyList<FigureSet> Of(StudyResults results, IReadOnlyList<FigureAxis> axes)
    {
        if (FigureAxis.Find(axes, FigureAxis.Dimension) is not { } dimension)
        {
            return [];
        }

        IReadOnlyList<FigurePanel> panels = FigurePanel.Of(results, axes, dimension, series: null);
        return
        [
            new(
                "gradient-flow",
                "Gradient flow on networks whose widths vanish",
                $"Weights and inputs are random, nothing is trained, and every layer is narrower than the one before. [DS21]: gradient flow flips with ‖δ‖ = O(‖x‖/√d). {Count(results)}",
                [.. panels.Select(panel => Lengths(panel, dimension)).OfType<Figure>()]),
            new(
                "flow-steps",
                "What the flow takes",
                string.Empty,
                [.. panels.Select(panel => Steps(panel, dimension)).Concat(panels.Select(panel => Shares(panel, dimension))).OfType<Figure>()]),
        ];
    }

    private static Figure? Lengths(FigurePanel panel, FigureAxis x) => new CurvesFigure(
        "flow-length" + panel.Name,
        panel.Titled("How far the flow goes"),
        "The length of the path along which gradient flow goes until the prediction flips, in small steps and exactly from linear region to linear region, and ‖δ‖ of one exact step, all times √d/‖x‖. "
            + "Means over the networks that each of them flips.")
    {
        X = (x.Symbol, x.Title),
        Y = new("length × √d/‖x‖", "length × √d/‖x‖", CurveScale.FromZero),
        Curves =
        [
            Of(panel, SmallSteps, cell => cell.Number("smallSteps.scaledLength.mean")),
            Of(panel, ExactFlow, cell => cell.Number("exact.scaledLength.mean")),
            Of(panel, OneStep, EnsembleFigures.ScaledStep),
        ],
    }.Draw();

    private static Figure? Steps(FigurePanel panel, FigureAxis x) => new CurvesFigure(
        "flow-steps" + panel.Name,
        panel.Titled("Steps and pieces"),
        "How many gradients the flow in small steps takes until the prediction flips, and of how many straight pieces the exact flow consists. Means over the networks that each of them flips.")
    {
        X = (x.Symbol, x.Title),
        Y = new("steps or pieces", "steps, or straight pieces", CurveScale.Logarithmic),
        Curves =
        [
            Of(panel, SmallSteps, cell => cell.Number("smallSteps.steps.mean")),
            Of(panel, ExactFlow, cell => cell.Number("exact.steps.mean")),
        ],
    }.Draw();

    private static Figure? Shares(FigurePanel panel, FigureAxis x) => EnsembleFigures.Shares(
        panel,
        x,
        "The part of the networks whose prediction flips, confirmed in double precision.",
        [
            Of(panel, SmallSteps, cell => Share(cell, "smallSteps.found")),
            Of(panel, ExactFlow, cell => Share(cell, "exact.found")),
            Of(panel, OneStep, EnsembleFigures.Flipped),
        ]);

    private static MeasuredCurve Of(FigurePanel panel, string name, Func<CellResult, double?> number) => MeasuredCurve.Of(name, panel.Series[0].Points, number);

    private static double? Share(CellResult cell, string path) => cell.Number(path) / cell.Number("networks");

    private static string Count(StudyResults results)
    {
        int Sum(string path) => (int)results.Cells.Sum(cell => cell.Number(path) ?? 0);
        return $"Of {NumberText.Count(Sum("networks"))} networks the exact flow flips {NumberText.Count(Sum("exact.found"))}, small steps {NumberText.Count(Sum("smallSteps.found"))}, and one exact step {NumberText.Count(Sum("flipped"))}.";
    }
}
