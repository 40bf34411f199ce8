using System.Text.Json.Nodes;
using OneStep.Statistics;
using OneStep.Studies;

namespace OneStep.Reports.Figures;

/// <summary>
/// A quantity against what it should be a power of, on logarithmic axes: means over seeds with intervals, the mean-field
/// prediction, and a line of the slope that theory expects.
/// </summary>
/// <param name="quantity">What is shown.</param>
/// <param name="x">The abscissa.</param>
/// <param name="exponent">The slope that theory expects.</param>
/// <param name="slope">The same, as people read it.</param>
internal sealed class PowerLawFigure(StudyQuantity quantity, FigureAxis x, double exponent, string slope)
{
    private const int Height = 300;
    private const string Measured = "mean over seeds";
    private const string Predicted = "mean-field prediction";

    private readonly SeedBootstrap _bootstrap = new();

    /// <summary>The figure; null where fewer than two abscissae have the quantity.</summary>
    public Figure? Of(FigurePanel panel, string title, string remark, CancellationToken cancellation)
    {
        Curve[] curves = [.. panel.Series.Select(series => Measure(series, cancellation)).Where(curve => curve.Points.Count > 0)];
        if (curves.SelectMany(curve => curve.Points).DistinctBy(point => point.X).Count() < 2)
        {
            return null;
        }

        bool isPredicted = curves.Any(curve => curve.Points.Any(point => point.Predicted is not null));
        string reference = $"slope {slope}";
        string[] kinds = isPredicted ? [Measured, Predicted, reference] : [Measured, reference];
        var marks = new SeriesMarks([.. curves.Select(curve => curve.Label)], kinds);
        Point[] points = [.. curves.SelectMany(curve => curve.Points)];
        double[] values = [.. points.SelectMany(point => Extent(point))];
        JsonObject Position() => new()
        {
            ["x"] = LogAxis.AtValues("x", x.Title, points.Select(point => point.X)),
            ["y"] = LogAxis.Round("y", quantity.Title, values),
        };

        string caption = Caption(curves, points, isPredicted, remark);
        JsonObject chart = VegaLite.Chart(
            caption,
            Lines(Reference(points, reference), "reference", Position(), marks.Meaning),
            IntervalBars.Layer(points.Where(point => point.Bar is not null).Select(point => IntervalBars.Row(point.Label, point.X, point.Bar!)), Position(), marks),
            Lines(points.Where(point => point.Predicted is not null).Select(point => point.Row(Predicted, point.Predicted!.Value)), "prediction", Position(), marks.Lines),
            Lines(points.Select(point => point.Row(Measured, point.Mean.Mean)), "measured", Position(), marks.Lines),
            Dots(points, Position(), marks));
        chart["height"] = Height;
        return new(quantity.Name + panel.Name, panel.Titled(title), caption, chart) { Table = FigureTable.Of(points.Select(point => Row(point))) };
    }

    private static JsonObject Lines(IEnumerable<JsonObject> rows, string style, JsonObject encoding, Action<JsonObject> distinguish)
    {
        distinguish(encoding);
        JsonObject mark = VegaLite.Mark("line", style);
        mark["clip"] = true;
        return VegaLite.Layer(rows, mark, encoding);
    }

    private JsonObject Dots(Point[] points, JsonObject encoding, SeriesMarks marks)
    {
        marks.Points(encoding);
        encoding["tooltip"] = new JsonArray(
            VegaLite.Tooltip(SeriesMarks.Series, "series", "nominal"), VegaLite.Tooltip("x", x.Symbol), VegaLite.Tooltip("y", quantity.Symbol), VegaLite.Tooltip("seeds", "seeds"));
        return VegaLite.Layer(
            points.Select(point =>
            {
                JsonObject row = point.Row(Measured, point.Mean.Mean);
                row["seeds"] = point.Mean.Seeds;
                return row;
            }),
            VegaLite.Mark("point", "dot"),
            encoding);
    }

    private static IEnumerable<double> Extent(Point point)
    {
        yield return point.Mean.Mean;
        if (point.Bar is { } bar)
        {
            yield return bar.Low;
            yield return bar.High;
        }

        if (point.Predicted is double predicted)
        {
            yield return predicted;
        }
    }

    private static JsonObject Row(Point point)
    {
        JsonObject row = new() { ["series"] = point.Name, ["x"] = point.X, ["mean"] = point.Mean.Mean };
        row["low"] = point.Mean.Interval?.Low;
        row["high"] = point.Mean.Interval?.High;
        row["seeds"] = point.Mean.Seeds;
        row["predicted"] = point.Predicted;
        return row;
    }

    private Curve Measure(FigureSeries series, CancellationToken cancellation)
    {
        (SeriesPoint Point, SeedMean? Mean)[] means = [.. series.Points.Select(point => (point, point.Group.Mean(Positive(quantity.Measured))))];
        SeededPowerLaw? law = SeededPowerLaw.OfMeans(series.Points.SelectMany(point => point.Group.Values(Positive(quantity.Measured), point.X)), _bootstrap, cancellation);
        string label = SlopeText.Of(series.Label, law);
        return new(label, law, [.. means.Where(pair => pair.Mean is not null).Select(pair => new Point(
            series.Label, label, pair.Point.X, pair.Mean!, pair.Point.Group.Mean(Positive(quantity.Predicted))?.Mean))]);
    }

    // A logarithm has no place for zero; a network that nothing flips has no size of flips either.
    private static Func<CellResult, double?> Positive(Func<CellResult, double?> number) => cell => number(cell) is > 0 and double value ? value : null;

    // Through the middle of the data, from end to end.
    private JsonObject[] Reference(Point[] points, string name)
    {
        double middleX = Math.Exp(points.Average(point => Math.Log(point.X)));
        double middleY = Math.Exp(points.Average(point => Math.Log(point.Mean.Mean)));
        return
        [
            .. new[] { points.Min(point => point.X), points.Max(point => point.X) }.Select(end => new JsonObject
            {
                ["x"] = end,
                ["y"] = middleY * Math.Pow(end / middleX, exponent),
                [SeriesMarks.Kind] = name,
            }),
        ];
    }

    private string Caption(Curve[] curves, Point[] points, bool isPredicted, string remark) =>
        string.Join(' ', new[]
        {
            $"{quantity.Symbol} against {x.Symbol}. {SeedText.Bars([.. points.Select(point => point.Mean)])}",
            SlopeText.Intervals(curves.Select(curve => curve.Law)),
            isPredicted ? "Dashed: the mean-field prediction at the same margins; it has no free parameter." : string.Empty,
            $"{(isPredicted ? "Dotted" : "Dashed")}: the slope {slope} that theory expects.",
            remark,
        }.Where(part => part.Length > 0));

    private sealed record Curve(string Label, SeededPowerLaw? Law, IReadOnlyList<Point> Points);

    private sealed record Point(string Name, string Label, double X, SeedMean Mean, double? Predicted)
    {
        public ConfidenceInterval? Bar => Mean.Interval is null ? null : IntervalBars.CutOff(Mean.Mean, Mean.Interval);

        public JsonObject Row(string kind, double y) => new() { [SeriesMarks.Series] = Label, ["x"] = X, ["y"] = y, [SeriesMarks.Kind] = kind };
    }
}
