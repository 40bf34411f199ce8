using System.Text.Json.Nodes;
using OneStep.Statistics;

namespace OneStep.Reports.Figures;

/// <summary>Accuracy against the budget, of networks trained for each budget.</summary>
/// <param name="budget">The axis of budgets.</param>
internal sealed class BudgetFigures(FigureAxis budget)
{
    private const double Half = HalfBudgetFigure.Half;
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
        JsonObject[] bars = [.. curves.SelectMany((pair, i) => pair.Series.Points.SelectMany(point => point.Group.Mean(StudyQuantity.RobustAccuracy.Measured)?.Interval is { } interval
            ? new[] { IntervalBars.Row(labels[i], point.X, interval.Within(0, 1)) } : []))];
        string caption = "Each mark is the mean over seeds of networks that were trained against attacks within ε and then attacked within the same ε; an image counts as soon as one of all "
            + "attacks flips it. Open marks at ε = 0: the accuracy, without an attack, of the networks trained with the smallest budget. ε₅₀, the budget that half of the images survive, "
            + "is where a curve passes the line at one half, interpolated in log ε."
            + (bars.Length == 0 ? string.Empty : " Bars: 95 % intervals over seeds.");
        JsonObject Position() => new() { ["x"] = VegaLite.FromZero("x", budget.Title), ["y"] = Accuracy("accuracy under attack") };
        JsonObject chart = VegaLite.Chart(
            caption,
            VegaLite.Layer([new JsonObject { ["y"] = Half }], VegaLite.Mark("rule", "reference"), new() { ["y"] = Accuracy("accuracy under attack") }),
            IntervalBars.Layer(bars, Position(), marks),
            Layer("line", "measured", rows, Position(), marks.Colour),
            Layer("point", "dot", rows, Position(), marks.Points),
            Layer("point", "open", clean, Position(), marks.Points),
            Layer("tick", "crossing", half, Position(), marks.Colour));
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
        JsonObject Position()
        {
            JsonObject y = Accuracy("accuracy before the attack");

            // These are near one: an axis from zero would leave them no room to differ in.
            double low = Math.Floor((rows.Min(row => (double)row["y"]!) - 0.02) * 10) / 10;
            y["scale"] = new JsonObject { ["domain"] = new JsonArray(Math.Max(0, low), 1) };
            return new() { ["x"] = VegaLite.FromZero("x", budget.Title), ["y"] = y };
        }

        JsonObject chart = VegaLite.Chart(
            Caption,
            Layer("line", "measured", rows, Position(), marks.Colour),
            Layer("point", "open", rows, Position(), marks.Points));
        chart["height"] = Height;
        return new(StudyQuantity.CleanAccuracy.Name + panel.Name, panel.Titled("Accuracy before the attack"), Caption, chart) { Table = FigureTable.Of(rows) };
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

    private static JsonObject Layer(string type, string style, JsonObject[] rows, JsonObject position, Action<JsonObject> distinguish)
    {
        distinguish(position);
        return VegaLite.Layer(rows, VegaLite.Mark(type, style), position);
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
