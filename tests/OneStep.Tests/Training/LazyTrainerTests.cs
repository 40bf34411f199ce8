using OneStep.Networks;
using OneStep.Tests.References;
using OneStep.Training;

namespace OneStep.Tests.Training;

/// <summary>The trainer beside the naive one, which works in float64 with one example and one neuron at a time.</summary>
public class LazyTrainerTests
{
    private const double Tolerance = 2e-5;

    [Theory]
    [InlineData(BallMode.Stop, 7, false, 0.4)]
    [InlineData(BallMode.Stop, 7, true, 0.4)]
    [InlineData(BallMode.Stop, 1, false, 0.3)]
    [InlineData(BallMode.Stop, 1000, true, 0.08)]
    [InlineData(BallMode.Project, 7, false, 0.2)]
    [InlineData(BallMode.Project, 7, true, 0.2)]
    [InlineData(BallMode.Project, 1, true, 0.2)]
    [InlineData(BallMode.Project, 1000, false, 0.05)]
    [InlineData(BallMode.Epoch, 7, false, 0.2)]
    [InlineData(BallMode.Epoch, 7, true, 0.2)]
    [InlineData(BallMode.Epoch, 1, false, 0.2)]
    [InlineData(BallMode.Epoch, 1000, true, 0.05)]
    public void Every_ball_mode_and_batch_size_agrees_with_the_naive_trainer(BallMode ball, int batch, bool bias, double radius)
    {
        // 45 examples in batches of 7 leave a last minibatch of 3; 37 neurons leave lanes empty.
        var problem = new TrainingProblem(width: 37, dimension: 6, count: 45, seed: 5, bias);
        var options = new TrainingOptions { Ball = ball, Batch = batch, Epochs = 6, LearningRate = 0.8 };
        using TrainedNetwork trained = problem.Train(options, radius);
        NaiveTrainingRun naive = problem.TrainNaively(options, radius);

        Assert.True(naive.ReachedBall);
        AssertSame(naive, trained, problem.Initial);
    }

    [Theory]
    [InlineData(BallMode.Stop)]
    [InlineData(BallMode.Project)]
    [InlineData(BallMode.Epoch)]
    public void Several_blocks_of_neurons_agree_with_the_naive_trainer(BallMode ball)
    {
        // 400 neurons are 13 panels in three blocks.
        var problem = new TrainingProblem(width: 400, dimension: 11, count: 30, seed: 6);
        var options = new TrainingOptions { Ball = ball, Batch = 16, Epochs = 8, LearningRate = 2 };
        using TrainedNetwork trained = problem.Train(options, radius: 0.3);
        AssertSame(problem.TrainNaively(options, radius: 0.3), trained, problem.Initial);
    }

    [Theory]
    [InlineData(BallMode.Stop)]
    [InlineData(BallMode.Project)]
    [InlineData(BallMode.Epoch)]
    public void A_ball_that_is_not_reached_is_reported_after_all_epochs(BallMode ball)
    {
        var problem = new TrainingProblem(width: 40, dimension: 5, count: 20, seed: 7);
        var options = new TrainingOptions { Ball = ball, Batch = 6, Epochs = 3 };
        using TrainedNetwork trained = problem.Train(options, radius: 100);
        AssertSame(problem.TrainNaively(options, radius: 100), trained, problem.Initial);
        Assert.False(trained.Summary!.ReachedBall);
        Assert.Equal(12, trained.Summary.Steps);
        Assert.Equal(3, trained.Summary.Epochs);
    }

    [Fact]
    public void The_network_is_trained_in_place_and_its_initial_weights_are_kept()
    {
        var problem = new TrainingProblem(width: 33, dimension: 4, count: 12, seed: 8);
        using TwoLayerNetwork network = problem.Initial.ToLibrary();
        using TrainedNetwork trained = new LazyTrainer(new() { Batch = 4, Epochs = 1 }, seed: 1)
            .Train(network, radius: 5, problem.Examples, new() { Threads = 1 });
        Assert.Same(network, trained.Network);
        Assert.Equal(problem.Initial.Weights, trained.InitialWeights.ToRows());
        Assert.NotEqual(problem.Initial.Weights, network.Weights.ToRows());
    }

    [Fact]
    public void The_seed_alone_decides_the_order_of_examples()
    {
        var problem = new TrainingProblem(width: 33, dimension: 4, count: 30, seed: 9);
        double[][] first = TrainWith(seed: 1);
        Assert.Equal(first, TrainWith(seed: 1));
        Assert.NotEqual(first, TrainWith(seed: 2));

        double[][] TrainWith(ulong seed)
        {
            TwoLayerNetwork network = problem.Initial.ToLibrary();
            using TrainedNetwork trained = new LazyTrainer(new() { Batch = 4, Epochs = 1 }, seed).Train(network, 5, problem.Examples, new());
            return network.Weights.ToRows();
        }
    }

    [Fact]
    public unsafe void Lanes_behind_the_last_neuron_stay_zero()
    {
        var problem = new TrainingProblem(width: 37, dimension: 6, count: 45, seed: 10);
        using TrainedNetwork trained = problem.Train(new() { Ball = BallMode.Project, Epochs = 5 }, radius: 0.1);
        float* panel = trained.Network.Weights.Panel(1);
        for (int k = 0; k < 6; k++)
        {
            Assert.All(new Span<float>(panel + (k * 32) + 5, 27).ToArray(), weight => Assert.Equal(0, weight));
        }
    }

    private static void AssertSame(NaiveTrainingRun expected, TrainedNetwork trained, NaiveNetwork initial)
    {
        TrainingSummary summary = trained.Summary!;
        Assert.Equal(expected.Steps, summary.Steps);
        Assert.Equal(expected.ReachedBall, summary.ReachedBall);
        double[][] weights = trained.Network.Weights.ToRows();
        for (int s = 0; s < weights.Length; s++)
        {
            for (int k = 0; k < weights[s].Length; k++)
            {
                Assert.Equal(expected.Network.Weights[s][k], weights[s][k], Tolerance);
            }
        }

        double deviation = NaiveTrainer.Deviation(trained.Network.ToNaive(), initial);
        Assert.Equal(deviation, summary.Deviation, 1e-12);
        Assert.Equal(deviation * Math.Sqrt(initial.Width), summary.C0Measured, 1e-12);
    }
}
