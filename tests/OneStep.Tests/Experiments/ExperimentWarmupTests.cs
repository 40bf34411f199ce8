using OneStep.Attacks;
using OneStep.Cli.Rendering;
using OneStep.Experiments;
using OneStep.Training;

namespace OneStep.Tests.Experiments;

public class ExperimentWarmupTests
{
    // Nobody waits for the rehearsal or sees its failures: here they are seen.
    [Fact]
    public void The_smallest_experiment_trains_flips_and_can_be_shown()
    {
        ExperimentRun run = ExperimentWarmup.Run();
        using TrainedNetwork network = run.TwoLayer();

        Assert.InRange(run.Result.Verified, 1, run.Result.Examples.Total);
        Assert.Contains(run.Result.Rows, row => row.Status == ExampleStatus.Flipped);
        Assert.NotEmpty(new AttackView(run, new() { Command = "onestep attack" }, TerminalTraits.Redirected).Render());
        Assert.NotEmpty(ExperimentJson.Format(run.Result));
    }
}
