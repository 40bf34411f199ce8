using System.Text.Json.Nodes;
using OneStep.Statistics;

namespace OneStep.Reports.Figures;

/// <summary>Vertical bars of confidence intervals behind the marks of a curve.</summary>
internal static class IntervalBars
{
    // An interval of few seeds may reach to zero and below, which on a logarithmic axis would flatten everything else.
    private const double LongestBar = 1.6;

    private const string Low = "y";
    private const string High = "high";

    /// <summary>The part of an interval that a logarithmic axis bears: the bar never runs away to zero; the figure's table has the
    /// whole interval.</summary>
    /// <param name="mean">The value whose interval it is, positive.</param>
    /// <param name="interval">Its interval.</param>
    public static ConfidenceInterval CutOff(double mean, ConfidenceInterval interval) => interval.Within(mean / LongestBar, mean * LongestBar);

    /// <summary>A bar of a curve.</summary>
    public static JsonObject Row(string series, double x, ConfidenceInterval interval) =>
        new() { [SeriesMarks.Series] = series, ["x"] = x, [Low] = interval.Low, [High] = interval.High };

    /// <summary>The layer of bars, each in its curve's colour.</summary>
    /// <param name="rows">What <see cref="Row"/> makes.</param>
    /// <param name="position">The channels x and y, which the layer takes.</param>
    /// <param name="marks">The curves' colours.</param>
    public static JsonObject Layer(IEnumerable<JsonObject> rows, JsonObject position, SeriesMarks marks)
    {
        marks.Colour(position);
        position["y2"] = new JsonObject { ["field"] = High };
        JsonObject mark = VegaLite.Mark("rule", "interval");
        mark["clip"] = true;
        return VegaLite.Layer(rows, mark, position);
    }
}
