using OneStep.Statistics;
using OneStep.Studies;

namespace OneStep.Reports.Figures;

/// <summary>Where the curves of several seeds pass a level, as one number.</summary>
internal static class SeedCrossings
{
    /// <summary>The mean over seeds of the abscissa at which each seed's curve passes a level.</summary>
    /// <param name="points">The curves: a seed and one of its points.</param>
    /// <param name="level">The level.</param>
    /// <returns>The mean; null where a seed's curve does not pass the level within its points: those that do would be a selection.</returns>
    public static SeedMean? Of(IEnumerable<(ulong Seed, CurvePoint Point)> points, double level)
    {
        LevelCrossing?[] crossings = [.. points.GroupBy(point => point.Seed).Select(seed => LevelCrossing.Of(seed.Select(point => point.Point), level))];
        double[] abscissae = [.. crossings.OfType<LevelCrossing>().Select(crossing => crossing.At)];
        return abscissae.Length == 0 || abscissae.Length < crossings.Length ? null : new(abscissae.Average(), ConfidenceInterval.OfMean(abscissae), abscissae.Length);
    }
}
