using System.Text.Json.Nodes;
using OneStep.Attacks;
using OneStep.Experiments;

namespace OneStep.Reports.Figures;

/// <summary>Attacks side by side: what each found against what it cost, and how that is distributed over the images.</summary>
internal static class ComparisonFigures
{
    private const int Height = 300;
    private const int RowHeight = 30;
    private const int SmallestHeight = 120;

    // Letters of a name; these figures stand two side by side, not three.
    private const int LongestOfTwo = 13;
    private const string Passes = "passes forward and backward per image";

    /// <summary>The median size against the passes, a mark an attack; null unless two attacks of the norm flipped something.</summary>
    public static Figure? Cost(ComparisonResult result, NormKind norm)
    {
        MethodMeasurement[] attacks = [.. OfNorm(result, norm)];
        if (attacks.Length < 2)
        {
            return null;
        }

        JsonObject[] rows =
        [
            .. attacks.Select(attack => new JsonObject
            {
                [SeriesMarks.Series] = attack.Method,
                ["passes"] = attack.ForwardPasses + attack.BackwardPasses,
                ["size"] = attack.Size.Median,
                ["flipped"] = attack.Verified,
            }),
        ];
        JsonObject encoding = new()
        {
            ["x"] = LogAxis.Round("passes", Passes, rows.Select(row => (double)row["passes"]!)),
            ["y"] = LogAxis.Round("size", $"median {NormText.Symbol(norm)} of the flips", rows.Select(row => (double)row["size"]!)),
            ["tooltip"] = new JsonArray(
                VegaLite.Tooltip(SeriesMarks.Series, "attack", "nominal"),
                VegaLite.Tooltip("passes", "passes"),
                VegaLite.Tooltip("size", "median size"),
                VegaLite.Tooltip("flipped", "images flipped")),
        };
        new SeriesMarks([.. attacks.Select(attack => attack.Method)], []) { MostInTwoColumns = LongestOfTwo }.Points(encoding);
        string caption = $"Each mark is an attack: the median {NormText.Symbol(norm)} of the changes that it found, over the images that it flipped, against the passes that it "
            + "took for an image, forward and backward together. Both axes are logarithmic; better attacks lie lower, cheaper ones to the left.";
        JsonObject chart = VegaLite.Chart(caption, VegaLite.Layer(rows, VegaLite.Mark("point", "dot"), encoding));
        chart["height"] = Height;
        return new($"cost-{NormNames.Of(norm)}", $"What it costs to find a small {NormText.Name(norm)} change", caption, chart) { Table = FigureTable.Of(rows) };
    }

    /// <summary>Quartiles and extremes of the sizes, a row an attack; null where no attack of the norm flipped anything.</summary>
    public static Figure? Sizes(ComparisonResult result, NormKind norm)
    {
        MethodMeasurement[] attacks = [.. OfNorm(result, norm)];
        if (attacks.Length == 0)
        {
            return null;
        }

        JsonObject[] rows = [.. attacks.Select(attack => Quantiles(attack, norm))];
        string title = $"{NormText.Symbol(norm)} of the flips";
        JsonObject y = new()
        {
            ["field"] = SeriesMarks.Series,
            ["type"] = "nominal",
            ["title"] = null,
            ["sort"] = null,
        };
        double[] all = [.. rows.SelectMany(row => new[] { (double)row["smallest"]!, (double)row["largest"]! })];
        JsonObject Span(string from, string to) => new()
        {
            ["x"] = LogAxis.Round(from, title, all),
            ["x2"] = new JsonObject { ["field"] = to },
            ["y"] = y.DeepClone(),
        };
        JsonObject median = new() { ["x"] = LogAxis.Round("median", title, all), ["y"] = y.DeepClone(), ["tooltip"] = Tooltips() };
        string caption = $"How the {NormText.Symbol(norm)} of the changes is distributed over the images that each attack flipped: the mark is the median, the box holds the middle half, "
            + "and the line goes from the smallest to the largest.";
        JsonObject box = VegaLite.Mark("bar", "histogram");
        box["height"] = RowHeight / 2;
        JsonObject chart = VegaLite.Chart(
            caption,
            VegaLite.Layer(rows, VegaLite.Mark("rule", "interval"), Span("smallest", "largest")),
            VegaLite.Layer(rows, box, Span("lower", "upper")),
            VegaLite.Layer(rows, VegaLite.Mark("point", "dot"), median));
        chart["height"] = Math.Max(SmallestHeight, RowHeight * rows.Length);
        return new($"sizes-{NormNames.Of(norm)}", $"How small the {NormText.Name(norm)} changes are", caption, chart) { Table = FigureTable.Of(rows) };
    }

    private static IEnumerable<MethodMeasurement> OfNorm(ComparisonResult result, NormKind norm) =>
        result.Attacks.Where(attack => attack.Norm == norm && attack.Size.Median is > 0 && attack.ForwardPasses + attack.BackwardPasses > 0);

    private static JsonObject Quantiles(MethodMeasurement attack, NormKind norm)
    {
        double[] sizes = [.. attack.Rows.Where(row => row.Status == ExampleStatus.Flipped).Select(row => row.SizeIn(norm)!.Value).Where(size => size > 0).Order()];
        double At(double part) => sizes[(int)Math.Round(part * (sizes.Length - 1))];
        return new()
        {
            [SeriesMarks.Series] = attack.Method,
            ["smallest"] = sizes[0],
            ["lower"] = At(0.25),
            ["median"] = attack.Size.Median,
            ["upper"] = At(0.75),
            ["largest"] = sizes[^1],
        };
    }

    private static JsonArray Tooltips() => new(
        VegaLite.Tooltip(SeriesMarks.Series, "attack", "nominal"),
        VegaLite.Tooltip("smallest", "smallest"),
        VegaLite.Tooltip("lower", "lower quartile"),
        VegaLite.Tooltip("median", "median"),
        VegaLite.Tooltip("upper", "upper quartile"),
        VegaLite.Tooltip("largest", "largest"));
}
