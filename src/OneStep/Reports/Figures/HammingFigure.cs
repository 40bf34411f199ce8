using System.Globalization;
using System.Text.Json.Nodes;
using OneStep.Attacks;
using OneStep.Experiments;
using OneStep.Statistics;
using OneStep.Studies;

namespace OneStep.Reports.Figures;

/// <summary>
/// How many pixels change until all K outputs have prescribed values, against K, with and without pixel bounds, beside the
/// pixels that flip the one prediction and the line of as many pixels as outputs [SSRD19] (docs/mathematics.md §17).
/// </summary>
internal static class HammingFigure
{
    private const int Height = 320;
    private const string Outputs = "number of outputs K";

    // The first measure of each network comes first in the legend.
    private static readonly (string Name, Func<CellResult, double?> Pixels)[] Measures =
    [
        ("all outputs", StudyQuantity.OutputMoves.Measured),
        ("all outputs within bounds", StudyQuantity.BoundedOutputMoves.Measured),
        ("one prediction", cell => ExperimentMethods.NormOf(cell.Parameters.Method.Name) == NormKind.L0 ? cell.Result.Method?.Size.Median : null),
    ];

    /// <summary>Whether a study measures any of this.</summary>
    public static bool Measured(StudyResults results) => results.Cells.Any(cell => Measures.Any(measure => measure.Pixels(cell) is not null));

    /// <summary>How many outputs the network of some cells has: one a class, and one for two classes.</summary>
    public static double OutputsOf(CellGroup group) => group.Parameters.IsDeep ? group.Parameters.LayerWidths[^1] : 1;

    /// <summary>The figure; null where nothing was flipped or moved.</summary>
    /// <param name="panel">The cells; their abscissa is not looked at.</param>
    /// <param name="cancellation">Ends the work early with an <see cref="OperationCanceledException"/>.</param>
    public static Figure? Of(FigurePanel panel, CancellationToken cancellation)
    {
        Curve[] curves = [.. panel.Series.SelectMany(series => Measures.Select(measure => Measure(series, measure.Name, measure.Pixels, cancellation))).Where(curve => curve.Rows.Count > 0)];
        if (curves.Length == 0)
        {
            return null;
        }

        JsonObject[] rows = [.. curves.SelectMany(curve => curve.Rows)];
        var marks = new SeriesMarks([.. curves.Select(curve => curve.Label)], []);
        JsonObject Encoding(string y, Action<JsonObject> distinguish)
        {
            JsonObject encoding = new() { ["x"] = VegaLite.FromZero("x", Outputs), ["y"] = VegaLite.FromZero(y, "median number of pixels that change") };
            distinguish(encoding);
            return encoding;
        }

        JsonObject bars = Encoding("low", marks.Colour);
        bars["y2"] = new JsonObject { ["field"] = "high" };
        string caption = Caption(panel, curves);
        JsonObject chart = VegaLite.Chart(
            caption,
            VegaLite.Layer(Diagonal(rows), VegaLite.Mark("line", "reference"), Encoding("y", _ => { })),
            VegaLite.Layer(rows.Where(row => row["low"] is not null), VegaLite.Mark("rule", "interval"), bars),
            VegaLite.Layer(rows, VegaLite.Mark("line", "measured"), Encoding("y", marks.Colour)),
            VegaLite.Layer(rows, VegaLite.Mark("point", "dot"), Encoding("y", marks.Points)));
        chart["height"] = Height;
        return new("hamming" + panel.Name, panel.Titled("Pixels that change"), caption, chart) { Table = FigureTable.Of(rows) };
    }

    private static Curve Measure(FigureSeries series, string name, Func<CellResult, double?> pixels, CancellationToken cancellation)
    {
        string label = series.Label.Length == 0 ? name : $"{Network(series.Label)}: {name}";
        (double X, SeedMean Mean)[] points = [.. series.Points.Select(point => (OutputsOf(point.Group), point.Group.Mean(pixels))).Where(point => point.Item2 is not null).Select(point => (point.Item1, point.Item2!)).OrderBy(point => point.Item1)];
        SeededLine? line = SeededLine.OfMeans(series.Points.SelectMany(point => point.Group.Values(pixels, OutputsOf(point.Group))), new(), cancellation);
        return new(label, line,
        [
            .. points.Select(point => new JsonObject
            {
                [SeriesMarks.Series] = label,
                ["x"] = point.X,
                ["y"] = point.Mean.Mean,

                // A number of pixels is not negative, whatever Student's distribution says.
                ["low"] = point.Mean.Interval?.Within(0, double.PositiveInfinity).Low,
                ["high"] = point.Mean.Interval?.High,
            }),
        ]);
    }

    private static string Network(string label) => label switch
    {
        "untrained = true" => "untrained",
        "untrained = false" => "trained",
        _ => label,
    };

    private static JsonObject[] Diagonal(JsonObject[] rows) =>
        [.. rows.Select(row => (double)row["x"]!).Distinct().Order().Select(outputs => new JsonObject { ["x"] = outputs, ["y"] = outputs })];

    private static string Caption(FigurePanel panel, Curve[] curves)
    {
        string[] slopes = [.. curves.Where(curve => curve.Line is not null).Select(curve => $"{curve.Label} {Slope(curve.Line!)}")];
        IntervalKind[] kinds = [.. curves.Select(curve => curve.Line?.IntervalKind).OfType<IntervalKind>().Distinct().Order()];
        return string.Join(' ', new[]
        {
            "Pixels that change until the largest output and that of the next class have changed places and all others are what they were, freely and with pixels kept in [0, 1], "
                + "and until the one prediction flips. Medians over the images, means over seeds, with 95 % intervals where there is more than one seed. Two classes have one output.",
            "The grey line is as many pixels as outputs: what it takes to choose every output freely, after [SSRD19].",
            slopes.Length == 0 ? string.Empty : $"Pixels an output, the slope of a straight line: {string.Join("; ", slopes)}{(kinds.Length == 0 ? string.Empty : $" (95 % intervals {string.Join(" or ", kinds.Select(kind => SlopeText.Origin(kind)))})")}.",
            Reached(panel),
        }.Where(part => part.Length > 0));
    }

    private static string Slope(SeededLine line) =>
        Text(line.Slope) + (line.SlopeInterval is { } interval ? $" ± {Text(interval.HalfWidth)}" : string.Empty);

    private static string Text(double slope) => slope.ToString("0.00", CultureInfo.InvariantCulture).Replace('-', '−');

    // Medians are over the walks that arrived: where many do not, they are too low.
    private static string Reached(FigurePanel panel)
    {
        OutputMoves[] moves = [.. panel.Groups.SelectMany(group => group.Cells).Select(cell => cell.Result.OutputMoves).OfType<OutputMoves>()];
        return moves.Length == 0 ? string.Empty
            : $"Of the walks {Share(moves, walks => walks.Free)} arrived, within pixel bounds {Share(moves, walks => walks.Bounded)}; the medians are over these.";
    }

    private static string Share(OutputMoves[] moves, Func<OutputMoves, OutputMoveSummary> part) =>
        $"{NumberText.Count(moves.Sum(walks => part(walks).Reached))} of {NumberText.Count(moves.Sum(walks => part(walks).Attempted))}";

    private sealed record Curve(string Label, SeededLine? Line, IReadOnlyList<JsonObject> Rows);
}
