using MathNet.Numerics.Statistics;
using OneStep.Numerics.Randomness;

namespace OneStep.Statistics;

/// <summary>
/// Confidence intervals from a bootstrap over seeds: whole seeds are drawn again with replacement, every cell of a seed with
/// it, because cells of one seed share their random numbers and are not independent (docs/mathematics.md, "Statistics").
/// </summary>
/// <remarks>
/// With n seeds the interval is estimate ± t_{n−1} √(n/(n−1)) s*, s* the standard deviation of the statistic over resamples.
/// For a mean this is Student's interval, exact for normal values whatever n ≥ 2 is. Percentile intervals are not used:
/// studies have two to ten seeds, and a percentile interval never reaches beyond its resamples, so that with n seeds it
/// covers a mean with probability 1 − 2^(1−n) at most: one half for two seeds [H15].
/// </remarks>
public sealed record SeedBootstrap
{
    /// <summary>The largest part of resamples that may have no statistic; with more there is no interval.</summary>
    public const double MaximumUndefined = 0.05;

    /// <summary>How many resamples are drawn, at least 100. Where there are no more than this in all, as for up to four
    /// seeds, each of them is taken once and nothing is random. Default 2000: the standard error is then good to 1.6 %.</summary>
    public int Resamples { get; init; } = 2000;

    /// <summary>The confidence level, above 0 and below 1. Default 0.95.</summary>
    public double Level { get; init; } = ConfidenceInterval.DefaultLevel;

    /// <summary>The seed of the resampling. Default 0.</summary>
    public ulong Seed { get; init; }

    /// <summary>The interval of a statistic.</summary>
    /// <param name="seedCount">n, how many seeds there are.</param>
    /// <param name="statistic">The statistic of a sample of seeds, given by their positions 0 … n − 1, some of them more than
    /// once; null where the sample has none.</param>
    /// <param name="cancellation">Ends the work early with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>The interval around the statistic of all seeds; null for fewer than two seeds, where that statistic is null,
    /// and where it is null in more than <see cref="MaximumUndefined"/> of the resamples.</returns>
    /// <exception cref="InvalidParameterException">An option is out of its range.</exception>
    /// <exception cref="ArgumentException">The statistic is not finite.</exception>
    public ConfidenceInterval? Interval(int seedCount, Func<IReadOnlyList<int>, double?> statistic, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(seedCount);
        ArgumentNullException.ThrowIfNull(statistic);
        Validate();
        if (seedCount < 2 || statistic([.. Enumerable.Range(0, seedCount)]) is not double estimate)
        {
            return null;
        }

        bool all = Math.Pow(seedCount, seedCount) <= Resamples;
        int count = all ? (int)Math.Pow(seedCount, seedCount) : Resamples;
        var stream = new RandomStream(Seed, RandomPurpose.BootstrapResampling);
        List<double> defined = [];
        for (int resample = 0; resample < count; resample++)
        {
            cancellation.ThrowIfCancellationRequested();
            int[] sample = new int[seedCount];
            if (all)
            {
                WriteDigits(resample, seedCount, sample);
            }
            else
            {
                stream.Indices(resample, seedCount, sample);
            }

            if (statistic(sample) is double value)
            {
                defined.Add(value);
            }
        }

        if (count - defined.Count > MaximumUndefined * count)
        {
            return null;
        }

        // The resamples are a population of their own: its divisor is what makes the interval of a mean Student's.
        double spread = ArrayStatistics.PopulationStandardDeviation(FiniteValues.Copy(defined, nameof(statistic)));
        return ConfidenceInterval.Around(estimate, spread * Math.Sqrt(seedCount / (seedCount - 1.0)), seedCount - 1, Level);
    }

    /// <summary>Checks every range.</summary>
    /// <exception cref="InvalidParameterException">A value is out of its range; the message names it.</exception>
    public void Validate()
    {
        InvalidParameterException.Require(Resamples >= 100, "resamples", Resamples, "an integer from 100 on");
        InvalidParameterException.Require(Level is > 0 and < 1, "level", Level, "a number above 0 and below 1");
    }

    // The digits of a number in base n are a sample of n positions; counting up goes through all of them.
    private static void WriteDigits(int number, int radix, int[] digits)
    {
        for (int k = 0; k < digits.Length; k++)
        {
            (number, digits[k]) = Math.DivRem(number, radix);
        }
    }
}
