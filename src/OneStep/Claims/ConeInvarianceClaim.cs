namespace OneStep.Claims;

/// <summary>
/// Certificates speak of directions of weights alone: multiples of a network lie in the same cone, however far outside the ball, and
/// fall to the same perturbations.
/// </summary>
/// <remarks>Scores of two-layer networks of rectified linear units without biases grow with the weights and keep their signs
/// (docs/mathematics.md §8): what is measured is whether the programs that place a network and that evaluate it agree with that.
/// Multiples are rounded to float32, which moves a row by a part of 10⁻⁷.</remarks>
public static class ConeInvarianceClaim
{
    /// <summary>The largest relative difference of C0 with which the claim holds.</summary>
    public const double Small = 0.001;

    /// <summary>The largest with which it holds within.</summary>
    public const double Near = 0.01;

    private const int MinimumScales = 3;

    private static readonly Claim Unmeasured = new()
    {
        Id = ClaimIds.ConeInvariance,
        Group = ClaimGroup.Own,
        Statement = "Multiples of a network lie in the same cone over the lazy ball and fall to the same perturbations, proved from the initial weights alone.",
        ExpectedText = "every proved perturbation flips every multiple",
        Expected = 1,
        Verdict = Verdict.NotMeasured,
        Rule = $"Measured is the smallest share of the proved perturbations that flip a multiple, in float64. Holds if it is 1 and C0 of the cone differs from that of the network itself by at most "
            + $"{ClaimText.Percent(Small)} for every multiple; holds-within if it is 1 and they differ by at most {ClaimText.Percent(Near)}; fails otherwise; not-measured with fewer than three multiples that anything is proved for.",
        Basis = "No three multiples of networks that anything is proved for.",
    };

    /// <summary>Judges the claim.</summary>
    /// <param name="networks">Multiples of networks.</param>
    public static Claim Judge(IEnumerable<ScaledNetwork> networks)
    {
        ArgumentNullException.ThrowIfNull(networks);
        ScaledNetwork[] proved = [.. networks.Where(network => network.IsInCone && network.Found > 0)];
        double[] scales = [.. proved.Select(network => network.Scale).Distinct().Order()];
        if (scales.Length < MinimumScales)
        {
            return Unmeasured;
        }

        double share = proved.Min(network => (double)network.Flipped / network.Found);
        double difference = proved.Max(network => network.RelativeDifference);
        return Unmeasured with
        {
            Measured = share,

            // Written so that a difference that is not a number is too large.
            Verdict = share < 1 || !Array.TrueForAll(proved, network => network.RelativeDifference <= Near) ? Verdict.Fails
                : difference <= Small ? Verdict.Holds
                : Verdict.HoldsWithin,
            Basis = $"{ClaimText.Count(scales.Length, "multiple", "multiples")} ({ClaimText.Exact(scales[0])} to {ClaimText.Exact(scales[^1])}), "
                + $"{ClaimText.Count(proved.Select(network => (network.Dimension, network.Width, network.Seed, network.NetworkC0)).Distinct().Count(), "network", "networks")}, "
                + $"{proved.Sum(network => network.Flipped)} of {proved.Sum(network => network.Found)} flipped; C0 {ClaimText.Range(proved, network => network.C0)}, "
                + $"differing by {ClaimText.Percent(difference)} at most.",
        };
    }
}
