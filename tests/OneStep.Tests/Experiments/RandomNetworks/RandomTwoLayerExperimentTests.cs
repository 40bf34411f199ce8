using OneStep.Attacks;
using OneStep.Data;
using OneStep.Experiments.RandomNetworks;
using OneStep.Networks;
using OneStep.Tests.Attacks;
using OneStep.Tests.References;

namespace OneStep.Tests.Experiments.RandomNetworks;

public class RandomTwoLayerExperimentTests
{
    private static readonly RandomTwoLayerParameters Small = new() { Dimension = 50, Width = 300, Networks = 12, Seed = 3 };

    [Theory]
    [InlineData(HiddenActivation.Relu)]
    [InlineData(HiddenActivation.Tanh)]
    [InlineData(HiddenActivation.Softplus)]
    public void Every_network_falls_to_one_step_of_about_the_linear_length(HiddenActivation activation)
    {
        RandomNetworkSummary summary = RandomTwoLayerExperiment.Run(Small with { Activation = activation }, AttackScenes.OneThread).Summary;

        Assert.Equal(Small.Networks, summary.Flipped);
        Assert.InRange(summary.Overshoot.Median!.Value, 0.98, 1.15);
        Assert.InRange(summary.ScaledPerturbationNorm.Mean!.Value, 0.4, 1.6);
    }

    [Fact]
    public void A_row_is_what_its_network_does_to_its_input()
    {
        RandomTwoLayerResult result = RandomTwoLayerExperiment.Run(Small, AttackScenes.OneThread);
        double[][] inputs = SphereInputs.Draw(Small.Networks, Small.Dimension, norm: 1, Small.Seed).ToRows();
        foreach (RandomNetworkRow row in result.Rows)
        {
            using TwoLayerNetwork drawn = Initialization.Draw(
                Small.Width, Small.Dimension, InitializationKind.Standard, bias: false, NetworkSweep.SeedOf(Small.Seed, row.Index), 1, CancellationToken.None);
            NaiveNetwork naive = drawn.ToNaive();
            double[] x = inputs[row.Index];
            double gradientNorm = Math.Sqrt(naive.Gradient(x).Sum(g => g * g));
            Assert.Equal(Math.Abs(naive.Score(x)), row.Margin, 1e-9);
            Assert.Equal(gradientNorm, row.GradientNorm, 1e-4);

            double length = row.PerturbationNorm!.Value;
            double[] u = naive.StepDirection(x);
            double sign = Math.Sign(naive.Score(x));
            Assert.True(sign * naive.Score(NaiveNetwork.Move(x, u, length * 1.0001)) < 0 && sign * naive.Score(NaiveNetwork.Move(x, u, length * 0.9999)) > 0);
            Assert.Equal(length * Math.Sqrt(Small.Dimension), row.ScaledPerturbationNorm!.Value, 1e-5);
            Assert.Equal(length / row.GradientNorm, row.StepSize!.Value, 1e-12);
            Assert.Equal(row.StepSize.Value * row.GradientNorm * row.GradientNorm / row.Margin, row.Overshoot!.Value, 1e-12);
        }
    }

    [Fact]
    public void Rows_depend_neither_on_threads_nor_on_how_many_networks_there_are()
    {
        IReadOnlyList<RandomNetworkRow> rows = RandomTwoLayerExperiment.Run(Small, AttackScenes.OneThread).Rows;

        Assert.Equal(rows, RandomTwoLayerExperiment.Run(Small, new() { Threads = 3 }).Rows);
        Assert.Equal(rows.Take(4), RandomTwoLayerExperiment.Run(Small with { Networks = 4 }, AttackScenes.OneThread).Rows);
        Assert.NotEqual(rows, RandomTwoLayerExperiment.Run(Small with { Seed = 4 }, AttackScenes.OneThread).Rows);
    }

    [Fact]
    public void Progress_counts_networks_and_cancellation_ends_the_run()
    {
        var told = new List<AttackProgress>();
        RandomTwoLayerExperiment.Run(Small, new() { Threads = 1, Progress = new SynchronousProgress<AttackProgress>(told.Add) });
        Assert.Equal(Enumerable.Range(0, Small.Networks + 1).Select(i => new AttackProgress("networks", i, Small.Networks)), told);

        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => RandomTwoLayerExperiment.Run(Small, new() { Threads = 1, Cancellation = cancelled.Token }));
    }

    [Fact]
    public void Parameters_out_of_range_are_refused()
    {
        RandomTwoLayerParameters wide = Small with { Width = RandomTwoLayerParameters.LargestWidth + 1 };

        Assert.Equal(
            "width is 10000001, but must be an integer from 1 to 10000000.",
            Assert.Throws<InvalidParameterException>(() => RandomTwoLayerExperiment.Run(wide, AttackScenes.OneThread)).Message);
        Assert.Throws<InvalidParameterException>(() => RandomTwoLayerExperiment.Run(Small with { Networks = 0 }, AttackScenes.OneThread));
        Assert.Throws<InvalidParameterException>(() => RandomTwoLayerExperiment.Run(Small with { Dimension = 0 }, AttackScenes.OneThread));
    }
}
