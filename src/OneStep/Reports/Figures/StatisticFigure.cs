using System.Text.Json.Nodes;

namespace OneStep.Reports.Figures;

/// <summary>Any measured number against any numeric axis: means over seeds with intervals, for studies that no other figure fits.</summary>
internal static class StatisticFigure
{
    private const int Height = 260;

    /// <summary>The figure; null where no cell of the panel has the number.</summary>
    public static Figure? Of(FigurePanel panel, StudyQuantity quantity, FigureAxis x)
    {
        JsonObject[] rows =
        [
            .. panel.Series.SelectMany(series => series.Points.SelectMany(point => point.Group.Mean(quantity.Measured) is not { } mean ? [] : new[]
            {
                new JsonObject { [SeriesMarks.Series] = series.Label, ["x"] = point.X, ["y"] = mean.Mean, ["low"] = mean.Interval?.Low, ["high"] = mean.Interval?.High },
            })),
        ];
        if (rows.Length == 0)
        {
            return null;
        }

        var marks = new SeriesMarks([.. panel.Series.Select(series => series.Label)], []);
        JsonObject Encoding(string y, Action<JsonObject> distinguish)
        {
            JsonObject encoding = new() { ["x"] = Channel("x", x.Title, rows), ["y"] = quantity.IsShare ? CurveAxis.Share("y", quantity.Title, rows.Select(row => (double)row["y"]!)) : Channel("y", quantity.Title, rows) };
            encoding["y"]!["field"] = y;
            distinguish(encoding);
            return encoding;
        }

        JsonObject bars = Encoding("low", marks.Colour);
        bars["y2"] = new JsonObject { ["field"] = "high" };
        JsonObject bar = VegaLite.Mark("rule", "interval");
        bar["clip"] = true;
        string caption = $"{Capital(quantity.Title)} against {x.Symbol}: means over seeds, with 95 % intervals where there is more than one seed, cut off at the edges of the picture.";
        JsonObject chart = VegaLite.Chart(
            caption,
            VegaLite.Layer(rows.Where(row => row["low"] is not null), bar, bars),
            VegaLite.Layer(rows, VegaLite.Mark("line", "measured"), Encoding("y", marks.Colour)),
            VegaLite.Layer(rows, VegaLite.Mark("point", "dot"), Encoding("y", marks.Points)));
        chart["height"] = Height;
        return new(quantity.Name + panel.Name, panel.Titled(Capital(quantity.Title)), caption, chart) { Table = FigureTable.Of(rows) };
    }

    private static JsonObject Channel(string field, string title, JsonObject[] rows)
    {
        double[] values = [.. rows.Select(row => (double)row[field]!)];
        return field == "x" ? CurveAxis.Abscissa(title, values) : CurveAxis.IsWide(values) ? LogAxis.Round(field, title, values) : VegaLite.Quantitative(field, title);
    }

    private static string Capital(string title) => char.ToUpperInvariant(title[0]) + title[1..];
}
