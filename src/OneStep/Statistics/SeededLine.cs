namespace OneStep.Statistics;

/// <summary>
/// A straight line y ≈ Intercept + Slope · x through the means over seeds, every abscissa with the same weight, with an
/// interval of the slope: by a bootstrap over seeds, or for one seed from the residuals (docs/mathematics.md, "Statistics").
/// </summary>
/// <param name="Slope">The slope.</param>
/// <param name="Intercept">The line's value at x = 0.</param>
/// <param name="SlopeInterval">The slope's confidence interval; null where neither seeds nor residuals tell.</param>
/// <param name="IntervalKind">What the interval is from; null where there is none.</param>
public sealed record SeededLine(double Slope, double Intercept, ConfidenceInterval? SlopeInterval, IntervalKind? IntervalKind)
{
    /// <summary>Fits the line.</summary>
    /// <param name="values">The measurements; an abscissa may lack some of the seeds.</param>
    /// <param name="bootstrap">How the interval is made. A resample of seeds in which an abscissa has no value is left without a slope.</param>
    /// <param name="cancellation">Ends the work early with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>The line; null for fewer than two different abscissae.</returns>
    /// <exception cref="ArgumentException">A number is not finite.</exception>
    public static SeededLine? OfMeans(IEnumerable<SeededValue> values, SeedBootstrap bootstrap, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(bootstrap);
        SeededValue[] all = [.. values];
        double[] x = [.. all.Select(value => value.X).Distinct().Order()];
        if (x.Length < 2)
        {
            return null;
        }

        ulong[] seeds = [.. all.Select(value => value.Seed).Distinct().Order()];
        ILookup<(double X, ulong Seed), double> table = all.ToLookup(value => (value.X, value.Seed), value => value.Y);
        LinearFit? FitTo(IReadOnlyList<int> sample)
        {
            double[][] points = [.. x.Select(point => sample.SelectMany(seed => table[(point, seeds[seed])]).ToArray())];
            return points.Any(point => point.Length == 0) ? null : LinearFit.Of(x, [.. points.Select(point => point.Average())], bootstrap.Level);
        }

        LinearFit fit = FitTo([.. Enumerable.Range(0, seeds.Length)])!;
        ConfidenceInterval? bySeeds = bootstrap.Interval(seeds.Length, sample => FitTo(sample)?.Slope, cancellation);
        return bySeeds is not null
            ? new(fit.Slope, fit.Intercept, bySeeds, Statistics.IntervalKind.SeedBootstrap)
            : new(fit.Slope, fit.Intercept, fit.SlopeInterval, fit.SlopeInterval is null ? null : Statistics.IntervalKind.RegressionResiduals);
    }
}
