using OneStep.Tests.References;
using OneStep.Training;

namespace OneStep.Tests.Training;

/// <summary>What training tells of itself.</summary>
public class LazyTrainerTraceTests
{
    private readonly TrainingProblem _problem = new(width: 50, dimension: 6, count: 23, seed: 12);

    [Fact]
    public void The_trace_starts_at_step_zero_with_the_untrained_network()
    {
        var options = new TrainingOptions { Batch = 23, Epochs = 4, EvaluationInterval = 2 };
        using TrainedNetwork trained = _problem.Train(options, radius: 100);
        TrainingPoint first = trained.Summary!.Trace[0];
        double[][] inputs = _problem.Examples.Inputs.ToRows();
        Assert.Equal(0, first.Step);
        Assert.Equal(0, first.Epoch);
        Assert.Equal(0, first.Deviation);
        Assert.Equal(inputs.Zip(_problem.Examples.Labels, _problem.Initial.Loss).Average(), first.Loss, 1e-6);
        Assert.Equal(inputs.Zip(_problem.Examples.Labels, (x, y) => y * _problem.Initial.Score(x) > 0 ? 1.0 : 0).Average(), first.Accuracy, 1e-12);
    }

    [Fact]
    public void Points_are_means_over_the_minibatches_since_the_point_before()
    {
        // 23 examples in batches of 5: the fifth minibatch has 3, so means weigh examples and not minibatches.
        var options = new TrainingOptions { Ball = BallMode.Project, Batch = 5, Epochs = 2, EvaluationInterval = 4 };
        using TrainedNetwork trained = _problem.Train(options, radius: 100);
        double[] losses = _problem.TrainNaively(options, radius: 100).BatchLosses;
        IReadOnlyList<TrainingPoint> trace = trained.Summary!.Trace;
        Assert.Equal([0, 4, 8, 10], trace.Select(point => point.Step));
        Assert.Equal([0, 0.8, 1.6, 2], trace.Select(point => point.Epoch));
        Assert.Equal(losses[0], trace[0].Loss, 1e-5);
        Assert.Equal(losses[..4].Average(), trace[1].Loss, 1e-5);
        Assert.Equal(((3 * losses[4]) + (5 * losses[5..8].Sum())) / 18, trace[2].Loss, 1e-5);
        Assert.Equal(((5 * losses[8]) + (3 * losses[9])) / 8, trace[3].Loss, 1e-5);
    }

    [Fact]
    public void Deviations_are_those_of_the_weights_at_the_point()
    {
        var options = new TrainingOptions { Ball = BallMode.Project, Batch = 5, Epochs = 3, EvaluationInterval = 1 };
        var deviations = new List<double> { 0 };
        using TrainedNetwork trained = _problem.Train(options, radius: 0.2, told: (_, network) =>
            deviations.Add(NaiveTrainer.Deviation(network.ToNaive(), _problem.Initial)));
        Assert.All(trained.Summary!.Trace, point => Assert.Equal(deviations[point.Step], point.Deviation, 1e-13));
        Assert.Equal(16, trained.Summary.Trace.Count);
    }

    [Fact]
    public void The_last_step_is_a_point_even_between_two_intervals()
    {
        using TrainedNetwork trained = _problem.Train(new() { Batch = 5, Epochs = 30, EvaluationInterval = 1000 }, radius: 0.5);
        TrainingSummary summary = trained.Summary!;
        Assert.True(summary.ReachedBall);
        Assert.Equal([0, summary.Steps], summary.Trace.Select(point => point.Step));
        Assert.Equal(summary.Deviation, summary.Trace[^1].Deviation);
        Assert.Equal(summary.Steps / 5.0, summary.Epochs);
    }

    [Fact]
    public void Loss_and_accuracy_at_the_end_are_over_the_whole_training_set()
    {
        using TrainedNetwork trained = _problem.Train(new() { Batch = 5, Epochs = 3 }, radius: 100);
        NaiveNetwork network = trained.Network.ToNaive();
        double[][] inputs = _problem.Examples.Inputs.ToRows();
        Assert.Equal(inputs.Zip(_problem.Examples.Labels, network.Loss).Average(), trained.Summary!.TrainLoss, 1e-6);
        Assert.Equal(
            inputs.Zip(_problem.Examples.Labels, (x, y) => y * network.Score(x) > 0 ? 1.0 : 0).Average(), trained.Summary.TrainAccuracy, 1e-12);
    }

    [Fact]
    public void Progress_tells_every_step_with_the_loss_of_its_minibatch()
    {
        var options = new TrainingOptions { Ball = BallMode.Epoch, Batch = 5, Epochs = 3, EvaluationInterval = 4 };
        var told = new List<TrainingProgress>();
        using TrainedNetwork trained = _problem.Train(options, radius: 100, told: (progress, _) => told.Add(progress));
        double[] losses = _problem.TrainNaively(options, radius: 100).BatchLosses;
        Assert.Equal(Enumerable.Range(1, 15), told.Select(progress => progress.Step));
        Assert.All(told, progress =>
        {
            Assert.Equal(15, progress.MaximumSteps);
            Assert.Equal(losses[progress.Step - 1], progress.Loss, 1e-5);
            Assert.Equal(trained.Summary!.Trace.Last(point => point.Step <= progress.Step).Deviation, progress.Deviation);
        });
    }
}
