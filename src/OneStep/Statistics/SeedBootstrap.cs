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

    /// <summary>How many resamples are drawn, at least 100. Where no more than this differ in more than their order, as for up to
    /// seven seeds, each of those is taken once, weighted by its probability, and nothing is random. Default 2000: the standard
    /// error is then good to 1.6 %.</summary>
    public int Resamples { get; init; } = 2000;

    /// <summary>The confidence level, above 0 and below 1. Default 0.95.</summary>
    public double Level { get; init; } = ConfidenceInterval.DefaultLevel;

    /// <summary>The seed of the resampling. Default 0.</summary>
    public ulong Seed { get; init; }

    /// <summary>The interval of a statistic.</summary>
    /// <param name="seedCount">n, how many seeds there are.</param>
    /// <param name="statistic">The statistic of a sample of seeds, given by their positions 0 … n − 1, some of them more than
    /// once; null where the sample has none. Their order must not matter to it.</param>
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

        List<(double Value, double Probability)> defined = [];
        foreach ((int[] sample, double probability) in Samples(seedCount))
        {
            cancellation.ThrowIfCancellationRequested();
            if (statistic(sample) is double value)
            {
                defined.Add((value, probability));
            }
        }

        double covered = defined.Sum(resample => resample.Probability);
        if (1 - covered > MaximumUndefined)
        {
            return null;
        }

        // The resamples are a population of their own: its divisor is what makes the interval of a mean Student's.
        _ = FiniteValues.Copy(defined.Select(resample => resample.Value), nameof(statistic));
        double mean = defined.Sum(resample => resample.Probability * resample.Value) / covered;
        double spread = Math.Sqrt(defined.Sum(resample => resample.Probability * Math.Pow(resample.Value - mean, 2)) / covered);
        return ConfidenceInterval.Around(estimate, spread * Math.Sqrt(seedCount / (seedCount - 1.0)), seedCount - 1, Level);
    }

    /// <summary>Checks every range.</summary>
    /// <exception cref="InvalidParameterException">A value is out of its range; the message names it.</exception>
    public void Validate()
    {
        InvalidParameterException.Require(Resamples >= 100, "resamples", Resamples, "an integer from 100 on");
        InvalidParameterException.Require(Level is > 0 and < 1, "level", Level, "a number above 0 and below 1");
    }

    private IEnumerable<(int[] Sample, double Probability)> Samples(int seedCount) =>
        SeedResamples.Count(seedCount) <= Resamples ? SeedResamples.All(seedCount) : Drawn(seedCount);

    private IEnumerable<(int[] Sample, double Probability)> Drawn(int seedCount)
    {
        var stream = new RandomStream(Seed, RandomPurpose.BootstrapResampling);
        for (int resample = 0; resample < Resamples; resample++)
        {
            int[] sample = new int[seedCount];
            stream.Indices(resample, seedCount, sample);
            yield return (sample, 1.0 / Resamples);
        }
    }
}
