using OneStep.Statistics;

namespace OneStep.Claims;

/// <summary>Claims of the systems that the poster builds on, judged by what was measured; the rules stand in docs/claims.md.</summary>
public static class EarlierClaims
{
    /// <summary>Judges all claims, in the order of <see cref="ClaimIds"/>.</summary>
    /// <param name="evidence">What was measured.</param>
    /// <param name="bootstrap">How intervals are made.</param>
    /// <param name="cancellation">Ends the work early with an <see cref="OperationCanceledException"/>.</param>
    public static IReadOnlyList<Claim> Judge(EarlierEvidence evidence, SeedBootstrap bootstrap, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        ArgumentNullException.ThrowIfNull(bootstrap);
        return
        [
            RandomTwoLayerClaim.Judge(evidence.TwoLayer, bootstrap, cancellation),
            RandomDeepClaim.Judge(evidence.Deep, bootstrap, cancellation),
            GradientFlowClaim.Judge(evidence.Flow, bootstrap, cancellation),
            KernelConvergesClaim.Judge(evidence.Limit, bootstrap, cancellation),
            InitializationClaim.Judge(evidence.Initialized, bootstrap, cancellation),
        ];
    }
}
