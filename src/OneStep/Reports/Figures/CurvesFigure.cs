using System.Text.Json.Nodes;
using OneStep.Statistics;

namespace OneStep.Reports.Figures;

/// <summary>
/// Measured numbers against an abscissa: means over seeds with intervals, what theory says of the same cells, and lines that
/// belong to no curve.
/// </summary>
/// <param name="Name">Names the figure; fit for a file.</param>
/// <param name="Title">Its title.</param>
/// <param name="Text">What its caption begins with; sentences.</param>
internal sealed record CurvesFigure(string Name, string Title, string Text)
{
    private const int Height = 300;
    private const string Measured = "mean over seeds";

    /// <summary>The abscissa's symbol and title; abscissae are positive, or whole numbers from 0 on.</summary>
    public required (string Symbol, string Title) X { get; init; }

    /// <summary>The ordinate.</summary>
    public required CurveAxis Y { get; init; }

    /// <summary>The curves, in the order of the legend; those without points are left out.</summary>
    public required IReadOnlyList<MeasuredCurve> Curves { get; init; }

    /// <summary>What <see cref="MeasuredCurve.Predicted"/> is, in the legend.</summary>
    public string Predicted { get; init; } = "prediction";

    /// <summary>What <see cref="MeasuredCurve.Beside"/> is, in the legend.</summary>
    public string Beside { get; init; } = "beside";

    /// <summary>The lines that belong to no curve, at most three of different names.</summary>
    public IReadOnlyList<ReferenceLine> References { get; init; } = [];

    /// <summary>The figure; null where fewer than two abscissae have a number.</summary>
    public Figure? Draw()
    {
        MeasuredCurve[] curves = [.. Curves.Where(curve => curve.Points.Count > 0)];
        (MeasuredCurve Curve, MeasuredPoint Point)[] points = [.. curves.SelectMany(curve => curve.Points.Select(point => (curve, point)))];
        if (points.DistinctBy(pair => pair.Point.X).Count() < 2)
        {
            return null;
        }

        bool isPredicted = curves.Any(curve => curve.Predicted.Count > 0);
        bool isBeside = curves.Any(curve => curve.Beside.Count > 0);
        string[] kinds = [Measured, .. isPredicted ? new[] { Predicted } : [], .. isBeside ? new[] { Beside } : [], .. References.Select(line => line.Name).Distinct()];
        var marks = new SeriesMarks([.. curves.Select(curve => curve.Label)], kinds);
        double[] heights = [.. points.SelectMany(pair => Extent(pair.Point)), .. curves.SelectMany(curve => curve.Predicted.Concat(curve.Beside)).Concat(References.SelectMany(line => line.Points)).Select(point => point.Y)];
        double[] abscissae = [.. points.Select(pair => pair.Point.X)];
        JsonObject With(Action<JsonObject> distinguish)
        {
            JsonObject encoding = new() { ["x"] = CurveAxis.Sizes(X.Title, abscissae), ["y"] = Y.Channel(heights) };
            distinguish(encoding);
            return encoding;
        }

        // A legend of dashes with one entry says nothing.
        Action<JsonObject> lines = kinds.Length == 1 ? marks.Colour : marks.Lines;
        string caption = Caption(curves);
        JsonObject chart = VegaLite.Chart(
            caption,
            Lines(References.SelectMany(line => line.Points.Select(point => new JsonObject { ["x"] = point.X, ["y"] = point.Y, [SeriesMarks.Kind] = line.Name })), "reference", With(marks.Meaning)),
            IntervalBars.Layer(points.Where(pair => pair.Point.Mean.Interval is not null).Select(pair => IntervalBars.Row(pair.Curve.Label, pair.Point.X, Bar(pair.Point)!)), With(_ => { }), marks),
            Lines(curves.SelectMany(curve => curve.Predicted.Select(point => Row(curve, Predicted, point.X, point.Y))), "prediction", With(marks.Lines)),
            Lines(curves.SelectMany(curve => curve.Beside.Select(point => Row(curve, Beside, point.X, point.Y))), "measured", With(marks.Lines)),
            Lines(points.Select(pair => Row(pair.Curve, Measured, pair.Point.X, pair.Point.Mean.Mean)), "measured", With(lines)),
            Dots(points, With(marks.Points)));
        chart["height"] = Height;
        return new(Name, Title, caption, chart) { Table = FigureTable.Of([.. curves.SelectMany(curve => curve.Points.Select(point => TableRow(curve, point, isPredicted, isBeside))), .. References.SelectMany(TableRows)]) };
    }

