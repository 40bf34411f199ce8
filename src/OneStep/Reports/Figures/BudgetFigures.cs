using System.Text.Json.Nodes;
using OneStep.Statistics;

namespace OneStep.Reports.Figures;

/// <summary>Accuracy against the budget, of networks trained for each budget; and the budget that half of the images survive.</summary>
/// <param name="budget">The axis of budgets.</param>
internal sealed class BudgetFigures(FigureAxis budget)
{
    private const double Half = 0.5;
    private const int Height = 300;
    private const string HalfTitle = "one half";

    /// <summary>Robust accuracy against ε, a curve a series, with ε₅₀ and the clean accuracy; null where none was measured.</summary>
    public Figure? Robust(FigurePanel panel)
    {
        (FigureSeries Series, CurvePoint[] Curve)[] curves = [.. panel.Series.Select(series => (series, CurveOf(series, StudyQuantity.RobustAccuracy))).Where(pair => pair.Item2.Length > 0)];
        if (curves.Length == 0)
        {
            return null;
        }

        string[] labels = [.. curves.Select(pair => Labelled(pair.Series.Label, LevelCrossing.Of(pair.Curve, Half)))];
        var marks = new SeriesMarks(labels, [HalfTitle]);
        JsonObject[] rows = [.. curves.SelectMany((pair, i) => pair.Curve.Select(point => Row(labels[i], point)))];
        JsonObject[] clean = [.. curves.Select((pair, i) => Row(labels[i], new CurvePoint(0, pair.Series.Points[0].Group.Mean(StudyQuantity.CleanAccuracy.Measured)!.Mean)))];
        JsonObject[] half = [.. curves.SelectMany((pair, i) => LevelCrossing.Of(pair.Curve, Half) is { } crossing ? new[] { Row(labels[i], new(crossing.At, Half)) } : [])];
        string caption = "Each mark is the mean over seeds of networks that were trained against attacks within ε and then attacked within the same ε; an image counts as soon as one of all "
            + "attacks flips it. Open marks at ε = 0: the accuracy, without an attack, of the networks trained with the smallest budget. ε₅₀, the budget that half of the images survive, "
            + "is where a curve passes the line at one half, interpolated in log ε.";
        JsonObject chart = VegaLite.Chart(
            caption,
            VegaLite.Layer([new JsonObject { ["y"] = Half }], VegaLite.Mark("rule", "reference"), new() { ["y"] = Accuracy("accuracy under attack") }),
            Layer("line", "measured", rows, marks.Colour),
            Layer("point", "dot", rows, marks.Points),
            Layer("point", "open", clean, marks.Points),
            Layer("tick", "crossing", half, marks.Colour));
        chart["height"] = Height;
        return new(StudyQuantity.RobustAccuracy.Name + panel.Name, panel.Titled("Accuracy under attack"), caption, chart)
        {
            Table = FigureTable.Of(curves.SelectMany(pair => pair.Series.Points.SelectMany(point => TableRow(pair.Series.Label, point)))),
        };
    }

    /// <summary>The same networks before the attack.</summary>
    public Figure Clean(FigurePanel panel)
    {
        string[] labels = [.. panel.Series.Select(series => series.Label)];
        var marks = new SeriesMarks(labels, []);
        JsonObject[] rows = [.. panel.Series.SelectMany(series => CurveOf(series, StudyQuantity.CleanAccuracy).Select(point => Row(series.Label, point)))];
        const string Caption = "The same networks on the same images before the attack: what training against larger budgets costs.";
        JsonObject chart = VegaLite.Chart(
            Caption,
            Layer("line", "measured", rows, marks.Colour, "accuracy before the attack"),
            Layer("point", "open", rows, marks.Points, "accuracy before the attack"));
        chart["height"] = Height;
        return new(StudyQuantity.CleanAccuracy.Name + panel.Name, panel.Titled("Accuracy before the attack"), Caption, chart) { Table = FigureTable.Of(rows) };
    }

