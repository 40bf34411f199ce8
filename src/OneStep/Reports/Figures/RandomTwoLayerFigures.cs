using System.Globalization;
using OneStep.Networks.Activations;
using OneStep.Studies;
using OneStep.Theory;

namespace OneStep.Reports.Figures;

/// <summary>The figures of a study of random two-layer networks [BCGT21] (docs/mathematics.md §19).</summary>
internal static class RandomTwoLayerFigures
{
    /// <summary>What the kind of experiment is called.</summary>
    public const string Kind = "random-two-layer";

    private const string Relu = "relu";

    private static readonly Activation[] Smooth = [Activation.Tanh, Activation.Softplus];

    /// <summary>Makes the figures of the finished cells.</summary>
    /// <param name="results">The cells.</param>
    /// <param name="axes">The axes that vary.</param>
    /// <param name="cancellation">Ends the work early with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>Sections with figures; none where neither d nor m varies.</returns>
    public static IReadOnlyList<FigureSet> Of(StudyResults results, IReadOnlyList<FigureAxis> axes, CancellationToken cancellation)
    {
        FigureAxis? dimension = FigureAxis.Find(axes, FigureAxis.Dimension);
        FigureAxis? width = FigureAxis.Find(axes, FigureAxis.Width);
        IReadOnlyList<FigurePanel> byWidth = width is null ? [] : FigurePanel.Of(results, axes, width, dimension);
        IReadOnlyList<FigurePanel> byDimension = dimension is null ? [] : FigurePanel.Of(results, axes, dimension, width);
        Figure?[] overshoots = [.. byDimension.Select(panel => Overshoot(results, panel, dimension!, cancellation))];
        Figure?[] shares = dimension is not null ? [.. byDimension.Select(panel => Shares(panel, dimension))] : [.. byWidth.Select(panel => Shares(panel, width!))];
        return
        [
            new(
                "random-two-layer",
                "One step on random two-layer networks",
                $"Weights and inputs are random and nothing is trained. [BCGT21]: one step flips with ‖δ‖√d/‖x‖ bounded, whatever the dimension and, as long as it is sub-exponential, the width. {EnsembleFigures.Count(results)}",
                [.. byWidth.Select(panel => Steps(panel, width!, "against-width", "The size of the flip against the width")).Concat(byDimension.Select(panel => Steps(panel, dimension!, "against-dimension", "The size of the flip against the dimension"))).OfType<Figure>()]),
            new("overshoot", "How close to linear the networks are", string.Empty, [.. overshoots.Concat(shares).OfType<Figure>()]),
        ];
    }

    private static Figure? Steps(FigurePanel panel, FigureAxis x, string name, string title)
    {
        double limit = ScaledStepLimit.Mean(ActivationOf(panel));
        string text = $"The mean of ‖δ‖√d/‖x‖ over the networks that flip, against {x.Symbol}, on which it should not depend. "
            + $"The line is where it tends to as first m and then d grow, {LimitFormula(panel)} = {NumberText.Significant(limit)}.";
        return EnsembleFigures.ScaledSteps(
            panel, x, name, title, text, ReferenceLine.Level($"limit {NumberText.Significant(limit)}", limit, panel.Series.SelectMany(series => series.Points)));
    }

    private static string LimitFormula(FigurePanel panel) => ActivationOf(panel) is null ? "√(2/π)" : "√(2/π)·√(E σ²/E σ′²)";

    /// <summary>‖δ‖ over the step that would flip a linear function, with the mean-field prediction for relu.</summary>
    private static Figure? Overshoot(StudyResults results, FigurePanel panel, FigureAxis x, CancellationToken cancellation)
    {
        bool isPredicted = ActivationOf(panel) is null;
        MeasuredCurve Curve(FigureSeries series)
        {
            MeasuredCurve measured = MeasuredCurve.Of(series.Label, series.Points, cell => cell.Number("overshoot.mean"));
            return isPredicted ? measured.WithPrediction(series.Points, cell => Predicted(results, cell, cancellation)) : measured;
        }

        string text = "The size of the flip over that of the step which would flip a linear function, |f|/‖∇f‖: one is a linear network."
            + (isPredicted ? " The prediction, about 1 + φ/π with φ = |f|√(2/d), has no free parameter and knows no width: it is the mean over the same networks, at their own |f|." : string.Empty);
        return new CurvesFigure("overshoot" + panel.Name, panel.Titled("How much longer than linear"), text)
        {
            X = (x.Symbol, x.Title),
            Y = new("overshoot", "‖δ‖ over the linear step", CurveScale.Linear),
            Curves = [.. panel.Series.Select(Curve)],
            Predicted = "mean-field prediction",
        }.Draw();
    }

    private static Figure? Shares(FigurePanel panel, FigureAxis x) => EnsembleFigures.Shares(
        panel, x, "The part of the networks that one exact step along the gradient flips, confirmed in double precision.", MeasuredCurve.Of(panel, EnsembleFigures.Flipped));

    /// <summary>What the mean-field theory says of the networks that flipped, docs/mathematics.md §4.</summary>
    private static double? Predicted(StudyResults results, CellResult cell, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        int dimension = int.Parse(cell.Parameter(FigureAxis.Dimension), CultureInfo.InvariantCulture);
        CellRows rows = results.Rows(cell);
        int margin = rows.Columns.ToList().IndexOf("margin");
        int overshoot = rows.Columns.ToList().IndexOf("overshoot");
        double[] predicted =
        [
            .. rows.Rows.Where(row => row[overshoot].Length > 0).Select(row => MeanField.Overshoot(dimension, double.Parse(row[margin], CultureInfo.InvariantCulture))),
        ];
        return predicted.Length == 0 ? null : predicted.Average();
    }

    // Only relu has no smooth activation.
    private static Activation? ActivationOf(FigurePanel panel)
    {
        string name = panel.Groups.First().Cells[0].Parameter(FigureAxis.Activation);
        return name == Relu ? null : Smooth.Single(activation => activation.Name == name);
    }
}
