using OneStep.Attacks;
using OneStep.Experiments.RandomNetworks;
using OneStep.Statistics;
using OneStep.Tests.Attacks;

namespace OneStep.Tests.Experiments.RandomNetworks;

public class FlowExperimentTests
{
    private static readonly FlowParameters Small = new() { Dimension = 256, Depth = 2, Networks = 20, Seed = 7 };

    [Fact]
    public void Widths_vanish_from_the_input_on() => Assert.Equal([64, 16], Small.HiddenWidths);

    [Fact]
    public void The_flow_flips_and_small_steps_follow_the_exact_one()
    {
        FlowResult result = FlowExperiment.Run(Small, AttackScenes.OneThread);

        Assert.InRange(result.Rows.Count(row => row.Exact is not null), 17, 20);
        FlowRow[] both = [.. result.Rows.Where(row => row is { Exact: not null, SmallSteps: not null })];
        Assert.All(both, row => Assert.InRange(row.Exact!.Length, row.Exact.PerturbationNorm * (1 - 1e-5), double.MaxValue));

        // Where the flow slides along a boundary small steps cross it to and fro, so that their path is longer.
        Assert.All(both, row => Assert.InRange(row.SmallSteps!.Length / row.Exact!.Length, 0.9, double.MaxValue));
        Assert.Equal(1, Summary.Of(both.Select(row => row.SmallSteps!.PerturbationNorm / row.Exact!.PerturbationNorm)).Median!.Value, 0.05);
    }

    [Fact]
    public void The_flow_comes_no_further_than_the_step_by_much()
    {
        FlowRow[] both = [.. FlowExperiment.Run(Small, AttackScenes.OneThread).Rows.Where(row => row.Exact is not null && row.Step.Status == ExampleStatus.Flipped)];

        Assert.InRange(both.Length, 15, 20);
        Assert.InRange(both.Average(row => row.Exact!.PerturbationNorm / row.Step.PerturbationNorm!.Value), 0.7, 1.1);
    }

    [Fact]
    public void Rows_do_not_depend_on_threads()
    {
        FlowParameters few = Small with { Dimension = 64, Networks = 6 };

        Assert.Equal(FlowExperiment.Run(few, AttackScenes.OneThread).Rows, FlowExperiment.Run(few, new() { Threads = 3 }).Rows);
    }

    [Fact]
    public void A_step_length_out_of_range_is_refused() => Assert.Equal(
        "step-length is 2, but must be a number from 0.000001 to 1.",
        Assert.Throws<InvalidParameterException>(() => FlowExperiment.Run(Small with { StepLength = 2 }, AttackScenes.OneThread)).Message);
}
