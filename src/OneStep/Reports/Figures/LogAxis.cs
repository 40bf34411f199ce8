using System.Text.Json.Nodes;

namespace OneStep.Reports.Figures;

/// <summary>Logarithmic axes that hug their data, with ticks where they help.</summary>
internal static class LogAxis
{
    // On each side, as a part of the axis.
    private const double Margin = 0.05;
    private const double SmallestRatio = 1.1;
    private const int FewestTicks = 4;
    private const int UsualTicks = 5;
    private static readonly double[] RoundDigits = [1, 2, 5, 10];

    // Ticks a decade, from sparse to dense.
    private static readonly double[][] Ladders = [[1], [1, 3], [1, 2, 5], [1, 1.5, 2, 3, 5, 7], [1, 1.2, 1.4, 1.6, 1.8, 2, 2.5, 3, 3.5, 4, 4.5, 5, 6, 7, 8, 9]];

    /// <summary>A channel with a tick at each value.</summary>
    /// <param name="field">The field.</param>
    /// <param name="title">The axis's title.</param>
    /// <param name="values">All values, positive.</param>
    public static JsonObject AtValues(string field, string title, IEnumerable<double> values)
    {
        double[] ticks = [.. values.Distinct().Order()];
        return Channel(field, title, Domain(ticks), ticks);
    }

    /// <summary>A channel with round ticks.</summary>
    /// <param name="field">The field.</param>
    /// <param name="title">The axis's title.</param>
    /// <param name="values">All values, positive.</param>
    public static JsonObject Round(string field, string title, IEnumerable<double> values)
    {
        (double low, double high) = Domain([.. values]);
        return Channel(field, title, (low, high), RoundTicks(low, high));
    }

    /// <summary>From a little below the smallest value to a little above the largest.</summary>
    public static (double Low, double High) Domain(IReadOnlyCollection<double> values)
    {
        double low = values.Min();
        double high = values.Max();
        double factor = Math.Max(Math.Pow(high / low, Margin), Math.Sqrt(SmallestRatio));
        return (low / factor, high * factor);
    }

    /// <summary>A channel with a domain and ticks.</summary>
    public static JsonObject Channel(string field, string title, (double Low, double High) domain, IReadOnlyList<double> ticks) => new()
    {
        ["field"] = field,
        ["type"] = "quantitative",
        ["title"] = title,
        ["scale"] = new JsonObject { ["type"] = "log", ["domain"] = new JsonArray(domain.Low, domain.High), ["nice"] = false },
        ["axis"] = new JsonObject
        {
            ["values"] = new JsonArray([.. ticks.Select(tick => JsonValue.Create(tick))]),

            // Vega takes every other value away until there are no more than this.
            ["tickCount"] = ticks.Count,
            ["labelExpr"] = Label(ticks),
            ["labelOverlap"] = "greedy",
            ["labelSeparation"] = 2,
        },
    };

    // Vega leaves out labels of logarithmic axes that are given a format; it has no say over an expression. From a thousand on
    // letters save room, where the number is a round one.
    private static string Label(IReadOnlyList<double> ticks) => ticks.Any(tick => tick >= 1000)
        ? "format(datum.value, datum.value % 100 === 0 ? '~s' : '~g')"
        : "format(datum.value, '~g')";

    /// <summary>Round numbers between two ends: the sparsest choice that has at least four, evenly spaced where the ends lie close together.</summary>
    internal static IReadOnlyList<double> RoundTicks(double low, double high)
    {
        double[] ticks = [];
        foreach (double[] ladder in Ladders)
        {
            ticks = [.. Decades(low, high).SelectMany(decade => ladder.Select(digit => RoundNumber(digit, decade))).Where(tick => tick >= low && tick <= high)];
            if (ticks.Length >= FewestTicks)
            {
                return ticks;
            }
        }

        return LinearTicks(low, high);
    }

    // Within less than a factor of two a logarithmic axis is nearly a linear one, and so are its ticks.
    private static double[] LinearTicks(double low, double high)
    {
        double step = (high - low) / UsualTicks;
        int decade = (int)Math.Floor(Math.Log10(step));
        double digit = RoundDigits.First(round => RoundNumber(round, decade) >= step * (1 - 1e-9));
        long first = (long)Math.Ceiling(low / RoundNumber(digit, decade));
        long last = (long)Math.Floor(high / RoundNumber(digit, decade));
        return [.. Enumerable.Range(0, (int)(last - first) + 1).Select(i => RoundNumber((first + i) * digit, decade))];
    }

    // 10^−3 is not a double: dividing by an exact power rounds once, and 5/10^3 prints as 0.005.
    private static double RoundNumber(double digit, int decade) => decade < 0 ? digit / Math.Pow(10, -decade) : digit * Math.Pow(10, decade);

    private static IEnumerable<int> Decades(double low, double high)
    {
        int first = (int)Math.Floor(Math.Log10(low));
        return Enumerable.Range(first, (int)Math.Floor(Math.Log10(high)) - first + 1);
    }
}
