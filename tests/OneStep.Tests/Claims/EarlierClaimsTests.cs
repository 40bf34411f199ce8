using OneStep.Claims;
using OneStep.Networks;

namespace OneStep.Tests.Claims;

public class EarlierClaimsTests
{
    private static readonly EarlierEvidence Everything = new()
    {
        TwoLayer = EarlierScenes.TwoLayer(),
        Deep = EarlierScenes.Deep(),
        Flow = EarlierScenes.Flow(),
        Limit = EarlierScenes.Limit(),
        Initialized = [.. EarlierScenes.Initialized(-0.5, InitializationKind.Standard), .. EarlierScenes.Initialized(0, InitializationKind.Antisymmetric)],
    };

    [Fact]
    public void All_claims_are_judged_in_order()
    {
        IReadOnlyList<Claim> claims = EarlierClaims.Judge(Everything, ClaimScenes.Bootstrap);
        Assert.Equal(
            ["random-two-layer-flat", "random-deep-flat", "gradient-flow-flips", "kernel-converges", "initialization-matters"],
            claims.Select(claim => claim.Id));
        Assert.All(claims, claim =>
        {
            Assert.Equal(claim.Id == ClaimIds.InitializationMatters ? ClaimGroup.Own : ClaimGroup.Earlier, claim.Group);
            Assert.Equal(Verdict.Holds, claim.Verdict);
            Assert.NotNull(claim.Measured);
            Assert.NotNull(claim.Interval);
        });
    }

    [Fact]
    public void Nothing_measured_leaves_every_claim_without_a_verdict() => Assert.All(EarlierClaims.Judge(new(), ClaimScenes.Bootstrap), claim =>
    {
        Assert.Equal(Verdict.NotMeasured, claim.Verdict);
        Assert.Null(claim.Measured);
        Assert.Null(claim.Interval);
        Assert.NotEmpty(claim.Basis);
    });

    [Fact]
    public void Can_be_cancelled() =>
        Assert.Throws<OperationCanceledException>(() => EarlierClaims.Judge(Everything, ClaimScenes.Bootstrap, new CancellationToken(canceled: true)));

    [Fact]
    public void The_rules_are_written_down_word_by_word() => ClaimDocument.Contains(EarlierClaims.Judge(new(), ClaimScenes.Bootstrap));
}
