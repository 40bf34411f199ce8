namespace OneStep.Statistics;

/// <summary>What is told of a sample. Statistics of nothing are null.</summary>
/// <param name="Mean">The arithmetic mean.</param>
/// <param name="Median">The median; of an even number of values the mean of the middle two.</param>
/// <param name="Std">The standard deviation with divisor n − 1; null for fewer than two values.</param>
/// <param name="Min">The smallest value.</param>
/// <param name="Max">The largest value.</param>
public sealed record Summary(double? Mean, double? Median, double? Std, double? Min, double? Max)
{
    /// <summary>Summarises <paramref name="values"/>, which must be finite.</summary>
    /// <exception cref="ArgumentException">A value is not finite.</exception>
    public static Summary Of(IEnumerable<double> values)
    {
        double[] sorted = FiniteValues.Copy(values, nameof(values));
        if (sorted.Length == 0)
        {
            return new(null, null, null, null, null);
        }

        Array.Sort(sorted);
        double mean = MathNet.Numerics.Statistics.ArrayStatistics.Mean(sorted);
        double? deviation = sorted.Length < 2 ? null : MathNet.Numerics.Statistics.ArrayStatistics.StandardDeviation(sorted);
        double median = MathNet.Numerics.Statistics.SortedArrayStatistics.Median(sorted);
        return new(mean, median, deviation, sorted[0], sorted[^1]);
    }
}
