using OneStep.Statistics;

namespace OneStep.Claims;

/// <summary>
/// The corollary: at a budget ε = c/√d, c the same for all dimensions, the robust error is above 0.9.
/// </summary>
/// <remarks>
/// Any single dimension has such a c. What can be wrong is that one c does for all, so c is fixed before the largest dimension
/// is looked at: it is the smallest with which the error reaches 0.9 in every smaller one. Measured is the error at the
/// largest dimension with that c, the mean over seeds; were the size of the flip not of order d^(−1/2), it would be near zero.
/// The error counts misclassified images and those that a single step flips, so that it is a lower bound. The interval is by a
/// bootstrap over seeds in which c is determined anew.
/// </remarks>
public static class RobustErrorClaim
{
    /// <summary>The robust error that the corollary promises.</summary>
    public const double PromisedError = 0.9;

    private const double MostImages = 0.5;

    private static readonly Claim Unmeasured = new()
    {
        Id = ClaimIds.RobustErrorCorollary,
        Statement = "Within a perturbation budget ε = c/√d the robust error of networks in the lazy regime is above 0.9.",
        ExpectedText = "robust error ≥ 0.9 at ε = c/√d",
        Expected = PromisedError,
        Verdict = Verdict.NotMeasured,
        Rule = "c is the smallest constant with which the robust error at ε = c/√d reaches 0.9 in every dimension but the largest; measured is the error at the largest. "
            + "Holds if it is at least 0.9; holds-within if at least 0.5; fails otherwise, or where no c exists; not-measured with fewer than three dimensions.",
        Basis = string.Empty,
    };

    /// <summary>Judges the claim.</summary>
    /// <param name="networks">Networks of any radius and width; those with C0 = 10 and the widest width that has three dimensions count.</param>
    /// <param name="bootstrap">How the interval is made.</param>
    /// <param name="cancellation">Ends the work early with an <see cref="OperationCanceledException"/>.</param>
    public static Claim Judge(IEnumerable<AttackedNetwork> networks, SeedBootstrap bootstrap, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(networks);
        ArgumentNullException.ThrowIfNull(bootstrap);
        AttackedNetwork[] reference = [.. networks.Where(network => network.C0 == DimensionSlopes.ReferenceC0)];
        static int Dimensions(IEnumerable<AttackedNetwork> networks) => networks.DistinctBy(network => network.Dimension).Count();
        AttackedNetwork[] widest = [.. reference.GroupBy(network => network.Width)
            .OrderBy(width => Math.Min(Dimensions(width), SlopeRule.MinimumPoints)).ThenBy(width => width.Key).LastOrDefault() ?? Enumerable.Empty<AttackedNetwork>()];
        ulong[] seeds = [.. widest.Select(network => network.Seed).Distinct().Order()];
        RobustErrorCurve[] curves = [.. widest.GroupBy(network => network.Dimension).OrderBy(group => group.Key).Select(group => new RobustErrorCurve(group.Key, group, seeds))];
        if (curves.Length < SlopeRule.MinimumPoints)
        {
            return Unmeasured with { Basis = $"{ClaimText.Count(curves.Length, "dimension", "dimensions")} at C0 = {ClaimText.Exact(DimensionSlopes.ReferenceC0)}." };
        }

        string networksMeasured = $"{curves.Length} dimensions ({curves[0].Dimension} to {curves[^1].Dimension}) × {ClaimText.Count(seeds.Length, "seed", "seeds")}, "
            + $"C0 = {ClaimText.Exact(DimensionSlopes.ReferenceC0)}, m = {widest[0].Width}";
        int[] everySeed = [.. Enumerable.Range(0, seeds.Length)];
        if (Constant(curves, everySeed) is not double c)
        {
            return Unmeasured with { Verdict = Verdict.Fails, Basis = $"{networksMeasured}; in some dimension no budget reaches an error of 0.9." };
        }

        double error = ErrorAtLargest(curves, c, everySeed)!.Value;
        ConfidenceInterval? interval = bootstrap.Interval(
            seeds.Length, sample => Constant(curves, sample) is double again ? ErrorAtLargest(curves, again, sample) : null, cancellation)?.Within(0, 1);
        IntervalKind? kind = interval is null ? null : IntervalKind.SeedBootstrap;
        return Unmeasured with
        {
            Measured = error,
            Interval = interval,
            IntervalKind = kind,
            Verdict = error >= PromisedError - RobustErrorCurve.Rounding ? Verdict.Holds : error >= MostImages ? Verdict.HoldsWithin : Verdict.Fails,
            Basis = $"ε = {ClaimText.Number(c)}/√d, which is {ClaimText.Number(c / Math.Sqrt(curves[^1].Dimension))} ‖x‖ at d = {curves[^1].Dimension}; "
                + $"{networksMeasured}{ClaimText.Interval(interval, kind)}.",
        };
    }

    private static double? Constant(RobustErrorCurve[] curves, IReadOnlyList<int> sample)
    {
        double largest = 0;
        foreach (RobustErrorCurve curve in curves.AsSpan()[..^1])
        {
            if (curve.BudgetAt(PromisedError, sample) is not double budget)
            {
                return null;
            }

            largest = Math.Max(largest, budget * Math.Sqrt(curve.Dimension));
        }

        return largest;
    }

    private static double? ErrorAtLargest(RobustErrorCurve[] curves, double c, IReadOnlyList<int> sample) =>
        curves[^1].ErrorAt(c / Math.Sqrt(curves[^1].Dimension), sample);
}
