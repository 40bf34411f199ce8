using OneStep.Networks;
using OneStep.Tests.References;
using OneStep.Training;

namespace OneStep.Tests.Training;

/// <summary>How the three modes respect the ball, judged in float64.</summary>
public class LazyTrainerBallTests
{
    [Theory]
    [InlineData(0.9, 1)]
    [InlineData(0.5, 0.3)]
    [InlineData(0.05, 1)]
    [InlineData(1e-3, 1)]
    [InlineData(0.5, 1e6)]
    [InlineData(0.5, 1e30)]
    public void Stop_ends_with_the_largest_deviation_equal_to_the_radius(double radius, double learningRate)
    {
        for (int seed = 0; seed < 10; seed++)
        {
            var problem = new TrainingProblem(width: 70, dimension: 8, count: 50, seed);
            double before = 0;
            double last = 0;
            var options = new TrainingOptions { Batch = 8, Epochs = 40, LearningRate = learningRate };
            using TrainedNetwork trained = problem.Train(options, radius, told: (_, network) =>
                (before, last) = (last, NaiveTrainer.Deviation(network.ToNaive(), problem.Initial)));
            double largestNorm = trained.InitialWeights.ToRows().Max(row => Math.Sqrt(row.Sum(w => w * w)));

            Assert.True(trained.Summary!.ReachedBall);
            Assert.True(before < radius);
            Assert.InRange(last, radius - (4 * (largestNorm + radius) / (1 << 24)), radius);
            Assert.Equal(last, trained.Summary.Deviation, 1e-14);
        }
    }

    [Fact]
    public void Stop_does_not_end_before_a_step_would_leave_the_ball()
    {
        var problem = new TrainingProblem(width: 64, dimension: 5, count: 40, seed: 3);
        var options = new TrainingOptions { Batch = 5, Epochs = 30 };
        using TrainedNetwork stopped = problem.Train(options, radius: 0.6);
        int steps = stopped.Summary!.Steps;

        // The same steps without a ball: the last one leaves it, none before does.
        var deviations = new List<double>();
        using TrainedNetwork free = problem.Train(options, radius: 1e6, told: (_, network) =>
            deviations.Add(NaiveTrainer.Deviation(network.ToNaive(), problem.Initial)));
        Assert.True(deviations[steps - 1] > 0.6);
        Assert.All(deviations[..(steps - 1)], deviation => Assert.True(deviation <= 0.6));
    }

    [Theory]
    [InlineData(0.4, 1)]
    [InlineData(0.01, 5)]
    [InlineData(1e-5, 1)]
    [InlineData(1e-9, 1)]
    [InlineData(0, 1)]
    [InlineData(0.3, 1e20)]
    public void Project_never_leaves_the_ball_after_any_step(double radius, double learningRate)
    {
        var problem = new TrainingProblem(width: 70, dimension: 8, count: 50, seed: 4);
        var options = new TrainingOptions { Ball = BallMode.Project, Batch = 8, Epochs = 10, LearningRate = learningRate };
        int told = 0;
        using TrainedNetwork trained = problem.Train(options, radius, told: (_, network) =>
        {
            told++;
            Assert.True(NaiveTrainer.Deviation(network.ToNaive(), problem.Initial) <= radius);
        });
        Assert.Equal(70, told);
        Assert.Equal(70, trained.Summary!.Steps);
        Assert.True(trained.Summary.ReachedBall);
        Assert.True(trained.Summary.Deviation <= radius);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Project_gives_the_same_bits_as_a_projection_that_always_looks_at_every_row(int threads)
    {
        var problem = new TrainingProblem(width: 330, dimension: 9, count: 60, seed: 5);
        var options = new TrainingOptions { Ball = BallMode.Project, Batch = 7, Epochs = 4, LearningRate = 3 };
        double[][]? snapshot = null;
        using TrainedNetwork trained = problem.Train(options, radius: 0.35, threads, told: (progress, network) =>
        {
            // Projecting once more, every row by its exact distance, must find nothing to do.
            snapshot = network.Weights.ToRows();
            using var center = problem.Initial.ToLibrary();
            Assert.False(new LazyBall(center.Weights, 0.35).Project(network.Weights));
            Assert.Equal(snapshot, network.Weights.ToRows());
        });
        Assert.NotNull(snapshot);
    }

    [Fact]
    public void Epoch_leaves_the_ball_within_an_epoch_and_returns_at_its_end()
    {
        var problem = new TrainingProblem(width: 70, dimension: 8, count: 48, seed: 6);
        var options = new TrainingOptions { Ball = BallMode.Epoch, Batch = 8, Epochs = 5 };
        var deviations = new List<double>();
        using TrainedNetwork trained = problem.Train(options, radius: 0.05, told: (_, network) =>
            deviations.Add(NaiveTrainer.Deviation(network.ToNaive(), problem.Initial)));
        Assert.Equal(30, deviations.Count);
        Assert.True(deviations[4] > 0.05);
        Assert.All(deviations.Where((_, step) => step % 6 == 5), deviation => Assert.InRange(deviation, 0.0499, 0.05));
        Assert.True(trained.Summary!.ReachedBall);
    }
}