    private static JsonObject Lines(IEnumerable<JsonObject> rows, string style, JsonObject encoding)
    {
        JsonObject mark = VegaLite.Mark("line", style);
        mark["clip"] = true;
        return VegaLite.Layer(rows, mark, encoding);
    }

    private JsonObject Dots((MeasuredCurve Curve, MeasuredPoint Point)[] points, JsonObject encoding)
    {
        encoding["tooltip"] = new JsonArray(
            VegaLite.Tooltip(SeriesMarks.Series, "series", "nominal"), VegaLite.Tooltip("x", X.Symbol), VegaLite.Tooltip("y", Y.Symbol), VegaLite.Tooltip("seeds", "seeds"));
        return VegaLite.Layer(
            points.Select(pair =>
            {
                JsonObject row = Row(pair.Curve, Measured, pair.Point.X, pair.Point.Mean.Mean);
                row["seeds"] = pair.Point.Mean.Seeds;
                return row;
            }),
            VegaLite.Mark("point", "dot"),
            encoding);
    }

    private static JsonObject Row(MeasuredCurve curve, string kind, double x, double y) =>
        new() { [SeriesMarks.Series] = curve.Label, ["x"] = x, ["y"] = y, [SeriesMarks.Kind] = kind };

    private IEnumerable<double> Extent(MeasuredPoint point) => Bar(point) is { } bar && Y.Scale != CurveScale.Share ? [point.Mean.Mean, bar.Low, bar.High] : [point.Mean.Mean];

    // Where an axis begins at zero or has none, a bar that is many times as long as the mean would flatten everything else.
    private ConfidenceInterval? Bar(MeasuredPoint point)
    {
        if (point.Mean.Interval is not { } interval)
        {
            return null;
        }

        bool isCutOff = point.Mean.Mean > 0 && (Y.Scale is CurveScale.Logarithmic or CurveScale.FromZero);
        return isCutOff ? IntervalBars.CutOff(point.Mean.Mean, interval) : Y.Bounds is { } bounds ? interval.Within(bounds.Low, bounds.High) : interval;
    }

    private static JsonObject TableRow(MeasuredCurve curve, MeasuredPoint point, bool isPredicted, bool isBeside)
    {
        JsonObject row = new() { ["series"] = curve.Name, ["x"] = point.X, ["mean"] = point.Mean.Mean };
        row["low"] = point.Mean.Interval?.Low;
        row["high"] = point.Mean.Interval?.High;
        row["seeds"] = point.Mean.Seeds;
        if (isPredicted)
        {
            row["predicted"] = curve.Predicted.FirstOrDefault(predicted => predicted.X == point.X)?.Y;
        }

        if (isBeside)
        {
            row["beside"] = curve.Beside.FirstOrDefault(beside => beside.X == point.X)?.Y;
        }

        return row;
    }

    private static IEnumerable<JsonObject> TableRows(ReferenceLine line) => line.Points.Select(point => new JsonObject { ["series"] = line.Name, ["x"] = point.X, ["mean"] = point.Y });

    private string Caption(MeasuredCurve[] curves) => string.Join(' ', new[]
    {
        Text,
        SeedText.Bars([.. curves.SelectMany(curve => curve.Points).Select(point => point.Mean)]),
        SlopeText.Intervals(curves.Select(curve => curve.Law)),
    }.Where(part => part.Length > 0));
}
