using OneStep.Networks.Deep;
using OneStep.Tests.References;
using OneStep.Training.Deep;

namespace OneStep.Tests.Training.Deep;

/// <summary>The trainer beside finite differences and the naive trainer, both in float64.</summary>
public class DeepTrainerTests
{
    // The input dimension, the hidden widths and the number of outputs; how many examples, and whether there are biases.
    public static TheoryData<int[], int, bool> Shapes { get; } = new()
    {
        { [5, 1], 20, true },
        { [5, 1], 1, false },
        { [7, 3], 33, true },
        { [1, 1, 1], 31, true },
        { [6, 31, 1], 33, false },
        { [6, 32, 1], 33, true },
        { [6, 33, 4], 32, true },
        { [9, 31, 33, 1], 33, false },
        { [9, 33, 1, 2], 40, true },
        { [33, 8, 31, 10], 20, true },
        { [4, 33, 31, 32, 1], 5, true },
        { [4, 31, 5, 33, 3], 70, false },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void The_gradient_of_every_weight_is_that_of_finite_differences(int[] widths, int count, bool bias)
    {
        // One step of length one with all examples: the weights move by the gradient.
        var problem = new DeepProblem(widths, count, bias);
        using TrainedDeepNetwork trained = problem.Train(new() { LearningRate = 1, Momentum = 0, Batch = count, Epochs = 1 });
        NaiveLayers network = problem.Initial.Copy();
        double[][] inputs = problem.Examples.Inputs.ToRows();
        for (int l = 0; l < network.Layers.Length; l++)
        {
            double[][] after = trained.Network.Layers[l].ToRows();
            for (int s = 0; s < after.Length; s++)
            {
                for (int k = 0; k < after[s].Length; k++)
                {
                    double before = network.Layers[l][s][k];
                    double derivative = FiniteDifferences.Derivative(LossWith, before);
                    network.Layers[l][s][k] = before;
                    Assert.Equal(derivative, before - after[s][k], 1e-6 + (1e-5 * Math.Abs(derivative)));

                    double LossWith(double weight)
                    {
                        network.Layers[l][s][k] = weight;
                        return inputs.Zip(problem.Examples.Labels, network.Loss).Average();
                    }
                }
            }
        }
    }

    [Theory]
    [InlineData(7, 0, 0)]
    [InlineData(7, 0.9, 0)]
    [InlineData(7, 0.9, 0.01)]
    [InlineData(45, 0.5, 0.1)]
    [InlineData(1, 0.3, 0.01)]
    public void Momentum_and_weight_decay_agree_with_the_naive_trainer(int batch, double momentum, double weightDecay)
    {
        // 45 examples in batches of 7 leave a last minibatch of 3.
        foreach (int outputs in (int[])[1, 3])
        {
            var problem = new DeepProblem([6, 37, 20, outputs], count: 45, bias: true);
            var options = new DeepTrainingOptions { LearningRate = 0.05, Momentum = momentum, WeightDecay = weightDecay, Batch = batch, Epochs = batch == 1 ? 1 : 4 };
            AssertSame(problem, options);
        }
    }

    [Fact]
    public void Sums_over_many_neurons_and_many_examples_agree_with_the_naive_trainer()
    {
        // 200 neurons are 7 panels, 200 examples 7 blocks: more than one float32 chain each way.
        AssertSame(new DeepProblem([50, 200, 200, 4], count: 200, bias: false), new() { Batch = 200, Epochs = 2 });
    }

    [Fact]
    public void The_network_is_trained_in_place()
    {
        var problem = new DeepProblem([4, 33, 1], count: 12, bias: true);
        using DeepNetwork network = problem.Initial.ToLibrary();
        using TrainedDeepNetwork trained = new DeepTrainer(new() { Batch = 4, Epochs = 1 }, seed: 1).Train(network, problem.Examples, new() { Threads = 1 });
        Assert.Same(network, trained.Network);
        Assert.NotEqual(problem.Initial.Layers[0], network.Layers[0].ToRows());
    }

    [Fact]
    public void The_seed_alone_decides_the_order_of_examples()
    {
        var problem = new DeepProblem([4, 33, 2], count: 30, bias: false);
        double[][] first = TrainWith(seed: 1);
        Assert.Equal(first, TrainWith(seed: 1));
        Assert.NotEqual(first, TrainWith(seed: 2));

        double[][] TrainWith(ulong seed)
        {
            using DeepNetwork network = problem.Initial.ToLibrary();
            new DeepTrainer(new() { Batch = 4, Epochs = 1 }, seed).Train(network, problem.Examples, new());
            return network.Layers[0].ToRows();
        }
    }

    [Fact]
    public unsafe void Lanes_behind_the_last_neuron_stay_zero()
    {
        var problem = new DeepProblem([6, 37, 10], count: 45, bias: true);
        using TrainedDeepNetwork trained = problem.Train(new() { WeightDecay = 0.01, Epochs = 3 });
        float* panel = trained.Network.Layers[0].Panel(1);
        for (int k = 0; k < 7; k++)
        {
            Assert.All(new Span<float>(panel + (k * 32) + 5, 27).ToArray(), weight => Assert.Equal(0, weight));
        }
    }

    private static void AssertSame(DeepProblem problem, DeepTrainingOptions options)
    {
        using TrainedDeepNetwork trained = problem.Train(options);
        NaiveLayers expected = problem.TrainNaively(options).Network;
        Assert.NotEqual(problem.Initial.Layers[^1][0], expected.Layers[^1][0]);
        for (int l = 0; l < expected.Layers.Length; l++)
        {
            double[][] weights = trained.Network.Layers[l].ToRows();
            for (int s = 0; s < weights.Length; s++)
            {
                for (int k = 0; k < weights[s].Length; k++)
                {
                    Assert.Equal(expected.Layers[l][s][k], weights[s][k], 2e-5);
                }
            }
        }
    }
}
