namespace OneStep.Statistics;

/// <summary>A number measured at an abscissa with a seed.</summary>
/// <param name="X">The abscissa, positive and finite: a dimension, a width.</param>
/// <param name="Seed">The seed of the cell.</param>
/// <param name="Y">What was measured, finite.</param>
public sealed record SeededValue(double X, ulong Seed, double Y);

/// <summary>A point of a curve.</summary>
/// <param name="X">The abscissa.</param>
/// <param name="Y">The ordinate.</param>
public sealed record CurvePoint(double X, double Y);

/// <summary>
/// A power law y ≈ e^Intercept · x^Slope through one value an abscissa, each from all seeds: ordinary least squares on
/// logarithms, every abscissa with the same weight, with an interval of the slope (docs/mathematics.md, "Statistics").
/// </summary>
/// <param name="Slope">The exponent.</param>
/// <param name="Intercept">The natural logarithm of the law's value at x = 1.</param>
/// <param name="SlopeInterval">The exponent's confidence interval; null where neither seeds nor residuals tell.</param>
/// <param name="IntervalKind">What the interval is from; null where there is none.</param>
/// <param name="Points">What the line was put through, ascending in x.</param>
/// <param name="Seeds">How many seeds there are.</param>
public sealed record SeededPowerLaw(
    double Slope, double Intercept, ConfidenceInterval? SlopeInterval, IntervalKind? IntervalKind, IReadOnlyList<CurvePoint> Points, int Seeds)
{
    /// <summary>Fits the law to means over seeds: the slope of log(mean over seeds of y) against log x.</summary>
    /// <param name="values">The measurements; an abscissa may lack some of the seeds.</param>
    /// <param name="bootstrap">How the interval is made.</param>
    /// <param name="cancellation">Ends the work early with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>The law; null for fewer than two different abscissae.</returns>
    /// <exception cref="ArgumentException">A number is not finite, an abscissa or a mean is not positive, or an abscissa has the same
    /// seed twice.</exception>
    public static SeededPowerLaw? OfMeans(IEnumerable<SeededValue> values, SeedBootstrap bootstrap, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        SeededValue[] all = [.. values];
        _ = FiniteValues.Copy(all.Select(value => value.X), nameof(values));
        _ = FiniteValues.Copy(all.Select(value => value.Y), nameof(values));
        ulong[] seeds = [.. all.Select(value => value.Seed).Distinct().Order()];
        double[] x = [.. all.Select(value => value.X).Distinct().Order()];
        double?[,] table = new double?[x.Length, seeds.Length];
        foreach (SeededValue value in all)
        {
            ref double? cell = ref table[Array.BinarySearch(x, value.X), Array.BinarySearch(seeds, value.Seed)];
            cell = cell is null
                ? value.Y
                : throw new ArgumentException($"Seed {value.Seed} was measured twice at x = {value.X}.", nameof(values));
        }

        return Of(x, seeds.Length, (point, sample) => MeanOf(table, point, sample), bootstrap, cancellation);
    }

    /// <summary>Fits the law to any statistic of the seeds.</summary>
    /// <param name="x">The abscissae, different from one another, positive and finite.</param>
    /// <param name="seedCount">n, how many seeds there are.</param>
    /// <param name="valueAt">The ordinate, positive and finite, at an abscissa given by its position, from a sample of seeds given by
    /// theirs, some of them more than once; null where the sample has none. An abscissa that has none even for all seeds is
    /// left out; one that has none in a resample leaves that resample without a slope.</param>
    /// <param name="bootstrap">How the interval is made.</param>
    /// <param name="cancellation">Ends the work early with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>The law; null for fewer than two abscissae with an ordinate.</returns>
    /// <exception cref="ArgumentException">A number is not positive and finite.</exception>
    public static SeededPowerLaw? Of(
        IReadOnlyList<double> x, int seedCount, Func<int, IReadOnlyList<int>, double?> valueAt, SeedBootstrap bootstrap, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(valueAt);
        ArgumentNullException.ThrowIfNull(bootstrap);
        int[] everySeed = [.. Enumerable.Range(0, seedCount)];
        int[] kept = [.. Enumerable.Range(0, x.Count).Where(point => valueAt(point, everySeed) is not null).OrderBy(point => x[point])];
        if (kept.Length < 2)
        {
            return null;
        }

        double[] abscissae = [.. kept.Select(point => x[point])];
        LogLogFit? FitTo(IReadOnlyList<int> sample)
        {
            double?[] ordinates = [.. kept.Select(point => valueAt(point, sample))];
            return ordinates.Contains(null) ? null : LogLogFit.Of(abscissae, [.. ordinates.Select(y => y!.Value)], bootstrap.Level);
        }

        LogLogFit fit = FitTo(everySeed)!;
        ConfidenceInterval? bySeeds = bootstrap.Interval(seedCount, sample => FitTo(sample)?.Slope, cancellation);
        CurvePoint[] points = [.. kept.Select(point => new CurvePoint(x[point], valueAt(point, everySeed)!.Value))];
        return bySeeds is not null
            ? new(fit.Slope, fit.Intercept, bySeeds, Statistics.IntervalKind.SeedBootstrap, points, seedCount)
            : new(fit.Slope, fit.Intercept, fit.SlopeInterval, fit.SlopeInterval is null ? null : Statistics.IntervalKind.RegressionResiduals, points, seedCount);
    }

    /// <summary>The fitted law at <paramref name="x"/>, which must be positive.</summary>
    public double ValueAt(double x)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(x);
        return Math.Exp(Intercept + (Slope * Math.Log(x)));
    }

    private static double? MeanOf(double?[,] table, int point, IReadOnlyList<int> sample)
    {
        double sum = 0;
        int count = 0;
        foreach (int seed in sample)
        {
            if (table[point, seed] is double value)
            {
                sum += value;
                count++;
            }
        }

        return count == 0 ? null : sum / count;
    }
}
