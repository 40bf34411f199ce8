using OneStep.Attacks;
using OneStep.Data;
using OneStep.Experiments;
using OneStep.Tests.Attacks;

namespace OneStep.Tests.Experiments;

public class RobustWarningsTests
{
    [Fact]
    public void A_weaker_attack_that_wins_is_told()
    {
        SmallestFlips weak = new("one-step", [.. Enumerable.Repeat(0.1, 100)]);
        SmallestFlips poor = new("pgd", [.. Enumerable.Range(0, 100).Select(i => i < 2 ? double.PositiveInfinity : 0.1)]);
        SmallestFlips fair = new("pgd", [.. Enumerable.Range(0, 100).Select(i => i < 1 ? 0.2 : 0.1)]);
        string[] warnings = [.. Warnings(poor, weak)];
        Assert.Contains("At ε = 0.15 pgd leaves 2 %, more than the weaker one-step does with 0 %", warnings[0], StringComparison.Ordinal);
        Assert.Contains("At the largest budget, ε = 0.3, pgd leaves 2 %, although one-step flips every input", warnings[1], StringComparison.Ordinal);
        Assert.Empty(Warnings(fair, weak));
    }

    [Fact]
    public void Vanishing_gradients_are_told()
    {
        SmallestFlips all = new("one-step", [0.1, double.PositiveInfinity]);
        ExampleStatus[] statuses = [ExampleStatus.NotFlipped, ExampleStatus.NoDirection];
        string warning = Assert.Single(RobustWarnings.Of([all], all with { Name = "pgd" }, null, new([0.3]), statuses, double.PositiveInfinity));
        Assert.Contains("vanishes at 1 of 2", warning, StringComparison.Ordinal);

        // They hide no other sign.
        SmallestFlips none = new("pgd", [double.PositiveInfinity, double.PositiveInfinity]);
        string[] warnings = [.. RobustWarnings.Of([all], none, null, new([0.3]), statuses, double.PositiveInfinity)];
        Assert.Contains("pgd leaves 50 %, although one-step flips every input", warnings[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Steps_that_do_worse_with_more_room_are_told()
    {
        SmallestFlips weakest = new("one-step", [.. Enumerable.Repeat(0.9, 100)]);
        SmallestFlips clipped = new("pgd in [0, 1]", [.. Enumerable.Repeat(0.1, 100)]);
        SmallestFlips steps = new("pgd", [.. Enumerable.Range(0, 100).Select(i => i < 2 ? 0.29 : 0.1)]);
        string warning = Assert.Single(Warnings(steps, weakest, clipped));
        Assert.Contains("At ε = 0.15 pgd leaves 2 %, more than the weaker pgd in [0, 1] does with 0 %", warning, StringComparison.Ordinal);
        Assert.Empty(Warnings(clipped with { Name = "pgd" }, weakest, steps with { Name = "pgd in [0, 1]" }));
    }

    [Fact]
    public void Steps_that_lead_nowhere_at_a_budget_that_reaches_the_other_class_are_told()
    {
        // Nothing flips everything, but within 0.3 every input can be moved to one of the other class.
        SmallestFlips half = new("one-step", [.. Enumerable.Range(0, 100).Select(i => i < 50 ? 0.1 : double.PositiveInfinity)]);
        Assert.Empty(Warnings(half with { Name = "pgd" }, half, reach: 0.31));
        Assert.Contains("ε = 0.3, pgd leaves 50 %, although within that", Assert.Single(Warnings(half with { Name = "pgd" }, half, reach: 0.3)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_reach_is_the_longest_input_and_the_shortest_of_the_other_prediction()
    {
        // f = g · x with g = (2, 1): predictions +, +, −, and none for the last.
        var function = new FakeScoreFunction(2, 1);
        var examples = new LabelledInputs(new(4, 2, [3, 4, 1, 0, -2, 0, 0, 0]), [1, 1, -1, 1]);
        Assert.Equal(5 + 2, ReachOf(examples), 1e-12);
        Assert.Equal(double.PositiveInfinity, ReachOf(examples.Take(2)));

        double ReachOf(LabelledInputs inputs) =>
            RobustWarnings.ReachOf(ModelClassification.Of(function, Classification.Of(function, inputs, AttackScenes.OneThread)));
    }

    private static IEnumerable<string> Warnings(
        SmallestFlips steps, SmallestFlips weakest, SmallestFlips? clipped = null, double reach = double.PositiveInfinity) =>
        RobustWarnings.Of([weakest], steps, clipped, new([0.05, 0.15, 0.3]), [.. Enumerable.Repeat(ExampleStatus.NotFlipped, 100)], reach);
}
