using OneStep.Statistics;

namespace OneStep.Claims;

/// <summary>Every claim of the poster, judged by what was measured; the rules stand in docs/claims.md.</summary>
public static class PosterClaims
{
    /// <summary>Judges all claims, in the order of <see cref="ClaimIds"/>.</summary>
    /// <param name="evidence">What was measured.</param>
    /// <param name="bootstrap">How intervals are made.</param>
    /// <param name="cancellation">Ends the work early with an <see cref="OperationCanceledException"/>.</param>
    public static IReadOnlyList<Claim> Judge(ClaimEvidence evidence, SeedBootstrap bootstrap, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        ArgumentNullException.ThrowIfNull(bootstrap);

        // Studies share cells: the network of figure A at the widest width is also that of figure B at C0 = 10.
        AttackedNetwork[] attacked = [.. evidence.Attacked.DistinctBy(network => (network.Dimension, network.Width, network.C0, network.Seed))];
        return
        [
            SingleStepClaim.Judge(attacked),
            PerturbationSlopeClaim.Judge(attacked, bootstrap, cancellation),
            GradientSlopeClaim.Judge(attacked, bootstrap, cancellation),
            StepSlopeClaim.Judge(attacked, bootstrap, cancellation),
            RobustErrorClaim.Judge(attacked, bootstrap, cancellation),
            DeviationSlopeClaim.Judge(evidence.Free, bootstrap, cancellation),
            SharpDropClaim.Judge(evidence.BudgetSweep, bootstrap, cancellation),
            PhaseThresholdClaim.Judge(evidence.PhaseGrid, bootstrap, cancellation),
            LazyBallClaim.Judge(evidence with { Attacked = attacked }),
        ];
    }
}
