using OneStep.Experiments;
using OneStep.Networks;
using OneStep.Training;

namespace OneStep.Tests.Experiments;

/// <summary>The same parameters give the same numbers, and what cannot be run is a clear error.</summary>
[Trait("Category", "Oracle")]
public sealed class ExperimentRepeatTests : IDisposable
{
    private static readonly StageSeconds NoTime = new(0, 0, 0, null);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(BallMode.Stop, false)]
    [InlineData(BallMode.Project, true)]
    public void One_and_two_threads_give_the_same_result_and_the_same_file(BallMode ball, bool bias)
    {
        var parameters = new ExperimentParameters
        {
            Side = 10,
            Width = 1000,
            Seed = 5,
            Bias = bias,
            Strong = true,
            Limit = 150,
            Training = new() { Ball = ball, Epochs = 1 },
        };
        ExperimentRun one = Experiment.Run(parameters, MnistData.All, new() { Threads = 1 });
        ExperimentRun two = Experiment.Run(parameters, MnistData.All, new() { Threads = 2 });
        AssertSameNumbers(one.Result, two.Result);
        Assert.Equal(one.Result.Training! with { Trace = [] }, two.Result.Training! with { Trace = [] });
        Assert.Equal(one.Result.Training.Trace, two.Result.Training.Trace);
        Assert.Equal(one.Perturbations.Data, two.Perturbations.Data);
        ExperimentFile.Save(_folder.At("one"), one);
        ExperimentFile.Save(_folder.At("two"), two);
        Assert.Equal(File.ReadAllBytes(_folder.At("one")), File.ReadAllBytes(_folder.At("two")));
        one.Model.Dispose();
        two.Model.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Attacking_a_loaded_network_gives_the_rows_of_the_run_that_was_saved(bool bias)
    {
        var parameters = new ExperimentParameters { Side = 7, Width = 300, Seed = 9, Bias = bias, Limit = 200, Strong = true };
        ExperimentRun run = Experiment.Run(parameters, MnistData.All, new());
        ExperimentFile.Save(_folder.At("run"), run);
        using LoadedExperiment loaded = ExperimentFile.Load(_folder.At("run"));
        ExperimentRun again = Experiment.Attack(loaded.Parameters, MnistData.All, loaded.Model, new());
        AssertSameNumbers(run.Result, again.Result);
        Assert.Null(again.Result.Training);
        Assert.Equal(0, again.Result.Seconds.Train);
        Assert.Equal(run.Perturbations.Data, again.Perturbations.Data);
        ExperimentFile.Save(_folder.At("again"), again);
        Assert.Equal(File.ReadAllBytes(_folder.At("run")), File.ReadAllBytes(_folder.At("again")));
        run.Model.Dispose();
    }

    [Fact]
    public void Progress_goes_through_the_stages_in_order()
    {
        var told = new List<ExperimentProgress>();
        ExperimentRun run = Experiment.Run(
            new() { Side = 5, Width = 100, Limit = 600, Strong = true },
            MnistData.All,
            new() { Threads = 2, Progress = new SynchronousProgress<ExperimentProgress>(told.Add) });
        Assert.Equal(
            [ExperimentStage.Data, ExperimentStage.Initialize, ExperimentStage.Train, ExperimentStage.Attack, ExperimentStage.Verify, ExperimentStage.StrongAttack],
            told.Select(t => t.Stage).Distinct());
        Assert.All(told, t => Assert.InRange(t.Finished, 0, t.Total));
        Assert.All(told.Where(t => t.Stage == ExperimentStage.Train), t =>
        {
            Assert.NotNull(t.Loss);
            Assert.Equal(1, t.Radius!.Value, 1e-12);
            Assert.InRange(t.Deviation!.Value, 0, 1);
        });
        Assert.Equal(run.Result.Training!.Steps, told.Count(t => t.Stage == ExperimentStage.Train));
        run.Model.Dispose();
    }

    [Theory]
    [InlineData(ExperimentStage.Train)]
    [InlineData(ExperimentStage.Attack)]
    [InlineData(ExperimentStage.Verify)]
    [InlineData(ExperimentStage.StrongAttack)]
    public void Cancelling_in_any_stage_ends_the_experiment(ExperimentStage stage)
    {
        using var source = new CancellationTokenSource();
        var execution = new ExperimentExecution
        {
            Cancellation = source.Token,
            Progress = new SynchronousProgress<ExperimentProgress>(t =>
            {
                if (t.Stage == stage)
                {
                    source.Cancel();
                }
            }),
        };
        Assert.ThrowsAny<OperationCanceledException>(() =>
            Experiment.Run(new() { Side = 5, Width = 100, Strong = true }, MnistData.All, execution));
    }

    public static TheoryData<string, ExperimentParameters> Invalid => new()
    {
        { "side", new() { Side = 0 } },
        { "side", new() { Side = 101 } },
        { "width", new() { Width = 0 } },
        { "width", new() { Width = ExperimentParameters.MaximumWidth + 1 } },
        { "width", new() { Width = 7, Initialization = InitializationKind.Antisymmetric } },
        { "c0", new() { C0 = 0 } },
        { "c0", new() { C0 = double.NaN } },
        { "c0", new() { C0 = double.PositiveInfinity } },
        { "learning-rate", new() { Training = new() { LearningRate = -1 } } },
        { "learning-rate", new() { Training = new() { LearningRate = double.PositiveInfinity } } },
        { "batch", new() { Training = new() { Batch = 0 } } },
        { "epochs", new() { Training = new() { Epochs = 0 } } },
        { "epochs", new() { Side = 5, Width = 1, Training = new() { Epochs = 1_000_000, Batch = 1 } } },
        { "evaluation-interval", new() { Training = new() { EvaluationInterval = 0 } } },
        { "limit", new() { Limit = 0 } },
    };

    [Theory]
    [MemberData(nameof(Invalid), DisableDiscoveryEnumeration = true)]
    public void A_value_out_of_its_range_is_an_error_that_names_it(string parameter, ExperimentParameters parameters)
    {
        var exception = Assert.Throws<InvalidParameterException>(() => Experiment.Run(parameters, MnistData.All, new()));
        Assert.Equal(parameter, exception.Parameter);
        Assert.Contains($"{parameter} is ", exception.Message, StringComparison.Ordinal);
        Sentences.AssertOneSentence(exception.Message);
    }

    private static void AssertSameNumbers(ExperimentResult expected, ExperimentResult actual)
    {
        Assert.Equal(expected.Rows, actual.Rows);
        Assert.Equal(expected.Strong!.Attacks, actual.Strong!.Attacks);
        Assert.Equal(expected.Strong with { Attacks = [] }, actual.Strong with { Attacks = [] });
        foreach ((RayProfile first, RayProfile second) in expected.Rays.Zip(actual.Rays))
        {
            Assert.Equal(first.Scores, second.Scores);
            Assert.Equal(first.Prediction, second.Prediction);
        }

        Assert.Equal(Numbers(expected), Numbers(actual));
    }

    // Lists compare by identity in records, so they are compared apart.
    private static ExperimentResult Numbers(ExperimentResult result) =>
        result with { Training = null, Strong = null, Seconds = NoTime, Rows = [], Rays = [] };
}
