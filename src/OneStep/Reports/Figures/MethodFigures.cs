using System.Text.Json.Nodes;
using OneStep.Attacks;
using OneStep.Experiments;
using OneStep.Studies;

namespace OneStep.Reports.Figures;

/// <summary>Attacks side by side over a study: how much larger than the best of their norm, and how many pixels against the classes.</summary>
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

    /// <summary>Changed pixels against the number of classes, beside the line of as many pixels as classes; null where nothing
    /// was flipped.</summary>
    public static Figure? Hamming(FigurePanel panel, FigureAxis classes)
    {
        if (StatisticFigure.Of(panel, StudyQuantity.AttackSize, classes) is not { } figure)
        {
            return null;
        }

        var layers = (JsonArray)figure.Specification["layer"]!;
        JsonNode encoding = layers[^1]!["encoding"]!;
        JsonObject mark = VegaLite.Mark("line", "reference");
        mark["clip"] = true;
        double[] numbers = [.. panel.Groups.Select(group => classes.Number(group)!.Value).Distinct().Order()];
        layers.Insert(0, VegaLite.Layer(
            numbers.Select(number => new JsonObject { ["x"] = number, ["y"] = number }),
            mark,
            new() { ["x"] = encoding["x"]!.DeepClone(), ["y"] = encoding["y"]!.DeepClone() }));
        string caption = "The number of pixels that change until the prediction does: medians over the flipped images, means over seeds, with 95 % intervals where there is more than one "
            + "seed. The grey line is as many pixels as classes: what it takes to choose every output freely, after [SSRD19].";
        figure.Specification["description"] = caption;
        return figure with { Name = "hamming" + panel.Name, Title = panel.Titled("Pixels that change"), Caption = caption };
    }

    private static double? SizeOf(CellGroup group) => group.Mean(StudyQuantity.OwnSize)?.Mean;

    private static NormKind NormOf(CellGroup group)
    {
        MethodOptions method = group.Parameters.Method;
        return method.Norm ?? ExperimentMethods.NormOf(method.Name);
    }
}