    /// <summary>ε₅₀ against the dimension, a curve a panel, on logarithmic axes; null where fewer than two dimensions have it.</summary>
    /// <param name="panels">A series a dimension.</param>
    /// <param name="cancellation">Ends the work early.</param>
    public static Figure? HalfBudgets(IReadOnlyList<FigurePanel> panels, CancellationToken cancellation)
    {
        (string Label, SeededPowerLaw? Law)[] laws = [.. panels.Select(panel => (panel.Label, Law: Fit(panel, cancellation))).Where(pair => pair.Law is not null)];
        if (laws.Length == 0)
        {
            return null;
        }

        const string Measured = "ε₅₀";
        const string Law = "c/√d";
        string[] labels = [.. laws.Select(pair => SlopeText.Of(pair.Label, pair.Law))];
        var marks = new SeriesMarks(labels, [Measured, Law]);
        CurvePoint[] all = [.. laws.SelectMany(pair => pair.Law!.Points)];
        JsonObject[] lines = [.. laws.SelectMany((pair, i) => RootLaw(pair.Law!.Points).Select(point => Line(labels[i], Law, point)))];
        JsonObject[] rows = [.. laws.SelectMany((pair, i) => pair.Law!.Points.Select(point => Line(labels[i], Measured, point)))];
        double[] heights = [.. lines.Concat(rows).Select(row => (double)row["y"]!)];
        JsonObject Position() => new()
        {
            ["x"] = LogAxis.AtValues("x", "input dimension d", all.Select(point => point.X)),
            ["y"] = LogAxis.Round("y", "ε₅₀, which half of the images survive", heights),
        };
        JsonObject With(Action<JsonObject> distinguish)
        {
            JsonObject encoding = Position();
            distinguish(encoding);
            return encoding;
        }

        string caption = "The budget that half of the images survive, against the dimension. Dashed: c/√d through the middle of each series; theory expects the slope −1/2. "
            + string.Join("; ", laws.Select(pair => $"{(pair.Label.Length == 0 ? string.Empty : pair.Label + ": ")}c = {NumberText.Significant(Constant(pair.Law!.Points))}")) + ".";
        JsonObject chart = VegaLite.Chart(
            caption,
            VegaLite.Layer(lines, VegaLite.Mark("line", "prediction"), With(marks.Lines)),
            VegaLite.Layer(rows, VegaLite.Mark("line", "measured"), With(marks.Lines)),
            VegaLite.Layer(rows, VegaLite.Mark("point", "dot"), With(marks.Points)));
        chart["height"] = Height;
        return new("half-budget", "The budget that half of the images survive", caption, chart)
        {
            Table = FigureTable.Of(laws.SelectMany(pair => pair.Law!.Points.Select(point => new JsonObject { ["series"] = pair.Label, ["d"] = point.X, ["halfBudget"] = point.Y }))),
        };
    }

    private static SeededPowerLaw? Fit(FigurePanel panel, CancellationToken cancellation)
    {
        ulong[] seeds = [.. panel.Groups.SelectMany(group => group.Cells).Select(cell => cell.Parameters.Seed).Distinct().Order()];
        FigureSeries[] dimensions = [.. panel.Series];
        return SeededPowerLaw.Of(
            [.. dimensions.Select(series => (double)series.Points[0].Group.Parameters.Dimension)],
            seeds.Length,
            (d, sample) => HalfBudget(dimensions[d], [.. sample.Select(position => seeds[position])]),
            new SeedBootstrap(),
            cancellation);
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

    private static double Constant(IReadOnlyList<CurvePoint> points) => Math.Exp(points.Average(point => Math.Log(point.Y * Math.Sqrt(point.X))));

    private static IEnumerable<CurvePoint> RootLaw(IReadOnlyList<CurvePoint> points) => points.Select(point => new CurvePoint(point.X, Constant(points) / Math.Sqrt(point.X)));

    private static JsonObject Line(string series, string kind, CurvePoint point)
    {
        JsonObject row = Row(series, point);
        row[SeriesMarks.Kind] = kind;
        return row;
    }

    private static CurvePoint[] CurveOf(FigureSeries series, StudyQuantity quantity) =>
        [.. series.Points.SelectMany(point => point.Group.Mean(quantity.Measured) is { } mean ? new[] { new CurvePoint(point.X, mean.Mean) } : [])];

    private static string Labelled(string label, LevelCrossing? crossing)
    {
        string half = crossing is null ? "ε₅₀ outside" : $"ε₅₀ = {NumberText.Significant(crossing.At, 2)}";
        return label.Length == 0 ? half : $"{label}: {half}";
    }

    private static IEnumerable<JsonObject> TableRow(string label, SeriesPoint point)
    {
        if (point.Group.Mean(StudyQuantity.RobustAccuracy.Measured) is not { } robust)
        {
            yield break;
        }

        JsonObject row = new() { ["series"] = label, ["budget"] = point.X, ["robustAccuracy"] = robust.Mean };
        row["low"] = robust.Interval?.Low;
        row["high"] = robust.Interval?.High;
        row["cleanAccuracy"] = point.Group.Mean(StudyQuantity.CleanAccuracy.Measured)!.Mean;
        row["seeds"] = robust.Seeds;
        yield return row;
    }

    private JsonObject Layer(string type, string style, JsonObject[] rows, Action<JsonObject> distinguish, string title = "accuracy under attack")
    {
        JsonObject encoding = new() { ["x"] = VegaLite.FromZero("x", budget.Title), ["y"] = Accuracy(title) };
        distinguish(encoding);
        return VegaLite.Layer(rows, VegaLite.Mark(type, style), encoding);
    }

    private static JsonObject Row(string series, CurvePoint point) => new() { [SeriesMarks.Series] = series, ["x"] = point.X, ["y"] = point.Y };

    private static JsonObject Accuracy(string title)
    {
        JsonObject channel = VegaLite.FromZero("y", title);
        channel["axis"] = new JsonObject { ["format"] = ".0%" };
        channel["scale"] = new JsonObject { ["domain"] = new JsonArray(0, 1) };
        return channel;
    }
}
