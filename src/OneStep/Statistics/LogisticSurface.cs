namespace OneStep.Statistics;

/// <summary>How many test images were robust at one radius and width.</summary>
/// <param name="Deviation">V, positive and finite.</param>
/// <param name="Width">m, positive and finite.</param>
/// <param name="Robust">How many images no attack flips, 0 to <paramref name="Total"/>.</param>
/// <param name="Total">How many images were attacked.</param>
public sealed record RobustCount(double Deviation, double Width, long Robust, long Total);

/// <summary>
/// A phase transition in two logarithms with a plateau: P(robust) = Plateau / (1 + exp(−(a + b log V + c log m))), fitted to
/// counts by maximum likelihood (docs/mathematics.md, "Statistics"). The plateau is there because robust accuracy levels off at
/// the clean accuracy, below 1; a surface that has to reach 1 would bend its threshold to make up for it.
/// </summary>
/// <param name="Intercept">a.</param>
/// <param name="DeviationCoefficient">b, per unit of log V.</param>
/// <param name="WidthCoefficient">c, per unit of log m.</param>
/// <param name="Plateau">The level far beyond the threshold, between 0 and 1.</param>
/// <param name="Dispersion">Pearson's statistic over its degrees of freedom, at least 1: by how much counts scatter more than
/// binomial ones. Null where no degree of freedom is left.</param>
/// <param name="SlopeStandardError">The standard error of <see cref="ThresholdSlope"/> from that dispersion; null with it.</param>
/// <param name="DegreesOfFreedom">Cells less four.</param>
public sealed record LogisticSurface(
    double Intercept,
    double DeviationCoefficient,
    double WidthCoefficient,
    double Plateau,
    double? Dispersion,
    double? SlopeStandardError,
    int DegreesOfFreedom)
{
    /// <summary>The slope of log V* in log m at every level: −c/b.</summary>
    public double ThresholdSlope => -WidthCoefficient / DeviationCoefficient;

    /// <summary>Fits the surface.</summary>
    /// <param name="counts">The counts; a cell may occur several times, once a seed. Those of no image are left out.</param>
    /// <returns>The surface; null where the counts cannot tell it: fewer than two different radii or widths, nothing robust
    /// anywhere, or robustness that does not grow with the radius.</returns>
    /// <exception cref="ArgumentException">A number is out of its range.</exception>
    public static LogisticSurface? Of(IEnumerable<RobustCount> counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        RobustCount[] cells = [.. counts.Where(cell => cell.Total != 0)];
        foreach (RobustCount cell in cells)
        {
            Check(cell);
        }

        return cells.DistinctBy(cell => cell.Deviation).Count() < 2 || cells.DistinctBy(cell => cell.Width).Count() < 2 || cells.All(cell => cell.Robust == 0)
            ? null
            : new LogisticSurfaceFit(cells).Run();
    }

    /// <summary>P(robust) at a radius and a width, both positive.</summary>
    public double Probability(double deviation, double width) =>
        Plateau / (1 + Math.Exp(-(Intercept + (DeviationCoefficient * Math.Log(deviation)) + (WidthCoefficient * Math.Log(width)))));

    /// <summary>V* at which P(robust) passes a level at a width; null where the level is not between 0 and the plateau.</summary>
    public double? ThresholdDeviation(double width, double level) => level > 0 && level < Plateau
        ? Math.Exp((Math.Log(level / (Plateau - level)) - Intercept - (WidthCoefficient * Math.Log(width))) / DeviationCoefficient)
        : null;

    private static void Check(RobustCount cell)
    {
        if (!(double.IsFinite(cell.Deviation) && cell.Deviation > 0 && double.IsFinite(cell.Width) && cell.Width > 0))
        {
            throw new ArgumentException($"A logarithm needs positive values, but a cell has V = {cell.Deviation} and m = {cell.Width}.", nameof(cell));
        }

        if (cell.Total < 0 || cell.Robust < 0 || cell.Robust > cell.Total)
        {
            throw new ArgumentException($"A cell has {cell.Robust} robust images of {cell.Total}.", nameof(cell));
        }
    }
}
