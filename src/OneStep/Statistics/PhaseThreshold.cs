namespace OneStep.Statistics;

/// <summary>How many test images one network was robust on.</summary>
/// <param name="Deviation">V, the radius of the lazy ball.</param>
/// <param name="Width">m.</param>
/// <param name="Seed">The seed of the network.</param>
/// <param name="Robust">How many images no attack flips.</param>
/// <param name="Total">How many images were attacked.</param>
public sealed record SeededRobustCount(double Deviation, int Width, ulong Seed, long Robust, long Total);

/// <summary>Where robustness passes a level at one width, without a model: by interpolation in log V.</summary>
/// <param name="Width">m.</param>
/// <param name="Level">The robust accuracy that is passed.</param>
/// <param name="Crossing">Where; null where the radii measured do not bracket the level.</param>
public sealed record WidthThreshold(int Width, double Level, LevelCrossing? Crossing);

/// <summary>The threshold of the phase transition in width m and radius V, and how it moves with the width.</summary>
/// <param name="Surface">The fitted surface; null where the counts cannot tell it.</param>
/// <param name="SlopeInterval">The interval of <see cref="LogisticSurface.ThresholdSlope"/>; null where there is none.</param>
/// <param name="IntervalKind">What the interval is from; null where there is none.</param>
/// <param name="Thresholds">The thresholds without a model, for every width and each of <see cref="Levels"/>, on all seeds together.</param>
/// <param name="Seeds">How many seeds there are.</param>
public sealed record PhaseThreshold(
    LogisticSurface? Surface, ConfidenceInterval? SlopeInterval, IntervalKind? IntervalKind, IReadOnlyList<WidthThreshold> Thresholds, int Seeds)
{
    /// <summary>The robust accuracies at which thresholds are given: 10, 50 and 80 %.</summary>
    public static readonly IReadOnlyList<double> Levels = [0.1, 0.5, 0.8];

    /// <summary>Finds the threshold.</summary>
    /// <param name="counts">The cells, all at one budget; cells may lack some of the seeds.</param>
    /// <param name="bootstrap">How the interval is made; one seed, or too few that agree, gives a quasi-binomial one.</param>
    /// <param name="cancellation">Ends the work early with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">A number is out of its range.</exception>
    public static PhaseThreshold Of(IEnumerable<SeededRobustCount> counts, SeedBootstrap bootstrap, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(counts);
        ArgumentNullException.ThrowIfNull(bootstrap);
        SeededRobustCount[] all = [.. counts];
        SeededRobustCount[][] bySeed = [.. all.GroupBy(count => count.Seed).OrderBy(group => group.Key).Select(group => group.ToArray())];
        RobustCount[] pooled = Pool(all);
        LogisticSurface? surface = LogisticSurface.Of(pooled);
        ConfidenceInterval? interval = surface is null
            ? null
            : bootstrap.Interval(bySeed.Length, sample => LogisticSurface.Of(Pool(sample.SelectMany(seed => bySeed[seed])))?.ThresholdSlope, cancellation);
        WidthThreshold[] thresholds = [.. pooled.GroupBy(cell => cell.Width).OrderBy(group => group.Key).SelectMany(group => ThresholdsOf((int)group.Key, [.. group]))];
        if (interval is not null)
        {
            return new(surface, interval, Statistics.IntervalKind.SeedBootstrap, thresholds, bySeed.Length);
        }

        // Cell by cell and not pooled, so that the scatter between seeds, if there are several, counts in the dispersion.
        interval = LogisticSurface.Of(all.Select(c => new RobustCount(c.Deviation, c.Width, c.Robust, c.Total))) is { SlopeStandardError: double error } fit
            ? ConfidenceInterval.Around(fit.ThresholdSlope, error, fit.DegreesOfFreedom, bootstrap.Level)
            : null;
        return new(surface, interval, interval is null ? null : Statistics.IntervalKind.QuasiBinomial, thresholds, bySeed.Length);
    }

    // One count a cell: the likelihood is the same, and a resample costs no more than the data themselves.
    private static RobustCount[] Pool(IEnumerable<SeededRobustCount> counts) =>
    [
        .. counts.GroupBy(count => (count.Deviation, count.Width))
            .OrderBy(cell => cell.Key.Width).ThenBy(cell => cell.Key.Deviation)
            .Select(cell => new RobustCount(cell.Key.Deviation, cell.Key.Width, cell.Sum(c => c.Robust), cell.Sum(c => c.Total))),
    ];

    private static IEnumerable<WidthThreshold> ThresholdsOf(int width, RobustCount[] cells)
    {
        CurvePoint[] curve = [.. cells.Where(cell => cell.Total > 0).Select(cell => new CurvePoint(cell.Deviation, (double)cell.Robust / cell.Total))];
        return Levels.Select(level => new WidthThreshold(width, level, LevelCrossing.Of(curve, level)));
    }
}
