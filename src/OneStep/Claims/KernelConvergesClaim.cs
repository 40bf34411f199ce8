using OneStep.Networks;
using OneStep.Statistics;

namespace OneStep.Claims;

/// <summary>
/// The single step on networks from antisymmetric initialisation approaches the step on the kernel of infinite width, trained by
/// the same minibatches [JGH18]: |‖δ‖_m − ‖δ‖_∞|/‖δ‖_∞ falls with the width, and at the widest it is small.
/// </summary>
/// <remarks>
/// The mean over seeds against m on logarithmic axes, in the largest dimension with three widths. The difference falls like m^(−1/2) once
/// it is small, more slowly before; what does not converge has a slope of 0. The interval has to lie on the law's side of the
/// middle between them. Networks from standard initialisation have another limit, that of their random initial function: the
/// basis says how far they stay.
/// </remarks>
public static class KernelConvergesClaim
{
    /// <summary>The largest difference at the widest width with which the claim holds.</summary>
    public const double Small = 0.1;

    /// <summary>The largest with which it holds within.</summary>
    public const double Near = 0.25;

    // Half way between the law and no convergence.
    private const double Converging = -0.25;

    private static readonly Claim Unmeasured = new()
    {
        Id = ClaimIds.KernelConverges,
        Group = ClaimGroup.Earlier,
        Statement = "The step that flips a network trained from zero approaches, as the width grows, the one that flips the kernel predictor trained by the same minibatches.",
        ExpectedText = "difference of ‖δ‖ from ‖δ_∞‖ ∝ m^(−1/2)",
        Expected = -0.5,
        Verdict = Verdict.NotMeasured,
        Rule = $"Holds if the interval of the slope lies below {ClaimText.Number(Converging)} and the relative difference at the widest width is at most {ClaimText.Number(Small)}; "
            + $"not-measured with fewer than three widths or an interval that contains {ClaimText.Number(Converging)} and 0 alike; "
            + $"otherwise holds-within if the slope lies below −{ClaimText.Number(SlopeRule.Tolerance)} and the difference at the widest width is at most {ClaimText.Number(Near)}; fails otherwise."
            + FlatRule.ShareSentence("at every width, of the network and of the predictor"),
        Basis = "No two widths in one dimension from antisymmetric initialisation.",
    };

    /// <summary>Judges the claim.</summary>
    /// <param name="networks">Networks beside their limit; only those from antisymmetric initialisation count.</param>
    /// <param name="bootstrap">How the interval is made.</param>
    /// <param name="cancellation">Ends the work early with an <see cref="OperationCanceledException"/>.</param>
    public static Claim Judge(IEnumerable<LimitNetwork> networks, SeedBootstrap bootstrap, CancellationToken cancellation = default)
    {
        ILookup<InitializationKind, LimitNetwork> by = networks.ToLookup(network => network.Initialization);

        // A difference of exactly zero has no logarithm.
        HeldLaw? measured = HeldLaw.AtLargest(
            by[InitializationKind.Antisymmetric],
            network => network.Dimension,
            network => network.RelativeDifference is double difference and > 0 ? new SeededValue(network.Width, network.Seed, difference) : null,
            bootstrap,
            cancellation);
        if (measured is null)
        {
            return Unmeasured;
        }

        SeededPowerLaw law = measured.Law;
        CurvePoint widest = law.Points[^1];
        double share = by[InitializationKind.Antisymmetric].Where(network => network.Dimension == measured.Held).Min(network => network.FlippedShare)!.Value;
        return Unmeasured with
        {
            Measured = law.Slope,
            Interval = law.SlopeInterval,
            IntervalKind = law.IntervalKind,
            Verdict = FlatRule.All(JudgeLaw(law, widest.Y), FlatRule.JudgeShare(share)),
            Basis = $"{law.Points.Count} widths ({ClaimText.Range(law.Points, point => point.X)}) × {ClaimText.Count(law.Seeds, "seed", "seeds")}, d = {measured.Held}; differences "
                + $"{ClaimText.Number(law.Points[0].Y)} to {ClaimText.Number(widest.Y)}, at least {ClaimText.Percent(share)} flip{ClaimText.Interval(law.SlopeInterval, law.IntervalKind)}{Standard(by[InitializationKind.Standard], measured.Held)}.",
        };
    }

    private static Verdict JudgeLaw(SeededPowerLaw law, double difference) =>
        law.Points.Count < SlopeRule.MinimumPoints || law.SlopeInterval is not { } interval || interval is { Low: <= Converging, High: >= 0 } ? Verdict.NotMeasured
        : interval.High < Converging && difference <= Small ? Verdict.Holds
        : law.Slope < -SlopeRule.Tolerance && difference <= Near ? Verdict.HoldsWithin
        : Verdict.Fails;

    private static string Standard(IEnumerable<LimitNetwork> networks, int dimension)
    {
        IGrouping<int, double>? widest = (from network in networks
                                          let difference = network.RelativeDifference
                                          where network.Dimension == dimension && difference is not null
                                          group difference.Value by network.Width).MaxBy(width => width.Key);
        return widest is null ? string.Empty : $"; from standard initialisation {ClaimText.Number(widest.Average())} at m = {widest.Key}";
    }
}
