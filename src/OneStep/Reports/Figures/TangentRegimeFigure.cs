using System.Text.Json.Nodes;
using OneStep.Studies;

namespace OneStep.Reports.Figures;

/// <summary>
/// How far SGD moves the neurons, times √m, beside what the theorem of [JT19] asks for before it promises the same loss
/// (docs/mathematics.md §18).
/// </summary>
internal static class TangentRegimeFigure
{
    private const string AskedWidth = "tangentRegime.width";

    // What SGD needed, then what the theorem asks for; columns of the table by their names.
    private static readonly (string Column, string Path)[] Columns =
    [
        ("steps", "steps"),
        ("trainLoss", "network.trainLoss"),
        ("marginAtLeast", "separationMargin.lower"),
        ("askedWidth", AskedWidth),
        ("askedC0", "tangentRegime.c0"),
        ("askedSteps", "tangentRegime.steps"),
    ];

    /// <summary>The figure; null where fewer than two widths were measured.</summary>
    public static Figure? Of(FigurePanel panel, FigureAxis x)
    {
        string text = "The largest distance of a neuron from its initial weights after SGD without a ball, times √m: the C₀ of the smallest lazy ball around it."
            + (panel.Groups.Any(group => group.Mean(cell => cell.Number(AskedWidth)) is not null) ? " " + Asked(panel) : string.Empty);
        Figure? figure = new CurvesFigure("measured-c0" + panel.Name, panel.Titled("How far SGD moves a neuron, times √m"), text)
        {
            X = (x.Symbol, x.Title),
            Y = new("C₀", "C₀ = √m max ‖w − w₀‖", CurveScale.FromZero),
            Curves = MeasuredCurve.Of(panel, cell => cell.Number("c0Measured")),
        }.Draw();
        return figure is null ? null : figure with { Table = FigureTable.Of(panel.Series.SelectMany(series => series.Points.SelectMany(point => Row(series.Label, point)))) };
    }

    private static IEnumerable<JsonObject> Row(string series, SeriesPoint point)
    {
        if (point.Group.Mean(cell => cell.Number("c0Measured")) is not { } mean)
        {
            yield break;
        }

        JsonObject row = new() { ["series"] = series, ["x"] = point.X, ["mean"] = mean.Mean };
        row["low"] = mean.Interval?.Low;
        row["high"] = mean.Interval?.High;
        row["seeds"] = mean.Seeds;
        foreach ((string column, string path) in Columns)
        {
            row[column] = point.Group.Mean(cell => cell.Number(path))?.Mean;
        }

        yield return row;
    }

    private static string Asked(FigurePanel panel)
    {
        CellResult[] cells = [.. panel.Groups.SelectMany(group => group.Cells).Where(cell => cell.Number(AskedWidth) is not null)];
        string Range(string path)
        {
            double[] values = [.. cells.Select(cell => cell.Number(path)).OfType<double>()];
            string low = Rounded(values.Min());
            string high = Rounded(values.Max());
            return low == high ? low : $"{low} to {high}";
        }

        int[] steps = [.. cells.Select(cell => (int?)cell.Number("steps")).OfType<int>().Distinct().Order()];
        string taken = string.Join(" or ", steps.Select(NumberText.Count));
        return $"SGD came to a training loss of {Range("network.trainLoss")} in {taken} steps. Before it promises as much, the theorem of [JT19] asks for a width of {Range(AskedWidth)} "
            + $"and {Range("tangentRegime.steps")} steps, and allows C₀ = {Range("tangentRegime.c0")}, the margin of the features being at least {Range("separationMargin.lower")}: it is sufficient, not necessary.";
    }

    // Two digits, also where there are four to six before the point.
    private static string Rounded(double value)
    {
        double unit = Math.Pow(10, Math.Floor(Math.Log10(value)) - 1);
        return value is >= 100 and < 999_500 ? NumberText.Count((int)(Math.Round(value / unit) * unit)) : NumberText.Significant(value, 2);
    }
}
