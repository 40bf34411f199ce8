namespace OneStep.Reports.Figures;

/// <summary>How many values fall between two edges.</summary>
/// <param name="Start">The lower edge, inside.</param>
/// <param name="End">The upper edge, outside but for the last bin.</param>
/// <param name="Count">The number of values.</param>
internal readonly record struct HistogramBin(double Start, double End, int Count);

/// <summary>Bins of equal, round width.</summary>
internal static class Histogram
{
    private const int MostBins = 60;

    /// <summary>
    /// Counts values in bins of the width that Freedman and Diaconis advise, 2·IQR/∛n, rounded down to 1, 2 or 5 times a
    /// power of ten; wider where long tails would ask for more than 60 bins.
    /// </summary>
    /// <param name="values">Finite values, in any order.</param>
    public static IReadOnlyList<HistogramBin> Of(IReadOnlyCollection<double> values)
    {
        if (values.Count == 0)
        {
            return [];
        }

        double[] sorted = [.. values.Order()];
        double width = Width(sorted);

        // Edges are whole multiples of the width, numbered in exact integers: adding widths up would let edges drift.
        double first = Math.Floor(sorted[0] / width);
        int[] counts = new int[(int)(Math.Floor(sorted[^1] / width) - first) + 1];
        foreach (double value in sorted)
        {
            counts[(int)(Math.Floor(value / width) - first)]++;
        }

        return [.. counts.Select((count, i) => new HistogramBin((first + i) * width, (first + i + 1) * width, count))];
    }

    private static double Width(double[] sorted)
    {
        double range = sorted[^1] - sorted[0];
        if (range <= 1e-9 * Math.Abs(sorted[^1]))
        {
            // All values are one: a bin around it, narrow beside its size.
            return sorted[^1] == 0 ? 1 : RoundUp(Math.Abs(sorted[^1]) / 10);
        }

        double quartiles = MathNet.Numerics.Statistics.SortedArrayStatistics.InterquartileRange(sorted);
        double advised = 2 * quartiles / Math.Cbrt(sorted.Length);
        double narrowest = RoundUp(range / MostBins);
        return advised > narrowest ? Math.Max(RoundDown(advised), narrowest) : narrowest;
    }

    private static double RoundDown(double width)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(width)));
        double digit = width / power;
        return power * (digit < 2 ? 1 : digit < 5 ? 2 : 5);
    }

    private static double RoundUp(double width)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(width)));
        double digit = width / power;
        return power * (digit <= 1 ? 1 : digit <= 2 ? 2 : digit <= 5 ? 5 : 10);
    }
}
