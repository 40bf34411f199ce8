using OneStep.Tests.References;
using OneStep.Training;
using OneStep.Training.Deep;

namespace OneStep.Tests.Training.Deep;

/// <summary>What training of all layers tells of itself.</summary>
public class DeepTrainerTraceTests
{
    private readonly DeepProblem _problem = new([6, 33, 20, 3], count: 23, bias: true);

    [Fact]
    public void Points_are_means_over_the_minibatches_since_the_point_before()
    {
        // 23 examples in batches of 5: the fifth minibatch has 3, so means weigh examples and not minibatches.
        var options = new DeepTrainingOptions { Batch = 5, Epochs = 2, EvaluationInterval = 4 };
        using TrainedDeepNetwork trained = _problem.Train(options);
        double[] losses = _problem.TrainNaively(options).BatchLosses;
        IReadOnlyList<TrainingPoint> trace = trained.Summary!.Trace;
        Assert.Equal([0, 4, 8, 10], trace.Select(point => point.Step));
        Assert.Equal([0, 0.8, 1.6, 2], trace.Select(point => point.Epoch));
        Assert.Equal(losses[0], trace[0].Loss, 1e-5);
        Assert.Equal(losses[..4].Average(), trace[1].Loss, 1e-5);
        Assert.Equal(((3 * losses[4]) + (5 * losses[5..8].Sum())) / 18, trace[2].Loss, 1e-5);
        Assert.Equal(((5 * losses[8]) + (3 * losses[9])) / 8, trace[3].Loss, 1e-5);
    }

    [Fact]
    public void The_summary_is_of_the_whole_training_set_and_of_all_layers()
    {
        using TrainedDeepNetwork trained = _problem.Train(new() { Batch = 5, Epochs = 3 });
        DeepTrainingSummary summary = trained.Summary!;
        NaiveLayers network = trained.Network.ToNaive();
        double[][] inputs = _problem.Examples.Inputs.ToRows();
        int[] labels = _problem.Examples.Labels;
        Assert.Equal(15, summary.Steps);
        Assert.Equal(3, summary.Epochs);
        Assert.Equal(inputs.Zip(labels, network.Loss).Average(), summary.TrainLoss, 1e-6);
        Assert.Equal(inputs.Zip(labels, (x, y) => network.IsCorrect(x, y) ? 1.0 : 0).Average(), summary.TrainAccuracy, 1e-12);
        double deviation = network.Layers.Zip(_problem.Initial.Layers)
            .SelectMany(layers => layers.First.Zip(layers.Second, (row, initial) => Math.Sqrt(row.Zip(initial, (w, w0) => (w - w0) * (w - w0)).Sum()))).Max();
        Assert.Equal(deviation, summary.Deviation, 1e-12);
        Assert.Equal(deviation, summary.Trace[^1].Deviation, 1e-12);
    }

    [Fact]
    public void Progress_tells_every_step_with_the_loss_of_its_minibatch()
    {
        var options = new DeepTrainingOptions { Batch = 5, Epochs = 3, EvaluationInterval = 4 };
        var told = new List<TrainingProgress>();
        using TrainedDeepNetwork trained = _problem.Train(options, told: (progress, _) => told.Add(progress));
        double[] losses = _problem.TrainNaively(options).BatchLosses;
        Assert.Equal(Enumerable.Range(1, 15), told.Select(progress => progress.Step));
        Assert.All(told, progress =>
        {
            Assert.Equal(15, progress.MaximumSteps);
            Assert.Equal(losses[progress.Step - 1], progress.Loss, 1e-5);
            Assert.Equal(trained.Summary!.Trace.Last(point => point.Step <= progress.Step).Deviation, progress.Deviation);
        });
    }
}
