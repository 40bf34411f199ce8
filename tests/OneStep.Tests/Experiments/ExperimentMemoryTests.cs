using OneStep.Experiments;
using OneStep.Training;

namespace OneStep.Tests.Experiments;

public sealed class ExperimentMemoryTests : IDisposable
{
    private static readonly ExperimentParameters Untrained = new() { Side = 5, Width = 900, Untrained = true, Limit = 40 };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_untrained_network_gives_the_same_result_and_file_whether_memory_holds_it_or_not(bool bias)
    {
        ExperimentParameters parameters = Untrained with { Bias = bias };
        ExperimentRun held = Experiment.Run(parameters, MnistData.All, new() { Threads = 2 });
        ExperimentRun drawn = Experiment.Run(parameters, MnistData.All, new() { Threads = 2, LargestUntrainedWeights = 1000 });
        Assert.True(held.TwoLayer().Network.HoldsWeights);
        Assert.False(drawn.TwoLayer().Network.HoldsWeights);
        Assert.Equal(Text(held), Text(drawn));
        Assert.Equal(held.Perturbations.Data, drawn.Perturbations.Data);
        ExperimentFile.Save(_folder.At("held"), held);
        ExperimentFile.Save(_folder.At("drawn"), drawn);
        Assert.Equal(File.ReadAllBytes(_folder.At("held")), File.ReadAllBytes(_folder.At("drawn")));
        held.Model.Dispose();
        drawn.Model.Dispose();
    }

    [Fact]
    public void Passes_that_draw_weights_tell_how_far_they_are()
    {
        var told = new List<ExperimentProgress>();
        var execution = new ExperimentExecution
        {
            Threads = 1,
            LargestUntrainedWeights = 0,
            Progress = new SynchronousProgress<ExperimentProgress>(told.Add),
        };
        Experiment.Run(Untrained with { Width = 20_000 }, MnistData.All, execution).Model.Dispose();
        int[] attacked = [.. told.Where(p => p.Stage == ExperimentStage.Attack).Select(p => p.Finished)];
        Assert.Contains(attacked, finished => finished is > 5 and < 35);
        Assert.All(told, p => Assert.InRange(p.Finished, 0, p.Total));
    }

    [Fact]
    public void A_network_that_does_not_fit_is_refused_before_anything_is_asked_for()
    {
        var parameters = new ExperimentParameters { Width = 10_000_000 };
        OneStepException refusal = Assert.Throws<OneStepException>(() =>
            Experiment.Run(parameters, MnistData.All, new() { AvailableMemory = 21_300_000_000 }));
        Assert.Equal("A network of width 10000000 at d = 784 needs 63.0 GB of memory, but 21.3 GB are available.", refusal.Message);
    }

    [Fact]
    public void What_fits_and_what_nobody_knows_is_not_refused()
    {
        ExperimentParameters parameters = Untrained with { Width = 64, Limit = 3 };
        long needed = ExperimentMemory.NeededBytes(parameters);
        Experiment.Run(parameters, MnistData.All, new() { AvailableMemory = needed }).Model.Dispose();
        Experiment.Run(parameters, MnistData.All, new()).Model.Dispose();
        Assert.Throws<OneStepException>(() => Experiment.Run(parameters, MnistData.All, new() { AvailableMemory = needed - 1 }));
    }

    [Fact]
    public void Weights_are_counted_in_whole_panels_and_once_or_twice_or_not_at_all()
    {
        var trained = new ExperimentParameters { Width = 33, Side = 2, Bias = true, Training = new() { Batch = 64 } };
        Assert.Equal(64 * 5 * 4, ExperimentMemory.WeightBytes(trained));
        Assert.Equal((2 * 64 * 5 * 4) + (33 * 16) + (33 * 16), ExperimentMemory.NeededBytes(trained));
        Assert.Equal((64 * 5 * 4) + (33 * 16), ExperimentMemory.NeededBytes(trained with { Untrained = true }));
        Assert.Equal(33 * 16, ExperimentMemory.NeededBytes(trained with { Untrained = true }, largestWeights: 1000));
        Assert.False(ExperimentMemory.DrawsAnew(trained, largestWeights: 1000));
    }

    [Fact]
    public void Of_a_deep_network_every_layer_is_counted_in_whole_panels_and_a_minibatch_that_is_no_larger_than_the_training_set()
    {
        var trained = new ExperimentParameters { Hidden = new([33, 20]), Side = 2, Bias = true, Training = new() { Ball = BallMode.None, Batch = 1000 } };
        const int Weights = ((64 * 5) + (32 * 34) + (32 * 21)) * 4;
        const int Example = (4 + (3 * (64 + 32 + 32))) * 4;
        Assert.Equal(Weights, ExperimentMemory.WeightBytes(trained));
        Assert.Equal(Weights, ExperimentMemory.NeededBytes(trained with { Untrained = true }));
        Assert.Equal((3 * Weights) + (1000 * Example), ExperimentMemory.NeededBytes(trained));
        Assert.Equal((3 * Weights) + (200 * Example), ExperimentMemory.NeededBytes(trained, trainingExamples: 200));
    }

    [Fact]
    public void The_widest_untrained_network_needs_hardly_any_memory()
    {
        var widest = new ExperimentParameters { Width = ExperimentParameters.MaximumWidth, Untrained = true };
        Assert.True(ExperimentMemory.DrawsAnew(widest));
        Assert.InRange(ExperimentMemory.NeededBytes(widest), 0, 1L << 30);
    }

    [Fact]
    public void A_file_whose_network_does_not_fit_is_refused()
    {
        string path = _folder.At("run.safetensors");
        using (var run = new SmallRun(new() { Width = 40, Side = 3 }))
        {
            ExperimentFile.Save(path, run.Run);
        }

        OneStepException refusal = Assert.Throws<OneStepException>(() => ExperimentFile.Load(path, availableMemory: 1000));
        Assert.Contains("needs 4.6 kB of memory, but 1.0 kB are available", refusal.Message, StringComparison.Ordinal);
        ExperimentFile.Load(path, availableMemory: 1_000_000).Model.Dispose();
    }

    private static string Text(ExperimentRun run) => ExperimentJson.Format(run.Result with { Seconds = new(0, 0, 0, null) });
}
