namespace OneStep.Claims;

/// <summary>Claims of our own about what is proved at a finite size; the rules stand in docs/claims.md.</summary>
public static class CertifiedClaims
{
    /// <summary>Judges all claims, in the order of <see cref="ClaimIds"/>.</summary>
    /// <param name="evidence">What was certified.</param>
    public static IReadOnlyList<Claim> Judge(CertifiedEvidence evidence)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        return
        [
            BallWideClaim.Judge(evidence.BallWide),
            CertifiedRobustErrorClaim.Judge(evidence.Frontier, evidence.Trained),
            ConeInvarianceClaim.Judge(evidence.Multiples),
            BracketClaim.Judge(evidence.Bracketed),
            OneStepNearOptimalClaim.Judge(evidence.Bracketed),
        ];
    }
}
