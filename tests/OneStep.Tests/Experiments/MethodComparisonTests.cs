using System.Text.Json;
using OneStep.Attacks;
using OneStep.Experiments;

namespace OneStep.Tests.Experiments;

public class MethodComparisonTests
{
    private static readonly ExperimentParameters Small = new() { Side = 7, Width = 200, Limit = 40, Training = new() { Epochs = 1 }, TrainLimit = 500 };

    [Fact]
    public void Every_attack_has_its_row_and_gets_the_same_images()
    {
        ComparisonRun run = MethodComparison.Run(Small, ["boundary-walk", "fgsm", "one-step"], MnistData.All, new());
        run.Model.Dispose();
        IReadOnlyList<MethodMeasurement> attacks = run.Result.Attacks;

        Assert.Equal(["boundary-walk", "fgsm", "one-step"], attacks.Select(attack => attack.Method));
        Assert.Equal([NormKind.L2, NormKind.LInfinity, NormKind.L2], attacks.Select(attack => attack.Norm));
        Assert.All(attacks, attack => Assert.Equal((40, attacks[0].Attackable), (attack.Examples.Total, attack.Attackable)));
        Assert.Empty(run.Result.Violations);

        // The walk starts from the step: it is never longer, and costs more. An attack that is alone in its norm is the best.
        Assert.Equal((1, 1), (attacks[0].OverBest.Median, attacks[1].OverBest.Max));
        Assert.True(attacks[2].OverBest.Median >= 1);
        Assert.True(attacks[0].ForwardPasses > attacks[2].ForwardPasses && attacks[2].BackwardPasses >= 1);
        Assert.Equal(3, run.Perturbations.Count);
    }

    [Fact]
    public void The_same_network_is_attacked_as_by_an_experiment_of_its_own()
    {
        ComparisonRun run = MethodComparison.Run(Small, ["one-step", "fgsm"], MnistData.All, new() { Threads = 2 });
        ExperimentRun alone = Experiment.Run(Small with { Method = new() { Name = "fgsm" } }, MnistData.All, new() { Threads = 1 });
        Assert.Equal(alone.Result.Rows, run.Result.Attacks[1].Rows);
        Assert.Equal(alone.Result.Method!.Size, run.Result.Attacks[1].Size);
        Assert.Equal(alone.Perturbations.Data.ToArray(), run.Perturbations[1].Data.ToArray());
        ComparisonRun again = MethodComparison.Run(Small, ["fgsm"], MnistData.All, run.Model, new());
        Assert.Equal(alone.Result.Rows, again.Result.Attacks[0].Rows);
        run.Model.Dispose();
        alone.Model.Dispose();
    }

    [Fact]
    public void The_json_is_the_contract()
    {
        ComparisonRun run = Cli.SyntheticExperiment.Compare(new(), ["one-step", "fgsm"], []);
        run.Model.Dispose();
        using var document = JsonDocument.Parse(ComparisonJson.Format(run.Result));
        JsonElement second = document.RootElement.GetProperty("attacks")[1];
        Assert.Equal(("fgsm", "linf"), (second.GetProperty("method").GetString(), second.GetProperty("norm").GetString()));
        Assert.Equal((103, 101), (second.GetProperty("passes").GetProperty("forward").GetDouble(), second.GetProperty("passes").GetProperty("backward").GetDouble()));
        Assert.Equal((1.5, 5, 5), (second.GetProperty("seconds").GetDouble(), second.GetProperty("flipped").GetInt32(), second.GetProperty("verified").GetInt32()));
        Assert.Equal(run.Result.Attacks[1].Size.Median, second.GetProperty("median").GetDouble());
        Assert.Equal(784, document.RootElement.GetProperty("parameters").GetProperty("d").GetInt32());
        Assert.Equal(0, document.RootElement.GetProperty("violations").GetArrayLength());
    }

    [Fact]
    public void Cancellation_ends_a_comparison()
    {
        using var source = new CancellationTokenSource();
        var listener = new SynchronousProgress<ExperimentProgress>(progress =>
        {
            if (progress.Method == "fgsm")
            {
                source.Cancel();
            }
        });
        Assert.ThrowsAny<OperationCanceledException>(
            () => MethodComparison.Run(Small, ["fgsm", "one-step", "boundary-walk"], MnistData.All, new() { Progress = listener, Cancellation = source.Token }));
    }
}
