using System.Globalization;
using OneStep.Statistics;

namespace OneStep.Reports.Figures;

/// <summary>A fitted slope in a legend.</summary>
internal static class SlopeText
{
    /// <summary>A curve's name with its slope: <c>m = 1000: slope −0.46 ± 0.03</c>, half of the interval behind the sign.</summary>
    public static string Of(string label, SeededPowerLaw? law)
    {
        if (law is null)
        {
            return label;
        }

        string interval = law.SlopeInterval is { } known ? $" ± {Text(known.HalfWidth)}" : string.Empty;
        return $"{(label.Length == 0 ? string.Empty : label + ": ")}slope {Text(law.Slope)}{interval}";
    }

    /// <summary>What an interval is from, in a few words.</summary>
    public static string Origin(IntervalKind? kind) => kind switch
    {
        IntervalKind.SeedBootstrap => "by a bootstrap over seeds",
        IntervalKind.RegressionResiduals => "from the residuals of the fit, not from seeds",
        IntervalKind.QuasiBinomial => "from the scatter of the counts about the surface, not from seeds",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "An interval is from something."),
    };

    /// <summary>What a caption says of the slopes in its legend; nothing where none has an interval.</summary>
    public static string Intervals(IEnumerable<SeededPowerLaw?> laws)
    {
        IntervalKind[] kinds = [.. laws.Select(law => law?.IntervalKind).OfType<IntervalKind>().Distinct().Order()];
        return kinds.Length == 0 ? string.Empty : $"Slopes in the legend carry their 95 % interval, {string.Join(" or ", kinds.Select(kind => Origin(kind)))}.";
    }

    // Adding zero takes the sign from what is rounded to nothing.
    private static string Text(double slope) => (Math.Round(slope, 2) + 0.0).ToString("0.00", CultureInfo.InvariantCulture).Replace('-', '−');
}
