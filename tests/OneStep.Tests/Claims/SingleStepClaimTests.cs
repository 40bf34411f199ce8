using OneStep.Claims;

namespace OneStep.Tests.Claims;

public class SingleStepClaimTests
{
    [Fact]
    public void Holds_where_every_network_falls_with_every_image()
    {
        Claim claim = SingleStepClaim.Judge([ClaimScenes.Attacked(25, 0.4, misclassified: 3), ClaimScenes.Attacked(49, 0.3)]);
        Assert.Equal(Verdict.Holds, claim.Verdict);
        Assert.Equal(1, claim.Measured);
        Assert.Null(claim.Interval);
        Assert.StartsWith("197 of 197 correctly classified images of 2 networks with C0 ≤ 10", claim.Basis, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(999, Verdict.Holds)]
    [InlineData(998, Verdict.HoldsWithin)]
    [InlineData(950, Verdict.HoldsWithin)]
    [InlineData(949, Verdict.Fails)]
    [InlineData(0, Verdict.Fails)]
    public void The_network_with_the_smallest_share_decides(int flipped, Verdict verdict)
    {
        AttackedNetwork worst = ClaimScenes.Attacked(25, 0.4) with { Total = 1010, Misclassified = 10, PerturbationNorms = [.. Enumerable.Repeat(0.4, flipped)] };
        Claim claim = SingleStepClaim.Judge([ClaimScenes.Attacked(25, 0.4), worst, ClaimScenes.Attacked(25, 0.4)]);
        Assert.Equal(verdict, claim.Verdict);
        Assert.Equal(flipped / 1000.0, claim.Measured);
    }

    [Fact]
    public void Larger_radii_do_not_count()
    {
        AttackedNetwork far = ClaimScenes.Attacked(25, 0.4, c0: 30, notFlipped: 50);
        Assert.Equal(Verdict.Holds, SingleStepClaim.Judge([ClaimScenes.Attacked(25, 0.4), far]).Verdict);
        Assert.Equal(Verdict.NotMeasured, SingleStepClaim.Judge([far]).Verdict);
    }

    [Fact]
    public void Nothing_and_networks_that_get_everything_wrong_are_not_measured()
    {
        Claim claim = SingleStepClaim.Judge([ClaimScenes.Attacked(25, 0.4, misclassified: 100)]);
        Assert.Equal(Verdict.NotMeasured, claim.Verdict);
        Assert.Null(claim.Measured);
        Assert.Equal(Verdict.NotMeasured, SingleStepClaim.Judge([]).Verdict);
    }
}
