using OneStep.Claims;

namespace OneStep.Tests.Claims;

public class LazyBallClaimTests
{
    [Fact]
    public void Holds_for_networks_on_the_boundary()
    {
        Claim claim = LazyBallClaim.Judge(new() { Attacked = [Inside(0.4), Inside(1)], PhaseGrid = [ClaimScenes.Adversarial(100, 0.3, 0.5)] });
        Assert.Equal(Verdict.Holds, claim.Verdict);
        Assert.Equal(1, claim.Measured);
        Assert.Equal("3 networks, trained plainly and adversarially.", claim.Basis);
    }

    [Theory]
    [InlineData(1 + 1e-12, Verdict.Holds)]
    [InlineData(1 + 1e-8, Verdict.Fails)]
    [InlineData(2, Verdict.Fails)]
    public void One_network_beyond_the_rounding_of_float64_fails(double quotient, Verdict verdict)
    {
        Claim claim = LazyBallClaim.Judge(new() { Attacked = [Inside(0.4), Inside(quotient), Inside(0.9)] });
        Assert.Equal(verdict, claim.Verdict);
        Assert.Equal(quotient, claim.Measured!.Value, 1e-13);
    }

    [Fact]
    public void Adversarially_trained_networks_count_as_well()
    {
        AdversarialNetwork outside = ClaimScenes.Adversarial(100, 0.3, 0.5) with { Deviation = 1 };
        Assert.Equal(Verdict.Fails, LazyBallClaim.Judge(new() { Attacked = [Inside(1)], BudgetSweep = [outside] }).Verdict);
        Assert.Equal(Verdict.Fails, LazyBallClaim.Judge(new() { Attacked = [Inside(1)], PhaseGrid = [outside] }).Verdict);
    }

    [Fact]
    public void A_deviation_that_is_not_a_number_fails_without_one()
    {
        Claim claim = LazyBallClaim.Judge(new() { Attacked = [Inside(double.NaN), Inside(0.5)] });
        Assert.Equal(Verdict.Fails, claim.Verdict);
        Assert.Null(claim.Measured);
    }

    [Fact]
    public void Networks_without_a_ball_do_not_count()
    {
        Claim claim = LazyBallClaim.Judge(new() { Free = [new(100, 1000, 0, 50)] });
        Assert.Equal(Verdict.NotMeasured, claim.Verdict);
        Assert.Null(claim.Measured);
    }

    private static AttackedNetwork Inside(double quotient)
    {
        AttackedNetwork network = ClaimScenes.Attacked(100, 0.3);
        return network with { Deviation = quotient * network.Radius };
    }
}
