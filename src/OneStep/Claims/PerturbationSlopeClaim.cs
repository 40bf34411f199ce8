using OneStep.Statistics;

namespace OneStep.Claims;

/// <summary>
/// ‖δ‖ ∝ d^(−1/2): the flip becomes imperceptible as the dimension grows. ‖δ‖/‖x‖ is taken, the poster's normalised size.
/// </summary>
/// <remarks>The mean over test images, then over seeds, against d on logarithmic axes, at C0 = 10 and the widest width. Holds,
/// holds-within, fails and not-measured as <see cref="SlopeRule"/> says.</remarks>
public static class PerturbationSlopeClaim
{
    /// <summary>Judges the claim.</summary>
    /// <param name="networks">Networks of any radius; only those with C0 = 10 count.</param>
    /// <param name="bootstrap">How the interval is made.</param>
    /// <param name="cancellation">Ends the work early with an <see cref="OperationCanceledException"/>.</param>
    public static Claim Judge(IEnumerable<AttackedNetwork> networks, SeedBootstrap bootstrap, CancellationToken cancellation = default) => DimensionSlopes.Judge(
        new()
        {
            Id = ClaimIds.PerturbationSlope,
            Statement = "The perturbation that flips an image shrinks like one over the square root of the input dimension.",
            ExpectedText = "‖δ‖ ∝ d^(−1/2)",
            Expected = -0.5,
            Verdict = Verdict.NotMeasured,
            Rule = SlopeRule.Sentence("−1/2", "dimensions"),
            Basis = string.Empty,
        },
        networks,
        network => network.PerturbationNorm,
        bootstrap,
        cancellation);
}
