using System.Globalization;
using OneStep.Statistics;

namespace OneStep.Claims;

/// <summary>Numbers and counts within the sentences of claims.</summary>
internal static class ClaimText
{
    /// <summary>A number to three digits behind the point at most, with a true minus sign.</summary>
    public static string Number(double value) => value.ToString("0.###", CultureInfo.InvariantCulture).Replace('-', '−');

    /// <summary>A number as it was given.</summary>
    public static string Exact(double value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A count and what is counted.</summary>
    public static string Count(int count, string one, string many) => count == 1 ? $"1 {one}" : $"{Exact(count)} {many}";

    /// <summary>The smallest and the largest of several numbers.</summary>
    public static string Range<T>(IEnumerable<T> values, Func<T, double> value)
    {
        double[] numbers = [.. values.Select(value)];
        return $"{Number(numbers.Min())} to {Number(numbers.Max())}";
    }

    /// <summary>The ends of an interval in brackets, with a space before them; nothing where there is none.</summary>
    public static string Ends(ConfidenceInterval? interval) => interval is null ? string.Empty : $" ({Number(interval.Low)} to {Number(interval.High)})";

    /// <summary>How the interval came about, with a comma before it; nothing where there is none.</summary>
    public static string Interval(ConfidenceInterval? interval, IntervalKind? kind) => interval is null ? "; no interval" : kind switch
    {
        IntervalKind.SeedBootstrap => $"; {Percent(interval.Level)} interval by a bootstrap over seeds",
        IntervalKind.RegressionResiduals => $"; {Percent(interval.Level)} interval from the residuals of the fit, since the seeds do not tell",
        IntervalKind.QuasiBinomial => $"; {Percent(interval.Level)} interval from the scatter of the counts about the surface, since the seeds do not tell",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "An interval is from something."),
    };

    /// <summary>A part of a whole; what is less than the whole never reads as if it were.</summary>
    public static string Percent(double part) => $"{Number(part < 1 ? Math.Min(100 * part, 99.999) : 100 * part)} %";
}
