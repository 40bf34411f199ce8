using OneStep.Claims;
using OneStep.Networks;

namespace OneStep.Tests.Claims;

public class KernelConvergesClaimTests
{
    [Theory]
    [InlineData(-0.5, 0.4, Verdict.Holds)]
    [InlineData(-0.3, 0.25, Verdict.Holds)]
    [InlineData(-0.5, 1.2, Verdict.HoldsWithin)]
    [InlineData(-0.5, 3, Verdict.Fails)]
    [InlineData(-0.2, 0.15, Verdict.HoldsWithin)]
    [InlineData(0.1, 0.01, Verdict.Fails)]
    public void Is_judged_by_its_slope_and_by_what_is_left(double slope, double difference, Verdict verdict)
    {
        Claim claim = Judge(EarlierScenes.Limit(slope, difference));
        Assert.Equal(ClaimIds.KernelConverges, claim.Id);
        Assert.Equal(ClaimGroup.Earlier, claim.Group);
        Assert.Equal(verdict, claim.Verdict);
        Assert.Equal(slope, claim.Measured!.Value, 0.03);
    }

    [Theory]
    [InlineData(0.02)]
    [InlineData(-0.02)]
    public void What_stays_where_it_is_does_not_converge(double slope) =>
        Assert.Equal(Verdict.Fails, Judge(EarlierScenes.Limit(slope, 0.05)).Verdict);

    [Fact]
    public void Standard_initialisation_is_told_and_not_judged()
    {
        LimitNetwork[] standard = EarlierScenes.Limit(0, 0.6, InitializationKind.Standard, noise: 0);
        Assert.Equal(
            "4 widths (100 to 6400) × 4 seeds, d = 100; differences 0.4 to 0.05, at least 100 % flip; 95 % interval by a bootstrap over seeds; from standard initialisation 0.6 at m = 6400.",
            Judge([.. EarlierScenes.Limit(noise: 0), .. standard]).Basis);
        Assert.Equal(Verdict.NotMeasured, Judge(standard).Verdict);
    }

    [Fact]
    public void The_largest_dimension_with_three_widths_counts()
    {
        Claim claim = Judge([.. EarlierScenes.Limit(), .. EarlierScenes.Limit(-0.1, dimension: 25), .. EarlierScenes.Limit(-0.1, dimension: 784, widths: [100, 400])]);
        Assert.Equal(-0.5, claim.Measured!.Value, 0.03);
        Assert.Contains("d = 100", claim.Basis, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_widths_or_too_much_scatter_tell_nothing()
    {
        Assert.Equal(Verdict.NotMeasured, Judge([]).Verdict);
        Assert.Equal(Verdict.NotMeasured, Judge(EarlierScenes.Limit(widths: [100, 6400])).Verdict);
        Assert.Equal(Verdict.NotMeasured, Judge(EarlierScenes.Limit(-0.3, 0.2, noise: 1.5)).Verdict);
    }

    [Fact]
    public void A_network_that_classifies_nothing_correctly_is_as_if_it_were_missing()
    {
        LimitNetwork[] networks = EarlierScenes.Limit(noise: 0);
        networks[1] = networks[1] with { PerturbationNorm = null, FlippedShare = null };
        networks[6] = networks[6] with { LimitNorm = null, FlippedShare = null };
        networks[8] = networks[8] with { PerturbationNorm = networks[8].LimitNorm };
        Assert.Equal(-0.5, Judge(networks).Measured!.Value, 12);
    }

    [Theory]
    [InlineData(0.995, Verdict.Holds)]
    [InlineData(0.97, Verdict.HoldsWithin)]
    [InlineData(0.9, Verdict.Fails)]
    public void Nearly_all_images_have_to_flip_at_every_width(double share, Verdict verdict)
    {
        LimitNetwork[] networks = EarlierScenes.Limit();
        networks[5] = networks[5] with { FlippedShare = share };
        Assert.Equal(verdict, Judge(networks).Verdict);
        Assert.Equal(Verdict.Holds, Judge([.. EarlierScenes.Limit(), .. networks.Select(network => network with { Dimension = 25 })]).Verdict);
    }

    private static Claim Judge(IEnumerable<LimitNetwork> networks) => KernelConvergesClaim.Judge(networks, ClaimScenes.Bootstrap);
}
