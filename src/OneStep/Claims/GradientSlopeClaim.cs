using OneStep.Statistics;

namespace OneStep.Claims;

/// <summary>
/// ‖∇f‖ ∝ d^(1/2): the reason why a short step is enough.
/// </summary>
/// <remarks>The mean over test images, then over seeds, against d on logarithmic axes, at C0 = 10 and the widest width. Holds,
/// holds-within, fails and not-measured as <see cref="SlopeRule"/> says.</remarks>
public static class GradientSlopeClaim
{
    /// <summary>Judges the claim.</summary>
    /// <param name="networks">Networks of any radius; only those with C0 = 10 count.</param>
    /// <param name="bootstrap">How the interval is made.</param>
    /// <param name="cancellation">Ends the work early with an <see cref="OperationCanceledException"/>.</param>
    public static Claim Judge(IEnumerable<AttackedNetwork> networks, SeedBootstrap bootstrap, CancellationToken cancellation = default) => DimensionSlopes.Judge(
        new()
        {
            Id = ClaimIds.GradientSlope,
            Statement = "The gradient with respect to the input grows like the square root of the input dimension.",
            ExpectedText = "‖∇f‖ ∝ d^(1/2)",
            Expected = 0.5,
            Verdict = Verdict.NotMeasured,
            Rule = SlopeRule.Sentence("+1/2", "dimensions"),
            Basis = string.Empty,
        },
        networks,
        network => network.GradientNorm,
        bootstrap,
        cancellation);
}
