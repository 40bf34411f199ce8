using OneStep.Data;
using OneStep.Networks.Deep;
using OneStep.Tests.References;
using OneStep.Training;
using OneStep.Training.Deep;

namespace OneStep.Tests.Training.Deep;

/// <summary>Threads, memory, cancellation, divergence and wrong options.</summary>
public class DeepTrainerExecutionTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void One_two_and_three_threads_give_the_same_bits(bool bias)
    {
        // Large enough that every part is shared between threads.
        var problem = new DeepProblem([400, 200, 160, 12], count: 300, bias);
        var options = new DeepTrainingOptions { Batch = 260, Epochs = 2, WeightDecay = 0.001, EvaluationInterval = 3 };
        using TrainedDeepNetwork one = problem.Train(options, threads: 1);
        foreach (int threads in (int[])[2, 3])
        {
            using TrainedDeepNetwork more = problem.Train(options, threads);
            Assert.Equal(one.Network.ToNaive().Layers, more.Network.ToNaive().Layers);
            Assert.Equal(one.Summary!.Trace, more.Summary!.Trace);
            Assert.Equal(one.Summary with { Trace = [] }, more.Summary with { Trace = [] });
        }
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        var problem = new DeepProblem([20, 40, 3], count: 70, bias: true);
        using DeepNetwork network = problem.Initial.ToLibrary();
        using var pass = new DeepPass(network, problem.Examples, new(), capacity: 64, threads: 1);
        int[] indices = [.. Enumerable.Range(0, 64)];
        Take(64);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Take(64);
        Take(6);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Take(int count)
        {
            pass.Score(indices.AsSpan(0, count), CancellationToken.None);
            pass.Step(CancellationToken.None);
        }
    }

    [Fact]
    public void Cancelling_from_progress_ends_training_within_a_step()
    {
        var problem = new DeepProblem([5, 40, 1], count: 40, bias: false);
        using DeepNetwork network = problem.Initial.ToLibrary();
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
        Assert.ThrowsAny<OperationCanceledException>(() => new DeepTrainer(new() { Batch = 4 }, seed: 1).Train(network, problem.Examples, execution));
        Assert.Equal(5, last);
    }

    [Theory]
    [InlineData(1e41)]
    [InlineData(1e300)]
    public void A_learning_rate_that_overflows_is_an_error_that_names_it(double learningRate)
    {
        // The second run is a single step: nobody would score the network afterwards.
        foreach (DeepTrainingOptions options in (DeepTrainingOptions[])[new() { Batch = 8, Epochs = 2 }, new() { Batch = 40, Epochs = 1 }])
        {
            foreach (int outputs in (int[])[1, 4])
            {
                var problem = new DeepProblem([5, 33, 20, outputs], count: 40, bias: true);
                Sentences.AssertFails(
                    () => problem.Train(options with { LearningRate = learningRate }).Dispose(), "diverged at step", $"below {learningRate}");
            }
        }
    }

    [Fact]
    public void A_huge_learning_rate_either_fails_or_leaves_a_network_of_numbers()
    {
        int failed = 0;
        foreach (double learningRate in (double[])[1e3, 1e10, 1e15, 1e20, 1e30, 1e37, 3e38])
        {
            var problem = new DeepProblem([5, 33, 20, 3], count: 40, bias: true);
            try
            {
                using TrainedDeepNetwork trained = problem.Train(new() { Batch = 8, Epochs = 3, LearningRate = learningRate });
                Assert.All(trained.Network.ToNaive().Layers, layer => Assert.All(layer, row => Assert.All(row, weight => Assert.True(double.IsFinite(weight)))));
                Assert.True(double.IsFinite(trained.Summary!.TrainLoss));
            }
            catch (OneStepException exception)
            {
                Assert.Contains("diverged", exception.Message, StringComparison.Ordinal);
                failed++;
            }
        }

        Assert.True(failed > 0);
    }

    [Theory]
    [InlineData(1e30f)]
    [InlineData(3e38f)]
    [InlineData(float.NaN)]
    public void Inputs_that_overflow_are_an_error(float length)
    {
        var problem = new DeepProblem([5, 33, 20, 1], count: 40, bias: true);
        using DeepNetwork network = problem.Initial.ToLibrary();
        float[] huge = [.. problem.Examples.Inputs.Data.Select(v => length * v)];
        Sentences.AssertFails(
            () => new DeepTrainer(new() { LearningRate = 1e10 }, seed: 1).Train(network, problem.Examples with { Inputs = new(40, 5, huge) }, new()), "diverged");
    }

    [Theory]
    [InlineData("learning-rate", 0, 0, 0, 1, 1, 1)]
    [InlineData("learning-rate", double.PositiveInfinity, 0, 0, 1, 1, 1)]
    [InlineData("momentum", 1, -0.1, 0, 1, 1, 1)]
    [InlineData("momentum", 1, 1, 0, 1, 1, 1)]
    [InlineData("momentum", 1, double.NaN, 0, 1, 1, 1)]
    [InlineData("weight-decay", 1, 0, -1, 1, 1, 1)]
    [InlineData("weight-decay", 1, 0, double.NaN, 1, 1, 1)]
    [InlineData("batch", 1, 0, 0, 0, 1, 1)]
    [InlineData("batch", 1, 0, 0, 1_000_001, 1, 1)]
    [InlineData("epochs", 1, 0, 0, 1, 0, 1)]
    [InlineData("epochs", 1, 0, 0, 1, 1_000_000, 1)]
    [InlineData("evaluation-interval", 1, 0, 0, 1, 1, 0)]
    public void A_wrong_option_is_an_error_that_names_it(
        string name, double learningRate, double momentum, double weightDecay, int batch, int epochs, int interval)
    {
        // A million epochs are in range, but not with 3000 minibatches each: steps are counted in 32 bits.
        var problem = new DeepProblem([2, 2, 1], count: 3000, bias: false);
        var options = new DeepTrainingOptions
        {
            LearningRate = learningRate,
            Momentum = momentum,
            WeightDecay = weightDecay,
            Batch = batch,
            Epochs = epochs,
            EvaluationInterval = interval,
        };
        var exception = Assert.Throws<InvalidParameterException>(() => problem.Train(options));
        Assert.Equal(name, exception.Parameter);
        Sentences.AssertOneSentence(exception.Message);
    }

    [Fact]
    public void Examples_that_do_not_fit_the_network_are_refused()
    {
        using DeepNetwork one = DeepProblem.Draw([3, 4, 1], bias: true, seed: 1).ToLibrary();
        using DeepNetwork two = DeepProblem.Draw([3, 4, 2], bias: true, seed: 1).ToLibrary();
        Assert.Throws<ArgumentOutOfRangeException>(() => Train(one, new(new(0, 3), [])));
        Refused(one, new(new(2, 4), [1, -1]), "3 inputs");
        Refused(one, new(new(2, 3), [1]), "1 labels");
        Refused(one, new(new(2, 3), [1, 0]), "Label 0 of example 1");
        Refused(two, new(new(2, 3), [2, 1]), "Label 2 of example 0");
        Refused(two, new(new(2, 3), [0, -1]), "Label -1 of example 1");
        Train(two, new(new(2, 3), [0, 1]));

        static void Train(DeepNetwork network, LabelledInputs examples) => new DeepTrainer(new(), 1).Train(network, examples, new());

        static void Refused(DeepNetwork network, LabelledInputs examples, string part) =>
            Assert.Contains(part, Assert.Throws<ArgumentException>(() => Train(network, examples)).Message, StringComparison.Ordinal);
    }
}
