using System.Text.Json.Nodes;
using OneStep.Attacks;
using OneStep.Experiments;
using OneStep.Studies;

namespace OneStep.Reports.Figures;

/// <summary>Attacks side by side over a study: how much larger than the best of their norm, and how many passes they take.</summary>
internal static class MethodFigures
{
    private const int Height = 300;
    private const string RatioTitle = "median size beside the best";

    /// <summary>The median size of each attack beside the smallest median of its norm at the same point; null where no point has
    /// two attacks of a norm.</summary>
    public static Figure? Ratio(FigurePanel panel, FigureAxis x)
    {
        JsonObject[] rows =
        [
            .. panel.Series.SelectMany(series => series.Points.Select(point => (Series: series, Point: point, Norm: NormOf(point.Group), Size: SizeOf(point.Group))))
                .Where(entry => entry.Size is > 0)
                .GroupBy(entry => (entry.Point.X, entry.Norm))
                .Where(group => group.Count() > 1)
                .SelectMany(group => group.Select(entry => new JsonObject
                {
                    [SeriesMarks.Series] = entry.Series.Label, ["x"] = entry.Point.X, ["y"] = entry.Size!.Value / group.Min(other => other.Size!.Value),
                })),
        ];
        if (rows.Length == 0)
        {
            return null;
        }

        var marks = new SeriesMarks([.. panel.Series.Select(series => series.Label)], []);
        JsonObject Encoding(Action<JsonObject> distinguish)
        {
            JsonObject encoding = new() { ["x"] = LogAxis.AtValues("x", x.Title, rows.Select(row => (double)row["x"]!)), ["y"] = VegaLite.Quantitative("y", RatioTitle) };
            distinguish(encoding);
            return encoding;
        }

        string caption = "The median size of the changes that each attack finds, a mean over seeds, divided by the smallest of the attacks that make the same norm small. "
            + "One is the best; what lies at 1.05 is five percent larger.";
        JsonObject chart = VegaLite.Chart(
            caption,
            VegaLite.Layer(rows, VegaLite.Mark("line", "measured"), Encoding(marks.Colour)),
            VegaLite.Layer(rows, VegaLite.Mark("point", "dot"), Encoding(marks.Points)));
        chart["height"] = Height;
        return new("over-best" + panel.Name, panel.Titled("How far from the best"), caption, chart) { Table = FigureTable.Of(rows) };
    }

    /// <summary>The passes that each attack takes for an image, against the abscissa; null where no cell knows them.</summary>
    public static Figure? Passes(FigurePanel panel, FigureAxis x) => StatisticFigure.Of(panel, StudyQuantity.Passes, x);

    private static double? SizeOf(CellGroup group) => group.Mean(StudyQuantity.OwnSize)?.Mean;

    private static NormKind NormOf(CellGroup group)
    {
        MethodOptions method = group.Parameters.Method;
        return method.Norm ?? ExperimentMethods.NormOf(method.Name);
    }
}
