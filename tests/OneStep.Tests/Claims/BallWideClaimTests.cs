using OneStep.Claims;

namespace OneStep.Tests.Claims;

public class BallWideClaimTests
{
    [Theory]
    [InlineData(100, Verdict.Holds)]
    [InlineData(99, Verdict.Holds)]
    [InlineData(95, Verdict.HoldsWithin)]
    [InlineData(80, Verdict.Fails)]
    [InlineData(0, Verdict.Fails)]
    public void Is_judged_by_the_smallest_share_that_is_proved(int found, Verdict verdict)
    {
        Claim claim = BallWideClaim.Judge([.. CertifiedScenes.BallWide(), .. CertifiedScenes.BallWide(found, c0: 8)]);
        Assert.Equal(ClaimIds.BallWideCertificate, claim.Id);
        Assert.Equal(ClaimGroup.Own, claim.Group);
        Assert.Equal(verdict, claim.Verdict);
        Assert.Equal(found / 100.0, claim.Measured);
    }

    [Fact]
    public void Balls_near_the_end_of_the_certificates_are_not_judged()
    {
        // They end near 1.16 √((d − 1)/2), which is 4 at d = 25 and 23 at d = 784.
        Assert.Equal(Verdict.NotMeasured, BallWideClaim.Judge(CertifiedScenes.BallWide(0, dimensions: [25])).Verdict);
        Assert.Equal(Verdict.Holds, BallWideClaim.Judge([.. CertifiedScenes.BallWide(0, dimensions: [25]), .. CertifiedScenes.BallWide()]).Verdict);
        Assert.Equal(Verdict.Holds, BallWideClaim.Judge([.. CertifiedScenes.BallWide(0, c0: 15), .. CertifiedScenes.BallWide()]).Verdict);
        Assert.Equal(Verdict.Fails, BallWideClaim.Judge(CertifiedScenes.BallWide(0, c0: 10, dimensions: [784])).Verdict);
        Assert.Equal(Verdict.NotMeasured, BallWideClaim.Judge(CertifiedScenes.BallWide(0, dimensions: [1])).Verdict);
    }

    [Fact]
    public void A_network_that_withstands_a_proof_refutes_the_claim_in_any_ball()
    {
        CertifiedNetwork[] networks = CertifiedScenes.BallWide(c0: 100);
        networks[0] = networks[0] with { Flipped = 99 };
        Claim alone = BallWideClaim.Judge(networks);
        Assert.Equal(Verdict.Fails, alone.Verdict);
        Assert.Equal("1 proved perturbation does not flip the trained network. No ball in which theory expects certificates.", alone.Basis);
        Assert.Equal(Verdict.Fails, BallWideClaim.Judge([.. networks, .. CertifiedScenes.BallWide()]).Verdict);

        // Of a network outside of the ball nothing is proved.
        networks[0] = networks[0] with { IsInBall = false };
        Assert.Equal(Verdict.Holds, BallWideClaim.Judge([.. networks, .. CertifiedScenes.BallWide()]).Verdict);
    }

    [Fact]
    public void The_basis_tells_sizes_beside_theory() => Assert.Equal(
        "400 images proved of 400, d = 400, 784, m = 10000, C0 = 5; medians of ‖δ‖ 0.071 to 0.1, 1.1 to 1.1 times theory's.",
        BallWideClaim.Judge(CertifiedScenes.BallWide()).Basis);

    [Fact]
    public void Without_networks_or_images_there_is_no_verdict()
    {
        Assert.Equal(Verdict.NotMeasured, BallWideClaim.Judge([]).Verdict);
        Assert.Equal(Verdict.NotMeasured, BallWideClaim.Judge([CertifiedScenes.BallWide(0)[0] with { Images = 0 }]).Verdict);
    }
}
