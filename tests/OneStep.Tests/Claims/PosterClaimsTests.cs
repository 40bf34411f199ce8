using OneStep.Claims;

namespace OneStep.Tests.Claims;

public class PosterClaimsTests
{
    private static readonly ClaimEvidence Everything = new()
    {
        Attacked = ClaimScenes.PowerLaw(-0.5, noise: 0),
        Free = [.. from m in new[] { 100, 1000, 10_000 } from seed in new ulong[] { 0, 1 } select new FreeNetwork(100, m, seed, 3 / Math.Sqrt(m))],
        BudgetSweep = ClaimScenes.BudgetSweep(-0.5),
        PhaseGrid = ClaimScenes.PhaseGrid(-0.5),
    };

    [Fact]
    public void All_claims_are_judged_in_order()
    {
        IReadOnlyList<Claim> claims = PosterClaims.Judge(Everything, ClaimScenes.Bootstrap);
        Assert.Equal(
            [
                "single-step-suffices", "perturbation-slope", "gradient-slope", "step-slope", "robust-error-corollary", "deviation-slope", "sharp-drop",
                "phase-threshold-slope", "lazy-ball-respected",
            ],
            claims.Select(claim => claim.Id));
        Assert.All(claims, claim => Assert.Equal(Verdict.Holds, claim.Verdict));
        Assert.All(claims, claim => Assert.NotNull(claim.Measured));
    }

    [Fact]
    public void Nothing_measured_leaves_every_claim_without_a_verdict()
    {
        IReadOnlyList<Claim> claims = PosterClaims.Judge(new(), ClaimScenes.Bootstrap);
        Assert.Equal(9, claims.Count);
        Assert.All(claims, claim =>
        {
            Assert.Equal(Verdict.NotMeasured, claim.Verdict);
            Assert.Null(claim.Measured);
            Assert.Null(claim.Interval);
            Assert.NotEmpty(claim.Basis);
        });
    }

    [Fact]
    public void A_network_that_two_studies_share_counts_once() => Assert.Equal(
        PosterClaims.Judge(Everything, ClaimScenes.Bootstrap),
        PosterClaims.Judge(Everything with { Attacked = [.. Everything.Attacked, .. Everything.Attacked] }, ClaimScenes.Bootstrap));

    [Fact]
    public void Can_be_cancelled() =>
        Assert.Throws<OperationCanceledException>(() => PosterClaims.Judge(Everything, ClaimScenes.Bootstrap, new CancellationToken(canceled: true)));

    [Fact]
    public void The_rules_are_written_down_word_by_word() => ClaimDocument.Contains(PosterClaims.Judge(new(), ClaimScenes.Bootstrap));
}
