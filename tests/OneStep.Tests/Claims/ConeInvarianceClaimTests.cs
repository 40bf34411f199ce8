using OneStep.Claims;

namespace OneStep.Tests.Claims;

public class ConeInvarianceClaimTests
{
    [Theory]
    [InlineData(50, 5.0001, Verdict.Holds)]
    [InlineData(50, 4.97, Verdict.HoldsWithin)]
    [InlineData(50, 5.5, Verdict.Fails)]
    [InlineData(50, double.NaN, Verdict.Fails)]
    [InlineData(49, 5, Verdict.Fails)]
    public void Is_judged_by_what_flips_and_by_the_cones(int flipped, double c0, Verdict verdict)
    {
        Claim claim = ConeInvarianceClaim.Judge(CertifiedScenes.Multiples(flipped, c0));
        Assert.Equal(ClaimIds.ConeInvariance, claim.Id);
        Assert.Equal(ClaimGroup.Own, claim.Group);
        Assert.Equal(verdict, claim.Verdict);
        Assert.Equal(flipped / 50.0, claim.Measured);
    }

    [Fact]
    public void The_basis_tells_the_multiples() => Assert.Equal(
        "3 multiples (0.01 to 100), 1 network, 150 of 150 flipped; C0 5 to 5, differing by 0.002 % at most.", ConeInvarianceClaim.Judge(CertifiedScenes.Multiples()).Basis);

    [Fact]
    public void The_basis_counts_networks_of_several_balls_around_one_W0()
    {
        ScaledNetwork[] larger = [.. CertifiedScenes.Multiples().Select(network => network with { NetworkC0 = 10, C0 = 10 })];
        Assert.Contains(" 2 networks, 300 of 300 flipped", ConeInvarianceClaim.Judge([.. CertifiedScenes.Multiples(), .. larger]).Basis, StringComparison.Ordinal);
    }

    [Fact]
    public void Fewer_than_three_multiples_or_nothing_proved_tell_nothing()
    {
        Assert.Equal(Verdict.NotMeasured, ConeInvarianceClaim.Judge([]).Verdict);
        Assert.Equal(Verdict.NotMeasured, ConeInvarianceClaim.Judge(CertifiedScenes.Multiples()[..2]).Verdict);
        Assert.Equal(Verdict.NotMeasured, ConeInvarianceClaim.Judge(CertifiedScenes.Multiples(flipped: 0).Select(network => network with { IsInCone = false })).Verdict);
        Assert.Equal(Verdict.NotMeasured, ConeInvarianceClaim.Judge(CertifiedScenes.Multiples().Select(network => network with { Found = 0, Flipped = 0 })).Verdict);
    }
}
