using System.Text.Json;
using OneStep.Experiments;

namespace OneStep.Tests.Experiments;

public class PathSummaryTests
{
    private static readonly ExperimentParameters Small = new() { Side = 7, Width = 64, TrainLimit = 640, Limit = 20 };

    [Theory]
    [InlineData("gradient-flow")]
    [InlineData("exact-gradient-flow")]
    public void An_attack_that_follows_a_path_says_how_long_it_was(string method)
    {
        ExperimentRun run = Experiment.Run(Small with { Method = new() { Name = method } }, MnistData.All, new());
        using (run.Model)
        {
            PathSummary path = run.Result.Method!.Path!;
            Assert.True(path.Length.Min >= run.Result.PerturbationNorm.Min * (1 - 1e-6));
            Assert.True(path.Length.Mean >= run.Result.PerturbationNorm.Mean * (1 - 1e-6));
            Assert.True(path.Steps.Min >= 1);

            using JsonDocument json = JsonDocument.Parse(ExperimentJson.Format(run.Result));
            JsonElement attack = json.RootElement.GetProperty("attack");
            Assert.Equal(path.Length.Median, attack.GetProperty("pathLength").GetProperty("median").GetDouble());
            Assert.Equal(path.Steps.Max, attack.GetProperty("pathSteps").GetProperty("max").GetDouble());
        }
    }

    [Fact]
    public void An_attack_without_a_path_says_nothing_of_one()
    {
        ExperimentRun run = Experiment.Run(Small with { Method = new() { Name = "deepfool" } }, MnistData.All, new());
        using (run.Model)
        {
            Assert.Null(run.Result.Method!.Path);
            Assert.DoesNotContain("pathLength", ExperimentJson.Format(run.Result), StringComparison.Ordinal);
        }
    }
}
