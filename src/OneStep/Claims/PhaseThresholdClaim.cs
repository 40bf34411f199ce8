using OneStep.Statistics;

namespace OneStep.Claims;

/// <summary>
/// Robust accuracy has a phase transition at a radius V of order m^(−1/2): the slope of the fitted threshold log V* against
/// log m, −c/b of the logistic surface.
/// </summary>
/// <remarks>The slope is judged as <see cref="SlopeRule"/> says, where at least three widths have radii on both sides of one half:
/// otherwise the surface extrapolates. Of several budgets the worst verdict decides.</remarks>
public static class PhaseThresholdClaim
{
    private static readonly Claim Unmeasured = new()
    {
        Id = ClaimIds.PhaseThresholdSlope,
        Statement = "The radius at which networks in the lazy regime become robust shrinks like one over the square root of the width.",
        ExpectedText = "V* ∝ m^(−1/2)",
        Expected = -0.5,
        Verdict = Verdict.NotMeasured,
        Rule = SlopeRule.Sentence("−1/2", "widths at which robust accuracy passes one half") + " Of several budgets the worst verdict counts.",
        Basis = "No adversarially trained networks over widths and radii.",
    };

    /// <summary>Judges the claim.</summary>
    /// <param name="networks">Adversarially trained networks over widths and radii.</param>
    /// <param name="bootstrap">How the interval is made.</param>
    /// <param name="cancellation">Ends the work early with an <see cref="OperationCanceledException"/>.</param>
    public static Claim Judge(IEnumerable<AdversarialNetwork> networks, SeedBootstrap bootstrap, CancellationToken cancellation = default) =>
        WorstVerdict.Of(Unmeasured, [.. PhaseTransition.Of(networks, bootstrap, cancellation).Select(JudgeTransition)]);

    private static Claim JudgeTransition(PhaseTransition transition)
    {
        PhaseThreshold threshold = transition.Threshold;
        int widths = threshold.Thresholds.DistinctBy(t => t.Width).Count();
        double? slope = threshold.Surface?.ThresholdSlope;
        return Unmeasured with
        {
            Measured = slope,
            Interval = threshold.SlopeInterval,
            IntervalKind = threshold.IntervalKind,
            Verdict = SlopeRule.Judge(Unmeasured.Expected, slope, threshold.SlopeInterval, transition.BracketedWidths),
            Basis = $"ε = {ClaimText.Exact(transition.Budget)}, d = {transition.Dimension}, {ClaimText.Count(widths, "width", "widths")} × {ClaimText.Count(threshold.Seeds, "seed", "seeds")}, "
                + $"one half bracketed at {transition.BracketedWidths}"
                + (slope is double value ? $", slope {ClaimText.Number(value)}, plateau {ClaimText.Number(threshold.Surface!.Plateau)}" : ", no threshold fitted")
                + $"{ClaimText.Interval(threshold.SlopeInterval, threshold.IntervalKind)}.",
        };
    }
}
