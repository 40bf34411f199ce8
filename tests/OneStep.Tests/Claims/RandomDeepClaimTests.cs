using OneStep.Claims;
using OneStep.Experiments.RandomNetworks;

namespace OneStep.Tests.Claims;

public class RandomDeepClaimTests
{
    [Theory]
    [InlineData(0, Verdict.Holds)]
    [InlineData(0.12, Verdict.HoldsWithin)]
    [InlineData(-0.4, Verdict.Fails)]
    public void Is_judged_by_its_slope(double slope, Verdict verdict)
    {
        Claim claim = Judge(EarlierScenes.Deep(slope));
        Assert.Equal(ClaimIds.RandomDeepFlat, claim.Id);
        Assert.Equal(ClaimGroup.Earlier, claim.Group);
        Assert.Equal(verdict, claim.Verdict);
        Assert.Equal(slope, claim.Measured!.Value, 0.015);
    }

    [Fact]
    public void The_worst_profile_and_depth_decide()
    {
        Claim claim = Judge([.. EarlierScenes.Deep(), .. EarlierScenes.Deep(0.3, WidthProfile.Bottleneck, depth: 3), .. EarlierScenes.Deep(0.13, WidthProfile.Expanding)]);
        Assert.Equal(Verdict.Fails, claim.Verdict);
        Assert.StartsWith("bottleneck, 3 hidden layers, the first 400 wide: 4 dimensions (100 to 800) × 4 seeds, medians ", claim.Basis, StringComparison.Ordinal);
        Assert.EndsWith("and of whose networks at least 100 % flip at d = 800. 4800 networks.", claim.Basis, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_equal_verdicts_the_steepest_slope_is_the_measured_one() =>
        Assert.Equal(0.05, Judge([.. EarlierScenes.Deep(0.05, noise: 0), .. EarlierScenes.Deep(-0.02, WidthProfile.Expanding, noise: 0)]).Measured!.Value, 12);

    [Fact]
    public void Only_the_largest_dimension_has_to_flip()
    {
        DeepEnsemble[] networks = EarlierScenes.Deep();
        DeepEnsemble[] Missing(int dimension) =>
            [.. networks.Select(e => e.Dimension == dimension ? e with { ScaledLengths = [.. e.ScaledLengths.Take(80)] } : e)];
        Assert.Equal(Verdict.Holds, Judge(Missing(100)).Verdict);
        Assert.Equal(Verdict.Fails, Judge(Missing(800)).Verdict);
    }

    [Fact]
    public void What_does_not_flip_within_the_ray_does_not_bend_the_slope()
    {
        // Lengths 1 to 100 in every dimension, of which ever fewer are within what is looked at.
        DeepEnsemble[] networks = [.. EarlierScenes.Deep().Select(e => e with { ScaledLengths = [.. Enumerable.Range(1, e.Dimension / 10 + 60).Take(100).Select(i => (double)i)] })];
        Assert.Equal(0, Judge(networks).Measured!.Value, 12);
    }

    [Fact]
    public void Large_depth_is_told_and_not_judged()
    {
        Claim claim = Judge([.. EarlierScenes.Deep(), .. EarlierScenes.Deep(1, depth: 20, flipped: 10), .. EarlierScenes.Deep(1, depth: 10, flipped: 40)]);
        Assert.Equal(Verdict.Holds, claim.Verdict);
        Assert.EndsWith("Deeper networks, not judged: 40 % with 10 hidden layers, 10 % with 20 hidden layers flip.", claim.Basis, StringComparison.Ordinal);
        Claim deepOnly = Judge(EarlierScenes.Deep(depth: 10));
        Assert.Equal(Verdict.NotMeasured, deepOnly.Verdict);
        Assert.Null(deepOnly.Measured);
    }

    [Fact]
    public void Two_dimensions_are_not_enough()
    {
        Assert.Equal(Verdict.NotMeasured, Judge(EarlierScenes.Deep(dimensions: [100, 800])).Verdict);
        Assert.Equal(Verdict.NotMeasured, Judge([]).Verdict);
        Assert.Equal(Verdict.Holds, Judge([.. EarlierScenes.Deep(), .. EarlierScenes.Deep(profile: WidthProfile.Expanding, dimensions: [100, 800])]).Verdict);
    }

    private static Claim Judge(IEnumerable<DeepEnsemble> ensembles) => RandomDeepClaim.Judge(ensembles, ClaimScenes.Bootstrap);
}
