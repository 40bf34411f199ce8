using System.Text.Json;
using OneStep.Attacks;
using OneStep.Data;
using OneStep.Experiments;
using OneStep.Numerics;
using OneStep.Training;

namespace OneStep.Tests.Experiments;

public sealed class DeepExperimentTests : IDisposable
{
    private static readonly ExperimentParameters ThreeClasses = new()
    {
        Digits = ClassSplit.Parse("0,1,2"),
        Side = 7,
        Hidden = HiddenWidths.Parse("24,12"),
        Training = new() { LearningRate = 0.1, Ball = BallMode.None, Epochs = 2 },
        TrainLimit = 1500,
        Limit = 60,
    };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("one-step")]
    [InlineData("fgsm")]
    public void Every_flip_of_a_network_of_three_classes_is_another_class(string method)
    {
        ExperimentRun run = Experiment.Run(ThreeClasses with { Method = new() { Name = method } }, MnistData.All, new());
        using TrainedModel model = run.Model;
        Assert.True(run.Result.CleanAccuracy > 0.85);
        Assert.Equal(run.Result.Examples.Flipped, run.Result.Verified);
        Assert.True(run.Result.Verified > 40);

        Matrix<float> attacked = run.Attacked.Inputs.SelectRows([.. Enumerable.Range(0, run.Attacked.Count)]);
        for (int i = 0; i < attacked.Rows; i++)
        {
            Vectors.Sum(attacked.Row(i), run.Perturbations.Row(i), attacked.Row(i));
        }

        // So near to the boundary the working precision may still say the old class; twice the change is beyond it.
        Prediction[] before = model.Predict(run.Attacked.Inputs, threads: 1);
        Assert.All(run.Result.Rows, row =>
        {
            Assert.Equal(row.Status == ExampleStatus.Misclassified, before[row.Index].Label != run.Attacked.Labels[row.Index]);
            Assert.InRange(before[row.Index].Confidence, 1.0 / 3, 1);
            if (row.Status == ExampleStatus.Flipped)
            {
                Assert.True(row.Margin > 0 && row.AdversarialScore < 0);
            }
        });
        Assert.Equal(method == "fgsm" ? NormKind.LInfinity : NormKind.L2, run.Result.Method?.Norm);
    }

    [Fact]
    public void A_saved_deep_network_is_attacked_again_with_the_same_numbers()
    {
        ExperimentRun run = Experiment.Run(ThreeClasses with { Bias = true }, MnistData.All, new() { Threads = 2 });
        string path = _folder.At("deep.safetensors");
        ExperimentFile.Save(path, run);
        using LoadedExperiment loaded = ExperimentFile.Load(path);
        ExperimentRun again = Experiment.Attack(loaded.Parameters, MnistData.All, loaded.Model, new() { Threads = 1 });

        Assert.Equal(run.Result.Parameters, loaded.Parameters);
        Assert.Equal(run.Result.Rows, again.Result.Rows);
        Assert.Equal(run.Perturbations.Data.ToArray(), again.Perturbations.Data.ToArray());
        Assert.Null(again.Result.Deviation);
        run.Model.Dispose();
    }

    [Fact]
    public void A_file_whose_layers_are_not_those_of_its_metadata_is_named()
    {
        ExperimentRun run = Experiment.Run(ThreeClasses with { Untrained = true, Limit = 2 }, MnistData.All, new());
        string path = _folder.At("other.safetensors");
        ExperimentFile.Save(path, run with { Result = run.Result with { Parameters = run.Result.Parameters with { Hidden = HiddenWidths.Parse("24,13") } } });
        Sentences.AssertFails(() => ExperimentFile.Load(path).Model.Dispose(), path, "49, 24, 12, 3", "49, 24, 13, 3");
        run.Model.Dispose();
    }

    [Fact]
    public void A_deep_network_of_two_classes_has_no_ball_in_its_json()
    {
        ExperimentRun run = Experiment.Run(ThreeClasses with { Digits = ClassSplit.ZeroVersusOne, Limit = 20 }, MnistData.All, new());
        run.Model.Dispose();
        using var document = JsonDocument.Parse(ExperimentJson.Format(run.Result));
        JsonElement parameters = document.RootElement.GetProperty("parameters");
        Assert.Equal([24, 12], parameters.GetProperty("hidden").EnumerateArray().Select(width => width.GetInt32()));
        Assert.False(parameters.TryGetProperty("m", out _) || parameters.TryGetProperty("c0", out _) || parameters.TryGetProperty("method", out _));
        Assert.Null(run.Result.Prediction);
        Assert.Equal(20, run.Result.Examples.Total);
        Assert.True(run.Result.Deviation > 0);
    }

    [Fact]
    public void Accuracy_within_budgets_counts_every_class()
    {
        ExperimentRun run = Experiment.Run(ThreeClasses with { RobustBudgets = new([0, 10]), Limit = 30 }, MnistData.All, new());
        run.Model.Dispose();
        Assert.Equal(run.Result.CleanAccuracy, run.Result.RobustAccuracy!.Value[0]);
        Assert.Equal(0, run.Result.RobustAccuracy.Value[1]);
    }
}
