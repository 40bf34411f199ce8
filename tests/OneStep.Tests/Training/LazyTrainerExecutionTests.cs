using OneStep.Data;
using OneStep.Networks;
using OneStep.Tests.References;
using OneStep.Training;

namespace OneStep.Tests.Training;

/// <summary>Threads, cancellation, divergence and wrong options.</summary>
public class LazyTrainerExecutionTests
{
    [Theory]
    [InlineData(BallMode.Stop, false)]
    [InlineData(BallMode.Project, true)]
    [InlineData(BallMode.Epoch, false)]
    public void One_two_and_three_threads_give_the_same_bits(BallMode ball, bool bias)
    {
        // Large enough that threads are used at all.
        var problem = new TrainingProblem(width: 1500, dimension: 30, count: 200, seed: 3, bias);
        var options = new TrainingOptions { Ball = ball, Batch = 64, Epochs = 4, LearningRate = 4, EvaluationInterval = 3 };
        using TrainedNetwork one = problem.Train(options, radius: 0.05, threads: 1);
        Assert.True(one.Summary!.ReachedBall);
        foreach (int threads in (int[])[2, 3])
        {
            using TrainedNetwork more = problem.Train(options, radius: 0.05, threads);
            Assert.Equal(one.Network.Weights.ToRows(), more.Network.Weights.ToRows());
            Assert.Equal(one.Summary.Trace, more.Summary!.Trace);
            Assert.Equal(one.Summary with { Trace = [] }, more.Summary with { Trace = [] });
        }
    }

    [Fact]
    public void Cancelling_from_progress_ends_training_within_a_step()
    {
        var problem = new TrainingProblem(width: 64, dimension: 5, count: 40, seed: 3);
        using TwoLayerNetwork network = problem.Initial.ToLibrary();
        using var source = new CancellationTokenSource();
        int last = 0;
        var execution = new TrainingExecution
        {
            Threads = 2,
            Cancellation = source.Token,
            Progress = new SynchronousProgress<TrainingProgress>(progress =>
            {
                last = progress.Step;
                if (progress.Step == 5)
                {
                    source.Cancel();
                }
            }),
        };
        Assert.ThrowsAny<OperationCanceledException>(() =>
            new LazyTrainer(new() { Batch = 4 }, seed: 1).Train(network, radius: 100, problem.Examples, execution));
        Assert.Equal(5, last);
    }

    [Theory]
    [InlineData(BallMode.Stop, 1e300)]
    [InlineData(BallMode.Project, 1e41)]
    [InlineData(BallMode.Project, 1e300)]
    [InlineData(BallMode.Epoch, 1e41)]
    [InlineData(BallMode.Epoch, 1e300)]
    public void A_learning_rate_that_overflows_is_an_error_that_names_it(BallMode ball, double learningRate)
    {
        // The second problem ends with its first step: nobody would score the network afterwards.
        foreach (TrainingOptions options in (TrainingOptions[])[new() { Batch = 8, Epochs = 2 }, new() { Batch = 40, Epochs = 1 }])
        {
            var problem = new TrainingProblem(width: 64, dimension: 5, count: 40, seed: 3);
            Sentences.AssertFails(
                () => problem.Train(options with { Ball = ball, LearningRate = learningRate }, radius: 1).Dispose(), "diverged at step", $"below {learningRate}");
        }
    }

    [Theory]
    [InlineData(BallMode.Stop)]
    [InlineData(BallMode.Project)]
    [InlineData(BallMode.Epoch)]
    public void A_huge_learning_rate_either_fails_or_leaves_a_network_of_numbers_in_the_ball(BallMode ball)
    {
        foreach (double learningRate in (double[])[1e10, 1e20, 1e30, 1e36, 1e37, 1e38, 3e38])
        {
            var problem = new TrainingProblem(width: 64, dimension: 5, count: 40, seed: 3);
            try
            {
                using TrainedNetwork trained = problem.Train(new() { Batch = 8, Epochs = 3, LearningRate = learningRate, Ball = ball }, radius: 1);
                Assert.True(NaiveTrainer.Deviation(trained.Network.ToNaive(), problem.Initial) <= 1);
                Assert.All(trained.Network.Weights.ToRows(), row => Assert.All(row, weight => Assert.True(double.IsFinite(weight))));
            }
            catch (OneStepException exception)
            {
                Assert.Contains("diverged", exception.Message, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData(1e30)]
    [InlineData(1e38)]
    public void Inputs_that_overflow_are_an_error(double length)
    {
        var problem = new TrainingProblem(width: 64, dimension: 5, count: 40, seed: 3);
        double[][] huge = [.. problem.Examples.Inputs.ToRows().Select(x => x.Select(v => length * v).ToArray())];
        using TwoLayerNetwork network = problem.Initial.ToLibrary();
        var trainer = new LazyTrainer(new() { Ball = BallMode.Epoch, Epochs = 1, LearningRate = 1e10 }, seed: 1);
        Sentences.AssertFails(
            () => trainer.Train(network, radius: 1, problem.Examples with { Inputs = huge.ToMatrix() }, new()), "diverged");
    }

    [Theory]
    [InlineData("learning-rate", 0, 1, 1, 1)]
    [InlineData("learning-rate", double.NaN, 1, 1, 1)]
    [InlineData("batch", 1, 0, 1, 1)]
    [InlineData("epochs", 1, 1, 0, 1)]
    [InlineData("evaluation-interval", 1, 1, 1, 0)]
    [InlineData("epochs", 1, 1, 1_000_000, 1)]
    public void A_wrong_option_is_an_error_that_names_it(string name, double learningRate, int batch, int epochs, int interval)
    {
        // A million epochs are in range, but not with 3000 minibatches each: steps are counted in 32 bits.
        var problem = new TrainingProblem(width: 2, dimension: 2, count: 3000, seed: 3);
        var options = new TrainingOptions { LearningRate = learningRate, Batch = batch, Epochs = epochs, EvaluationInterval = interval };
        using TwoLayerNetwork network = problem.Initial.ToLibrary();
        var exception = Assert.Throws<InvalidParameterException>(() => new LazyTrainer(options, 1).Train(network, 1, problem.Examples, new()));
        Assert.Equal(name, exception.Parameter);
        Sentences.AssertOneSentence(exception.Message);
    }

    [Fact]
    public void An_empty_training_set_is_refused()
    {
        var problem = new TrainingProblem(width: 2, dimension: 2, count: 3, seed: 3);
        using TwoLayerNetwork network = problem.Initial.ToLibrary();
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            new LazyTrainer(new(), 1).Train(network, 1, new LabelledInputs(new(0, 2), []), new()));
    }
}
