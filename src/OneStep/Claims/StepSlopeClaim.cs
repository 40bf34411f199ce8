using OneStep.Statistics;

namespace OneStep.Claims;

/// <summary>
/// η ∝ 1/d: perturbation over gradient.
/// </summary>
/// <remarks>The mean over test images, then over seeds, against d on logarithmic axes, at C0 = 10 and the widest width. Holds,
/// holds-within, fails and not-measured as <see cref="SlopeRule"/> says.</remarks>
public static class StepSlopeClaim
{
    /// <summary>Judges the claim.</summary>
    /// <param name="networks">Networks of any radius; only those with C0 = 10 count.</param>
    /// <param name="bootstrap">How the interval is made.</param>
    /// <param name="cancellation">Ends the work early with an <see cref="OperationCanceledException"/>.</param>
    public static Claim Judge(IEnumerable<AttackedNetwork> networks, SeedBootstrap bootstrap, CancellationToken cancellation = default) => DimensionSlopes.Judge(
        new()
        {
            Id = ClaimIds.StepSlope,
            Statement = "The step size that flips an image shrinks like one over the input dimension.",
            ExpectedText = "η ∝ 1/d",
            Expected = -1,
            Verdict = Verdict.NotMeasured,
            Rule = SlopeRule.Sentence("−1", "dimensions"),
            Basis = string.Empty,
        },
        networks,
        network => network.StepSize,
        bootstrap,
        cancellation);
}
