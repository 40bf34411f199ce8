using OneStep.Statistics;

namespace OneStep.Claims;

/// <summary>
/// max_s ‖w_s − w_{s,0}‖ ∝ m^(−1/2) for SGD that no ball holds back: the premise of the lazy regime, under which the ball's
/// radius C0/√m is the right one [JT19].
/// </summary>
/// <remarks>The mean over seeds against m on logarithmic axes, in the largest dimension with three widths. Holds, holds-within,
/// fails and not-measured as <see cref="SlopeRule"/> says.</remarks>
public static class DeviationSlopeClaim
{
    private static readonly Claim Unmeasured = new()
    {
        Id = ClaimIds.DeviationSlope,
        Statement = "The farthest that SGD moves a neuron, without a constraint, shrinks like one over the square root of the width.",
        ExpectedText = "max ‖w_s − w_(s,0)‖ ∝ m^(−1/2)",
        Expected = -0.5,
        Verdict = Verdict.NotMeasured,
        Rule = SlopeRule.Sentence("−1/2", "widths"),
        Basis = "No three widths in one dimension.",
    };

    /// <summary>Judges the claim.</summary>
    /// <param name="networks">Networks trained without a ball.</param>
    /// <param name="bootstrap">How the interval is made.</param>
    /// <param name="cancellation">Ends the work early with an <see cref="OperationCanceledException"/>.</param>
    public static Claim Judge(IEnumerable<FreeNetwork> networks, SeedBootstrap bootstrap, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(networks);
        IGrouping<int, FreeNetwork>? measured = networks.GroupBy(network => network.Dimension)
            .Where(group => group.DistinctBy(network => network.Width).Count() >= SlopeRule.MinimumPoints)
            .MaxBy(group => group.Key);
        if (measured is null)
        {
            return Unmeasured;
        }

        SeededPowerLaw law = SeededPowerLaw.OfMeans(measured.Select(network => new SeededValue(network.Width, network.Seed, network.Deviation)), bootstrap, cancellation)!;
        return Unmeasured with
        {
            Measured = law.Slope,
            Interval = law.SlopeInterval,
            IntervalKind = law.IntervalKind,
            Verdict = SlopeRule.Judge(Unmeasured.Expected, law.Slope, law.SlopeInterval, law.Points.Count),
            Basis = $"{law.Points.Count} widths ({ClaimText.Exact(law.Points[0].X)} to {ClaimText.Exact(law.Points[^1].X)}) × {ClaimText.Count(law.Seeds, "seed", "seeds")}, "
                + $"d = {measured.Key}, no ball{ClaimText.Interval(law.SlopeInterval, law.IntervalKind)}.",
        };
    }
}
