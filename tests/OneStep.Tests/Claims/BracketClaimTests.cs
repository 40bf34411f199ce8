using OneStep.Claims;
using OneStep.Experiments.Certification;

namespace OneStep.Tests.Claims;

public class BracketClaimTests
{
    [Theory]
    [InlineData(0.99, Verdict.Holds)]
    [InlineData(0.95, Verdict.Holds)]
    [InlineData(0.92, Verdict.HoldsWithin)]
    [InlineData(0.9, Verdict.HoldsWithin)]
    [InlineData(0.8, Verdict.Fails)]
    public void The_bracket_is_judged_by_what_is_proved_of_the_shortest_perturbation_found(double part, Verdict verdict)
    {
        Claim claim = BracketClaim.Judge(CertifiedScenes.Bracketed(overBest: part, overOneStep: 0.1));
        Assert.Equal((ClaimIds.Bracket, ClaimGroup.Own, verdict), (claim.Id, claim.Group, claim.Verdict));
        Assert.Equal(part, claim.Measured!.Value, 1e-12);
    }

    [Theory]
    [InlineData(0.95, Verdict.Holds)]
    [InlineData(0.9, Verdict.Holds)]
    [InlineData(0.8, Verdict.HoldsWithin)]
    [InlineData(0.7, Verdict.Fails)]
    public void One_step_is_judged_by_what_is_proved_of_it(double part, Verdict verdict)
    {
        Claim claim = OneStepNearOptimalClaim.Judge(CertifiedScenes.Bracketed(overBest: 0.1, overOneStep: part));
        Assert.Equal((ClaimIds.OneStepNearOptimal, ClaimGroup.Own, verdict), (claim.Id, claim.Group, claim.Verdict));
        Assert.Equal(part, claim.Measured!.Value, 1e-12);
    }

    [Fact]
    public void The_worst_network_and_width_decide_by_their_mean_over_seeds()
    {
        NetworkBracket[] networks = CertifiedScenes.Bracketed();
        int weak = Array.FindIndex(networks, network => network is { Network: BracketedNetwork.Adversarial, Width: 3000, Seed: 1 });
        networks[weak] = networks[weak] with { ProvedOverBest = 0.87 };
        Assert.Equal(0.92, BracketClaim.Judge(networks).Measured!.Value, 1e-12);
    }

    [Fact]
    public void Only_the_largest_dimension_is_judged_and_it_must_be_large()
    {
        NetworkBracket[] small = CertifiedScenes.Bracketed(0.5, dimension: 196);
        Assert.Equal(Verdict.NotMeasured, BracketClaim.Judge(small).Verdict);
        Assert.Equal(0.97, BracketClaim.Judge([.. small, .. CertifiedScenes.Bracketed()]).Measured!.Value, 1e-12);
        Assert.Equal(0.99, BracketClaim.Judge([.. CertifiedScenes.Bracketed(0.6), .. CertifiedScenes.Bracketed(0.99, dimension: 784)]).Measured!.Value, 1e-12);
    }

    [Fact]
    public void Networks_as_drawn_and_trained_must_both_be_there()
    {
        foreach (BracketedNetwork missing in new[] { BracketedNetwork.Initialized, BracketedNetwork.Trained })
        {
            Assert.Equal(Verdict.NotMeasured, BracketClaim.Judge([.. CertifiedScenes.Bracketed().Where(network => network.Network != missing)]).Verdict);
        }

        Assert.Equal(Verdict.Holds, BracketClaim.Judge([.. CertifiedScenes.Bracketed().Where(network => network.Network is BracketedNetwork.Initialized or BracketedNetwork.Trained)]).Verdict);
        Assert.Equal(Verdict.NotMeasured, OneStepNearOptimalClaim.Judge([]).Verdict);
    }

    [Theory]
    [InlineData(1, Verdict.Holds)]
    [InlineData(0.97, Verdict.HoldsWithin)]
    [InlineData(0.5, Verdict.Fails)]
    public void Ratios_of_a_few_flips_are_not_enough(double flipped, Verdict verdict)
    {
        NetworkBracket[] networks = CertifiedScenes.Bracketed();
        networks[0] = networks[0] with { FlippedShare = flipped };
        Assert.Equal(verdict, BracketClaim.Judge(networks).Verdict);

        // A network that nothing flips has no ratio, and is not left out for that.
        networks[0] = networks[0] with { FlippedShare = 0, ProvedOverBest = null, ProvedOverOneStep = null };
        Assert.All([BracketClaim.Judge(networks), OneStepNearOptimalClaim.Judge(networks)], claim => Assert.Equal(Verdict.Fails, claim.Verdict));
    }

    [Fact]
    public void The_basis_tells_every_network_the_one_from_zero_included() => Assert.Equal(
        "d = 400, m = 1000, 3000, 2 seeds, 160 images: initialized 97 %, 97 %; trained 97 %, 97 %; adversarial 97 %, 97 %; antisymmetric 48.5 %, 48.5 %; at least 100 % flip.",
        BracketClaim.Judge(CertifiedScenes.Bracketed()).Basis);
}
