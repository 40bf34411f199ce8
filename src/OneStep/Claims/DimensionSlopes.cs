using OneStep.Statistics;

namespace OneStep.Claims;

/// <summary>How a quantity changes with the input dimension at one width.</summary>
/// <param name="Width">m.</param>
/// <param name="Law">The power law through the means over seeds; null for fewer than two dimensions.</param>
public sealed record DimensionSlope(int Width, SeededPowerLaw? Law);

/// <summary>Slopes against the input dimension at fixed C0, one for each width.</summary>
public static class DimensionSlopes
{
    /// <summary>C0 at which the poster shows its figures over dimensions and widths, and at which the claims are judged.</summary>
    public const double ReferenceC0 = 10;

    /// <summary>Fits the laws.</summary>
    /// <param name="networks">The networks, of any radius; only those with this C0 count.</param>
    /// <param name="quantity">What is fitted, positive; null where a network has none, as if the network were missing.</param>
    /// <param name="bootstrap">How intervals are made.</param>
    /// <param name="c0">C0.</param>
    /// <param name="cancellation">Ends the work early with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>One law a width, ascending.</returns>
    public static IReadOnlyList<DimensionSlope> Of(
        IEnumerable<AttackedNetwork> networks,
        Func<AttackedNetwork, double?> quantity,
        SeedBootstrap bootstrap,
        double c0 = ReferenceC0,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(networks);
        ArgumentNullException.ThrowIfNull(quantity);
        return [.. networks.Where(network => network.C0 == c0).GroupBy(network => network.Width).OrderBy(width => width.Key).Select(width => new DimensionSlope(
            width.Key,
            SeededPowerLaw.OfMeans(
                from network in width
                let value = quantity(network)
                where value is not null
                select new SeededValue(network.Dimension, network.Seed, value.Value),
                bootstrap,
                cancellation)))];
    }

    /// <summary>Judges the exponent at the widest width that has enough dimensions, so that a few networks that could not be computed do not
    /// silence all others; the slopes at the other widths are told in the basis.</summary>
    internal static Claim Judge(
        Claim claim, IEnumerable<AttackedNetwork> networks, Func<AttackedNetwork, double?> quantity, SeedBootstrap bootstrap, CancellationToken cancellation)
    {
        IReadOnlyList<DimensionSlope> slopes = Of(networks, quantity, bootstrap, ReferenceC0, cancellation);
        DimensionSlope? judged = slopes.LastOrDefault(slope => slope.Law?.Points.Count >= SlopeRule.MinimumPoints) ?? slopes.LastOrDefault(slope => slope.Law is not null);
        if (judged?.Law is not { } law)
        {
            return claim with { Basis = $"No two dimensions at C0 = {ClaimText.Exact(ReferenceC0)}." };
        }

        string others = string.Join(", ", slopes.Where(slope => slope != judged && slope.Law is not null)
            .Select(slope => $"{ClaimText.Number(slope.Law!.Slope)} (m = {ClaimText.Exact(slope.Width)})"));
        return claim with
        {
            Measured = law.Slope,
            Interval = law.SlopeInterval,
            IntervalKind = law.IntervalKind,
            Verdict = SlopeRule.Judge(claim.Expected, law.Slope, law.SlopeInterval, law.Points.Count),
            Basis = $"{ClaimText.Count(law.Points.Count, "dimension", "dimensions")} ({ClaimText.Exact(law.Points[0].X)} to {ClaimText.Exact(law.Points[^1].X)}) × "
                + $"{ClaimText.Count(law.Seeds, "seed", "seeds")}, C0 = {ClaimText.Exact(ReferenceC0)}, m = {ClaimText.Exact(judged.Width)}"
                + $"{ClaimText.Interval(law.SlopeInterval, law.IntervalKind)}{(others.Length == 0 ? string.Empty : $"; slopes at other widths: {others}")}.",
        };
    }
}
