using OneStep.Experiments.RandomNetworks;
using OneStep.Statistics;

namespace OneStep.Tests.Experiments.RandomNetworks;

/// <summary>The numbers of docs/mathematics.md §19, measured with independent code, and very wide networks.</summary>
[Trait("Category", "Oracle")]
public class RandomTwoLayerOracleTests
{
    [Theory]
    [InlineData(100, 2000, 0.840)]
    [InlineData(400, 3000, 0.825)]
    public void The_scaled_perturbation_is_as_long_as_measured_independently(int dimension, int width, double mean)
    {
        RandomNetworkSummary summary = RandomTwoLayerExperiment.Run(new() { Dimension = dimension, Width = width, Networks = 2000 }, new()).Summary;

        // Scores so near to zero that rounding decides their sign are counted apart.
        Assert.InRange(summary.Flipped, 1999, 2000);
        Assert.InRange(summary.ScaledPerturbationNorm.Mean!.Value, mean - 0.03, mean + 0.03);
    }

    [Fact]
    public void The_perturbation_falls_like_the_root_of_the_dimension()
    {
        SeededValue[] values =
        [
            .. from dimension in new[] { 100, 200, 400, 800 }
               from row in RandomTwoLayerExperiment.Run(new() { Dimension = dimension, Width = 2000, Networks = 400, Seed = (ulong)dimension }, new()).Rows
               where row.PerturbationNorm is not null
               select new SeededValue(dimension, (ulong)row.Index, row.PerturbationNorm!.Value),
        ];
        SeededPowerLaw law = SeededPowerLaw.OfMeans(values, new())!;

        Assert.InRange(-0.5, law.SlopeInterval!.Low, law.SlopeInterval.High);
        Assert.InRange(law.SlopeInterval.HalfWidth, 0, 0.1);
    }

    [Fact]
    public void A_network_of_ten_million_neurons_that_no_memory_holds_falls_to_one_step()
    {
        RandomNetworkSummary summary = RandomTwoLayerExperiment.Run(new() { Dimension = 20, Width = 10_000_000, Networks = 1 }, new()).Summary;

        Assert.Equal(1, summary.Flipped);
        Assert.InRange(summary.Overshoot.Mean!.Value, 1, 1.3);
    }
}
