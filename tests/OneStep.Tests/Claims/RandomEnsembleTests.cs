using OneStep.Claims;

namespace OneStep.Tests.Claims;

public class RandomEnsembleTests
{
    [Theory]
    [InlineData(5, new[] { 3.0, 1, 2, 5, 4 }, 3.0)]
    [InlineData(4, new[] { 4.0, 1, 2, 3 }, 2.5)]
    [InlineData(5, new[] { 3.0, 1, 2 }, 3.0)]
    [InlineData(1, new[] { 7.0 }, 7.0)]
    public void The_median_counts_networks_that_did_not_flip_as_longest(int networks, double[] lengths, double median) =>
        Assert.Equal(median, Ensemble(networks, lengths).MedianScaledLength);

    [Theory]
    [InlineData(5, new[] { 3.0, 1 })]
    [InlineData(4, new[] { 3.0, 1 })]
    [InlineData(1, new double[0])]
    [InlineData(0, new double[0])]
    public void There_is_no_median_where_the_middle_did_not_flip(int networks, double[] lengths) =>
        Assert.Null(Ensemble(networks, lengths).MedianScaledLength);

    [Fact]
    public void The_mean_is_over_those_that_flipped()
    {
        Assert.Equal(2, Ensemble(10, [1, 3]).MeanScaledLength);
        Assert.Null(Ensemble(10, []).MeanScaledLength);
    }

    private static FlowEnsemble Ensemble(int networks, double[] lengths) =>
        new() { Dimension = 100, Depth = 2, Ratio = 4, Seed = 0, Networks = networks, ScaledLengths = lengths };
}
