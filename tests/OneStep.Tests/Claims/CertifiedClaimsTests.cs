using OneStep.Claims;

namespace OneStep.Tests.Claims;

public class CertifiedClaimsTests
{
    [Fact]
    public void All_claims_are_judged_in_order()
    {
        IReadOnlyList<Claim> claims = CertifiedClaims.Judge(new()
        {
            BallWide = CertifiedScenes.BallWide(),
            Frontier = CertifiedScenes.Frontier(),
            Trained = [CertifiedScenes.Trained(100)],
            Multiples = CertifiedScenes.Multiples(),
            Bracketed = CertifiedScenes.Bracketed(),
        });
        Assert.Equal(["ball-wide-certificate", "certified-robust-error", "cone-invariance", "bracket", "one-step-near-optimal"], claims.Select(claim => claim.Id));
        Assert.All(claims, claim => Assert.NotNull(claim.Measured));
        Assert.Equal([Verdict.Holds, Verdict.HoldsWithin, Verdict.Holds, Verdict.Holds, Verdict.Holds], claims.Select(claim => claim.Verdict));
    }

    [Fact]
    public void Nothing_measured_leaves_every_claim_without_a_verdict() => Assert.All(CertifiedClaims.Judge(new()), claim =>
    {
        Assert.Equal(Verdict.NotMeasured, claim.Verdict);
        Assert.Equal(ClaimGroup.Own, claim.Group);
        Assert.Null(claim.Measured);
        Assert.NotEmpty(claim.Basis);
    });

    [Fact]
    public void The_rules_are_written_down_word_by_word() => ClaimDocument.Contains(CertifiedClaims.Judge(new()));
}
