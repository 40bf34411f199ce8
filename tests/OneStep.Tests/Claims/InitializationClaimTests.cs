using OneStep.Claims;
using OneStep.Networks;

namespace OneStep.Tests.Claims;

public class InitializationClaimTests
{
    private static readonly InitializedNetwork[] Standard = EarlierScenes.Initialized(-0.45, InitializationKind.Standard);

    [Theory]
    [InlineData(0.08, 0.01, Verdict.Holds)]
    [InlineData(-0.15, 0.01, Verdict.Holds)]
    [InlineData(-0.22, 0.1, Verdict.HoldsWithin)]
    [InlineData(-0.3, 0.01, Verdict.Fails)]
    [InlineData(-0.5, 0.01, Verdict.Fails)]
    public void Is_judged_by_the_slope_from_antisymmetric_initialisation(double slope, double noise, Verdict verdict)
    {
        Claim claim = Judge([.. Standard, .. EarlierScenes.Initialized(slope, InitializationKind.Antisymmetric, noise)]);
        Assert.Equal(ClaimIds.InitializationMatters, claim.Id);
        Assert.Equal(ClaimGroup.Own, claim.Group);
        Assert.Equal(verdict, claim.Verdict);
        Assert.Equal(slope, claim.Measured!.Value, 0.08);
    }

    [Theory]
    [InlineData(-0.5, Verdict.Holds)]
    [InlineData(-0.4, Verdict.Holds)]
    [InlineData(-0.1, Verdict.Fails)]
    public void The_law_has_to_be_there_from_standard_initialisation(double slope, Verdict verdict) => Assert.Equal(
        verdict,
        Judge([.. EarlierScenes.Initialized(slope, InitializationKind.Standard), .. EarlierScenes.Initialized(0, InitializationKind.Antisymmetric)]).Verdict);

    [Fact]
    public void The_basis_says_both() => Assert.Equal(
        "5 dimensions (49 to 784) × 4 seeds, m = 1000, medians 0.5 to 0.5; 95 % interval by a bootstrap over seeds; from standard initialisation 0.5 to 0.125 "
            + "with a slope of −0.5 (−0.5 to −0.5); at least 100 % flip.",
        Judge([
            .. EarlierScenes.Initialized(-0.5, InitializationKind.Standard, noise: 0),
            .. EarlierScenes.Initialized(0, InitializationKind.Antisymmetric, noise: 0),
        ]).Basis);

    [Fact]
    public void The_widest_width_that_both_have_counts()
    {
        Claim claim = Judge([
            .. Standard,
            .. EarlierScenes.Initialized(0, InitializationKind.Antisymmetric),
            .. EarlierScenes.Initialized(-0.5, InitializationKind.Antisymmetric, width: 10_000),
            .. EarlierScenes.Initialized(-0.5, InitializationKind.Standard, width: 10_000, dimensions: [49, 784]),
        ]);
        Assert.Equal(Verdict.Holds, claim.Verdict);
        Assert.Contains("m = 1000,", claim.Basis, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_both_or_with_too_much_scatter_there_is_no_verdict()
    {
        Assert.Equal(Verdict.NotMeasured, Judge([]).Verdict);
        Assert.Equal(Verdict.NotMeasured, Judge(Standard).Verdict);
        Assert.Equal(Verdict.NotMeasured, Judge([.. Standard, .. EarlierScenes.Initialized(0, InitializationKind.Antisymmetric, dimensions: [49, 784])]).Verdict);
        Assert.Equal(Verdict.NotMeasured, Judge([.. Standard, .. EarlierScenes.Initialized(-0.3, InitializationKind.Antisymmetric, noise: 1, seeds: 2)]).Verdict);
    }

    [Fact]
    public void A_network_that_classifies_nothing_correctly_is_as_if_it_were_missing()
    {
        InitializedNetwork[] networks = EarlierScenes.Initialized(0, InitializationKind.Antisymmetric, noise: 0);
        networks[3] = networks[3] with { MedianPerturbationNorm = null, FlippedShare = null };
        Assert.Equal(0, Judge([.. Standard, .. networks]).Measured!.Value, 12);
    }

    [Theory]
    [InlineData(0.995, Verdict.Holds)]
    [InlineData(0.97, Verdict.HoldsWithin)]
    [InlineData(0.9, Verdict.Fails)]
    public void Nearly_all_images_have_to_flip_in_every_dimension(double share, Verdict verdict)
    {
        InitializedNetwork[] networks = EarlierScenes.Initialized(0, InitializationKind.Antisymmetric);
        networks[5] = networks[5] with { FlippedShare = share };
        Assert.Equal(verdict, Judge([.. Standard, .. networks]).Verdict);
    }

    private static Claim Judge(IEnumerable<InitializedNetwork> networks) => InitializationClaim.Judge(networks, ClaimScenes.Bootstrap);
}
