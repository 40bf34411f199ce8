using System.Text.Json.Nodes;
using OneStep.Statistics;

namespace OneStep.Reports.Figures;

/// <summary>The budget ε₅₀ that half of the images survive, against the dimension, on logarithmic axes.</summary>
internal static class HalfBudgetFigure
{
    /// <summary>The part of the images that survives ε₅₀.</summary>
    public const double Half = 0.5;

    private const int Height = 300;
    private const string Measured = "ε₅₀";
    private const string Law = "c/√d";

    /// <summary>The figure, a curve a panel; null where fewer than two dimensions have an ε₅₀.</summary>
    /// <param name="panels">A series a dimension.</param>
    /// <param name="cancellation">Ends the work early with an <see cref="OperationCanceledException"/>.</param>
    public static Figure? Of(IReadOnlyList<FigurePanel> panels, CancellationToken cancellation)
    {
        Curve[] curves = [.. panels.Select(panel => Measure(panel, cancellation)).OfType<Curve>()];
        if (curves.Length == 0)
        {
            return null;
        }

        var marks = new SeriesMarks([.. curves.Select(curve => curve.Label)], [Measured, Law]);
        JsonObject[] lines = [.. curves.SelectMany(curve => curve.Points.Select(point => Row(curve, Law, point.X, curve.Constant / Math.Sqrt(point.X))))];
        JsonObject[] rows = [.. curves.SelectMany(curve => curve.Points.Select(point => Row(curve, Measured, point.X, point.Y)))];
        JsonObject[] bars = [.. curves.SelectMany(curve => curve.Points.Where(point => point.Bar is not null).Select(point => IntervalBars.Row(curve.Label, point.X, point.Bar!)))];
        double[] heights = [.. lines.Concat(rows).Concat(bars).Select(row => (double)row["y"]!), .. curves.SelectMany(curve => curve.Points).Select(point => point.Bar?.High).OfType<double>()];
        JsonObject Position() => new()
        {
            ["x"] = LogAxis.AtValues("x", "input dimension d", curves.SelectMany(curve => curve.Points).Select(point => point.X)),
            ["y"] = LogAxis.Round("y", "ε₅₀, which half of the images survive", heights),
        };
        JsonObject With(Action<JsonObject> distinguish)
        {
            JsonObject encoding = Position();
            distinguish(encoding);
            return encoding;
        }

        string caption = Caption(curves, bars.Length > 0);
        JsonObject chart = VegaLite.Chart(
            caption,
            IntervalBars.Layer(bars, Position(), marks),
            VegaLite.Layer(lines, VegaLite.Mark("line", "prediction"), With(marks.Lines)),
            VegaLite.Layer(rows, VegaLite.Mark("line", "measured"), With(marks.Lines)),
            VegaLite.Layer(rows, VegaLite.Mark("point", "dot"), With(marks.Points)));
        chart["height"] = Height;
        return new("half-budget", "The budget that half of the images survive", caption, chart)
        {
            Table = FigureTable.Of(curves.SelectMany(curve => curve.Points.Select(point => TableRow(curve, point)))),
        };
    }

    private static string Caption(Curve[] curves, bool hasBars) =>
        "The budget that half of the images survive, against the dimension. "
        + (hasBars ? "Bars: 95 % intervals from a bootstrap over seeds, cut off where they are longer than the picture bears. " : string.Empty)
        + "Dashed: c/√d through the middle of each series; theory expects the slope −1/2. "
        + string.Join("; ", curves.Select(curve => $"{(curve.Name.Length == 0 ? string.Empty : curve.Name + ": ")}c = {NumberText.Significant(curve.Constant)}")) + ".";

    private static Curve? Measure(FigurePanel panel, CancellationToken cancellation)
    {
        var bootstrap = new SeedBootstrap();
        ulong[] seeds = [.. panel.Groups.SelectMany(group => group.Cells).Select(cell => cell.Parameters.Seed).Distinct().Order()];
        double[] dimensions = [.. panel.Series.Select(series => (double)series.Points[0].Group.Parameters.Dimension)];
        double? At(int series, IReadOnlyList<int> sample) => HalfBudget(panel.Series[series], [.. sample.Select(position => seeds[position])]);
        return SeededPowerLaw.Of(dimensions, seeds.Length, At, bootstrap, cancellation) is not { } law ? null
            : new(panel.Label, SlopeText.Of(panel.Label, law), [.. law.Points.Select(point => new Point(point.X, point.Y, IntervalAt(point.X)))]);

        ConfidenceInterval? IntervalAt(double dimension) =>
            bootstrap.Interval(seeds.Length, sample => At(Array.IndexOf(dimensions, dimension), sample), cancellation);
    }

    // A seed that was drawn twice counts twice; one that a cell lacks is left out there.
    private static double? HalfBudget(FigureSeries series, ulong[] sample)
    {
        List<CurvePoint> curve = [];
        foreach (SeriesPoint point in series.Points)
        {
            Dictionary<ulong, double> values = point.Group.Values(StudyQuantity.RobustAccuracy.Measured).ToDictionary(value => value.Seed, value => value.Y);
            double[] drawn = [.. sample.Where(values.ContainsKey).Select(seed => values[seed])];
            if (drawn.Length > 0)
            {
                curve.Add(new(point.X, drawn.Average()));
            }
        }

        return LevelCrossing.Of(curve, Half)?.At;
    }

    private static JsonObject Row(Curve curve, string kind, double x, double y) =>
        new() { [SeriesMarks.Series] = curve.Label, ["x"] = x, ["y"] = y, [SeriesMarks.Kind] = kind };

    private static JsonObject TableRow(Curve curve, Point point) => new()
    {
        ["series"] = curve.Name,
        ["d"] = point.X,
        ["halfBudget"] = point.Y,
        ["low"] = point.Interval?.Low,
        ["high"] = point.Interval?.High,
    };

    private sealed record Curve(string Name, string Label, IReadOnlyList<Point> Points)
    {
        // The c of c/√d through the middle.
        public double Constant => Math.Exp(Points.Average(point => Math.Log(point.Y * Math.Sqrt(point.X))));
    }

    private sealed record Point(double X, double Y, ConfidenceInterval? Interval)
    {
        public ConfidenceInterval? Bar => Interval is null ? null : IntervalBars.CutOff(Y, Interval);
    }
}
