namespace OneStep.Claims;

/// <summary>
/// A single gradient step suffices: the share of correctly classified test images whose prediction the exact step changes,
/// each flip verified in float64, in the network where that share is smallest.
/// </summary>
/// <remarks>
/// Networks with C0 ≤ 10 count, the radius of the poster's figures over dimensions; the theorem takes C0 as a constant and d
/// as large, and larger radii at small d are outside of it. One image in a thousand is left to the theorem's "with high
/// probability" and to scores that are zero within rounding. All test images were attacked, nothing is estimated, and there
/// is no interval.
/// </remarks>
public static class SingleStepClaim
{
    /// <summary>The largest C0 that counts.</summary>
    public const double MaximumC0 = 10;

    /// <summary>The share from which on the claim holds.</summary>
    public const double SufficientShare = 0.999;

    /// <summary>The share from which on it holds within.</summary>
    public const double NearShare = 0.95;

    /// <summary>Judges the claim.</summary>
    /// <param name="networks">Networks of any radius; those with C0 ≤ 10 count.</param>
    public static Claim Judge(IEnumerable<AttackedNetwork> networks)
    {
        ArgumentNullException.ThrowIfNull(networks);
        AttackedNetwork[] lazy = [.. networks.Where(network => network.C0 <= MaximumC0 && network.FlippedShare is not null)];
        double? smallest = lazy.Length == 0 ? null : lazy.Min(network => network.FlippedShare!.Value);
        return new()
        {
            Id = ClaimIds.SingleStepSuffices,
            Statement = "A single gradient step flips the prediction of a network in the lazy regime.",
            ExpectedText = "every correctly classified image",
            Expected = 1,
            Measured = smallest,
            Verdict = smallest switch
            {
                null => Verdict.NotMeasured,
                >= SufficientShare => Verdict.Holds,
                >= NearShare => Verdict.HoldsWithin,
                _ => Verdict.Fails,
            },
            Rule = "Holds if in every network with C0 ≤ 10 a single step flips at least 99.9 % of the correctly classified test images, each flip verified in float64; "
                + "holds-within if at least 95 %; fails otherwise; not-measured without such a network.",
            Basis = lazy.Length == 0
                ? "No network with C0 ≤ 10."
                : $"{lazy.Sum(network => (long)network.PerturbationNorms.Count)} of {lazy.Sum(network => (long)network.Correct)} correctly classified images of "
                    + $"{ClaimText.Count(lazy.Length, "network", "networks")} with C0 ≤ 10; the smallest share is that of the measured number.",
        };
    }
}
