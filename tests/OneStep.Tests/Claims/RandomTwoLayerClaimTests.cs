using OneStep.Claims;
using OneStep.Experiments.RandomNetworks;
using OneStep.Statistics;

namespace OneStep.Tests.Claims;

public class RandomTwoLayerClaimTests
{
    [Theory]
    [InlineData(0, Verdict.Holds)]
    [InlineData(-0.03, Verdict.Holds)]
    [InlineData(0.13, Verdict.HoldsWithin)]
    [InlineData(0.5, Verdict.Fails)]
    [InlineData(-0.5, Verdict.Fails)]
    public void Is_judged_by_the_slope_against_the_dimension(double slope, Verdict verdict)
    {
        Claim claim = Judge(EarlierScenes.TwoLayer(slope));
        Assert.Equal(ClaimIds.RandomTwoLayerFlat, claim.Id);
        Assert.Equal(ClaimGroup.Earlier, claim.Group);
        Assert.Equal(verdict, claim.Verdict);
        Assert.Equal(slope, claim.Measured!.Value, 0.015);
        Assert.Equal(IntervalKind.SeedBootstrap, claim.IntervalKind);
    }

    [Theory]
    [InlineData(0.02, Verdict.Holds)]
    [InlineData(-0.13, Verdict.HoldsWithin)]
    [InlineData(0.3, Verdict.Fails)]
    public void Is_judged_by_the_slope_against_the_width_as_well(double slope, Verdict verdict)
    {
        Claim claim = Judge(EarlierScenes.TwoLayer(widthSlope: slope, noise: 0));
        Assert.Equal(verdict, claim.Verdict);
        Assert.Equal(0, claim.Measured!.Value, 12);
    }

    [Theory]
    [InlineData(99, Verdict.Holds)]
    [InlineData(96, Verdict.HoldsWithin)]
    [InlineData(90, Verdict.Fails)]
    public void Is_judged_by_the_dimension_and_width_that_flip_least(int flipped, Verdict verdict)
    {
        TwoLayerEnsemble[] ensembles =
            [.. EarlierScenes.TwoLayer().Select(e => e is { Dimension: 200, Width: 4000 } ? e with { ScaledLengths = [.. e.ScaledLengths.Order().Take(flipped).Select(_ => 0.8)] } : e)];
        Assert.Equal(verdict, Judge(ensembles).Verdict);
    }

    [Fact]
    public void The_basis_says_what_was_measured() => Assert.Equal(
        "relu: 4 dimensions (100 to 800) × 4 seeds, m = 16000, means 0.8 to 0.8; 95 % interval by a bootstrap over seeds; 3 widths (1000 to 16000) at d = 800 "
            + "with a slope of 0 (0 to 0); of 4800 networks 100 % flip, at one dimension and width at least 100 %.",
        Judge(EarlierScenes.TwoLayer(noise: 0)).Basis.Replace("−0 ", "0 ", StringComparison.Ordinal));

    [Fact]
    public void The_worst_activation_decides_and_of_equals_relu()
    {
        TwoLayerEnsemble[] relu = EarlierScenes.TwoLayer();
        Claim equal = Judge([.. relu, .. EarlierScenes.TwoLayer(activation: HiddenActivation.Tanh)]);
        Assert.StartsWith("relu:", equal.Basis, StringComparison.Ordinal);
        Assert.Contains("Also (holds): tanh:", equal.Basis, StringComparison.Ordinal);
        Claim worse = Judge([.. relu, .. EarlierScenes.TwoLayer(0.3, activation: HiddenActivation.Softplus)]);
        Assert.Equal(Verdict.Fails, worse.Verdict);
        Assert.StartsWith("softplus:", worse.Basis, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_three_dimensions_and_three_widths_there_is_no_verdict()
    {
        Assert.Equal(Verdict.NotMeasured, Judge([]).Verdict);
        Assert.Equal(Verdict.NotMeasured, Judge(EarlierScenes.TwoLayer(dimensions: [100, 800])).Verdict);
        Claim oneWidth = Judge(EarlierScenes.TwoLayer(widths: [1000]));
        Assert.Equal(Verdict.NotMeasured, oneWidth.Verdict);
        Assert.NotNull(oneWidth.Measured);
        Assert.Contains("; one width; ", oneWidth.Basis, StringComparison.Ordinal);
    }

    [Fact]
    public void A_widest_width_of_which_most_failed_leaves_the_slope_to_the_next()
    {
        Claim claim = Judge([.. EarlierScenes.TwoLayer(noise: 0), .. EarlierScenes.TwoLayer(0.5, noise: 0, dimensions: [100, 200], widths: [100_000])]);
        Assert.Equal(0, claim.Measured!.Value, 12);
        Assert.Contains("m = 16000", claim.Basis, StringComparison.Ordinal);
    }

    [Fact]
    public void Scatter_that_hides_the_next_law_tells_nothing() =>
        Assert.Equal(Verdict.NotMeasured, Judge(EarlierScenes.TwoLayer(noise: 0.6, seeds: 2)).Verdict);

    private static Claim Judge(IEnumerable<TwoLayerEnsemble> ensembles) => RandomTwoLayerClaim.Judge(ensembles, ClaimScenes.Bootstrap);
}
