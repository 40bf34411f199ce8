using OneStep.Experiments;
using OneStep.Experiments.Certification;

namespace OneStep.Tests.Experiments.Certification;

public class CorollaryExperimentTests
{
    private static readonly ExperimentParameters Small = new() { Side = 7, Width = 200, C0 = 1.5, TrainLimit = 200 };

    [Fact]
    public void No_explicit_network_does_what_is_proved_impossible_and_both_proofs_together_are_the_better()
    {
        CorollaryResult result = CorollaryExperiment.Run(Small, new() { Count = 60, Budget = 0.6 }, MnistData.All, new());
        Assert.InRange(result.UpperBound, 0, Math.Min(result.SingleInputUpperBound, result.JointUpperBound));
        Assert.True(result.UpperBound < 1);
        Assert.Null(result.Contradiction);
        Assert.All(result.Explicit, network => Assert.True(network.AccuracyAtBound <= result.JointUpperBound));
        Assert.Equal(result.Explicit.Max(network => network.Accuracy), result.Limit);
        Assert.Equal((60, true), (result.Count, result.Parameters.Untrained));
    }

    [Fact]
    public void A_trained_network_gives_the_bound_of_its_initial_weights()
    {
        CorollaryResult drawn = CorollaryExperiment.Run(Small, new() { Count = 30, Budget = 0.5 }, MnistData.All, new() { Threads = 1 });
        ExperimentRun run = Experiment.Run(Small with { Limit = 1 }, MnistData.All, new());
        CorollaryResult loaded = CorollaryExperiment.Run(Small, new() { Count = 30, Budget = 0.5 }, MnistData.All, run.Model, new());
        run.Model.Dispose();
        Assert.Equal((drawn.UpperBound, drawn.JointUpperBound, drawn.SingleInputUpperBound), (loaded.UpperBound, loaded.JointUpperBound, loaded.SingleInputUpperBound));
        Assert.Equal(drawn.Explicit, loaded.Explicit);
    }

    [Fact]
    public void Larger_budgets_prove_more()
    {
        CorollaryResult small = CorollaryExperiment.Run(Small, new() { Count = 30, Budget = 0.1 }, MnistData.All, new());
        CorollaryResult large = CorollaryExperiment.Run(Small, new() { Count = 30, Budget = 1 }, MnistData.All, new());
        Assert.True(large.UpperBound < small.UpperBound);
        Assert.Throws<InvalidParameterException>(() => CorollaryExperiment.Run(Small, new() { Count = 30, Budget = -1 }, MnistData.All, new()));
    }
}
