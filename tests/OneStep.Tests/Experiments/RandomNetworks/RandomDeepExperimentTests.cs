using OneStep.Attacks;
using OneStep.Data;
using OneStep.Experiments.RandomNetworks;
using OneStep.Networks.Deep;
using OneStep.Statistics;
using OneStep.Tests.Attacks;
using OneStep.Tests.References;

namespace OneStep.Tests.Experiments.RandomNetworks;

public class RandomDeepExperimentTests
{
    private static readonly RandomDeepParameters Small = new() { Dimension = 30, Depth = 2, Width = 60, Networks = 8, Seed = 5 };

    [Theory]
    [InlineData(WidthProfile.Constant, 1)]
    [InlineData(WidthProfile.Bottleneck, 3)]
    [InlineData(WidthProfile.Expanding, 3)]
    public void Networks_of_every_profile_fall_to_one_verified_step(WidthProfile profile, double ratio)
    {
        RandomNetworkSummary summary = RandomDeepExperiment.Run(
            new() { Dimension = 100, Depth = 3, Width = 100, Profile = profile, Ratio = ratio, Networks = 20, Seed = 1 }, AttackScenes.OneThread).Summary;

        Assert.InRange(summary.Flipped, 14, 20);
        Assert.InRange(summary.ScaledPerturbationNorm.Median!.Value, 0.2, 4);
    }

    [Fact]
    public void A_row_is_what_its_network_does_to_its_input()
    {
        double[][] inputs = SphereInputs.Draw(2 * Small.Networks, Small.Dimension, Math.Sqrt(Small.Dimension), Small.Seed).ToRows();
        foreach (RandomDeepRow row in RandomDeepExperiment.Run(Small, AttackScenes.OneThread).Rows)
        {
            using DeepNetwork drawn = DeepInitialization.Draw(
                [30, 60, 60, 1], bias: false, NetworkSweep.SeedOf(Small.Seed, row.Step.Index), DeepInitializationScheme.FanIn);
            NaiveDeepNetwork naive = drawn.ToNaive();
            double[] x = inputs[2 * row.Step.Index];
            double[] gradient = naive.Gradient(x, 0, []);
            double norm = Math.Sqrt(gradient.Sum(g => g * g));
            double score = naive.Outputs(x)[0];
            Assert.Equal(Math.Abs(score), row.Step.Margin, 1e-9);
            Assert.Equal(norm, row.Step.GradientNorm, 1e-5);
            Assert.Equal(Math.Sqrt(Small.Dimension), row.Step.InputNorm, 1e-5);
            if (row.Step.PerturbationNorm is double length)
            {
                double[] u = [.. gradient.Select(g => -Math.Sign(score) * g / norm)];
                Assert.True(score * naive.Outputs(NaiveNetwork.Move(x, u, length * 1.0001))[0] < 0);
                Assert.True(score * naive.Outputs(NaiveNetwork.Move(x, u, length * 0.9999))[0] > 0);
            }
        }
    }

    [Fact]
    public void The_scaled_perturbation_is_about_flat_in_the_dimension()
    {
        int[] dimensions = [50, 100, 200, 400];
        double[] means = [.. dimensions.Select(dimension => RandomDeepExperiment.Run(
            new() { Dimension = dimension, Depth = 2, Width = 200, Networks = 40, Seed = 2 }, new()).Summary.ScaledPerturbationNorm.Median!.Value)];

        Assert.InRange(LogLogFit.Of([.. dimensions.Select(d => (double)d)], means).Slope, -0.25, 0.25);
    }

    [Fact]
    public void Deep_networks_are_nearly_constant_in_direction()
    {
        RandomDeepResult deep = RandomDeepExperiment.Run(
            new() { Dimension = 50, Depth = 40, Width = 200, Networks = 5, Seed = 3, LongestRelativeStep = 0.1 }, AttackScenes.OneThread);
        IReadOnlyList<double> limit = LayerCosines.InTheLimit(deep.MeanCosines[0]!.Value, 40);

        Assert.InRange(deep.MeanCosines[0]!.Value, -0.2, 0.2);
        Assert.InRange(deep.MeanCosines[40]!.Value, 0.95, 1);
        Assert.All(Enumerable.Range(0, 41), l => Assert.Equal(limit[l], deep.MeanCosines[l]!.Value, 0.1));
    }

    [Fact]
    public void A_step_longer_than_what_counts_is_no_flip()
    {
        RandomNetworkRow[] all = [.. RandomDeepExperiment.Run(Small, AttackScenes.OneThread).Rows.Select(row => row.Step)];
        double longest = Summary.Of(all.Select(row => row.PerturbationNorm / row.InputNorm).OfType<double>()).Median!.Value;
        RandomNetworkRow[] some = [.. RandomDeepExperiment.Run(Small with { LongestRelativeStep = longest }, AttackScenes.OneThread).Rows.Select(row => row.Step)];

        for (int i = 0; i < all.Length; i++)
        {
            bool isShort = all[i].PerturbationNorm / all[i].InputNorm <= longest;
            Assert.Equal(isShort ? ExampleStatus.Flipped : ExampleStatus.NotFlipped, some[i].Status);
            Assert.True(!isShort || Math.Abs(all[i].PerturbationNorm!.Value - some[i].PerturbationNorm!.Value) < 1e-5);
        }
    }

    [Fact]
    public void Rows_do_not_depend_on_threads()
    {
        IReadOnlyList<RandomDeepRow> rows = RandomDeepExperiment.Run(Small, AttackScenes.OneThread).Rows;
        IReadOnlyList<RandomDeepRow> others = RandomDeepExperiment.Run(Small, new() { Threads = 3 }).Rows;

        Assert.Equal(rows.Select(row => row.Step), others.Select(row => row.Step));
        Assert.Equal(rows.SelectMany(row => row.Cosines), others.SelectMany(row => row.Cosines));
    }

    [Fact]
    public void A_depth_out_of_range_is_refused() => Assert.Equal(
        "depth is 201, but must be an integer from 1 to 200.",
        Assert.Throws<InvalidParameterException>(() => RandomDeepExperiment.Run(Small with { Depth = 201 }, AttackScenes.OneThread)).Message);
}
