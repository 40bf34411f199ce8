using OneStep.Attacks;
using OneStep.Data;
using OneStep.Networks;
using OneStep.Tests.References;

namespace OneStep.Tests.Attacks;

public class ContainmentCheckTests
{
    private static readonly FakeScoreFunction Function = new(2, 1);
    private static readonly LabelledInputs Examples = new(new(3, 2, [1, 1, -1, -1, 0, 1]), [1, -1, 1]);

    [Fact]
    public void A_contained_attack_that_wins_is_reported_with_both_sizes()
    {
        AttackResult step = Function.AttackOnce(Examples);
        AttackResult worse = step with
        {
            Examples =
            [
                step.Examples[0] with { PerturbationNorm = step.Examples[0].PerturbationNorm * (1 + 5e-7) },
                step.Examples[1] with { PerturbationNorm = step.Examples[1].PerturbationNorm * (1 + 2e-6) },
                step.Examples[2] with { Status = ExampleStatus.Unverified },
            ],
        };
        double second = step.Examples[1].PerturbationNorm!.Value;
        double third = step.Examples[2].PerturbationNorm!.Value;
        Assert.Equal(
            [new("boundary-walk", "one-step", 1, second * (1 + 2e-6), second), new("boundary-walk", "one-step", 2, null, third)],
            ContainmentCheck.Violations("boundary-walk", worse, "one-step", step));
        Assert.Empty(ContainmentCheck.Violations("one-step", step, "boundary-walk", worse));
    }

    [Fact]
    public void Among_many_results_those_are_compared_that_contain_each_other()
    {
        AttackResult step = Function.AttackOnce(Examples);
        AttackResult longer = step with { Examples = [.. step.Examples.Select(e => e with { PerturbationNorm = 2 * e.PerturbationNorm })] };
        Assert.Equal(
            [0, 1, 2],
            ContainmentCheck.Violations([("deepfool", longer), ("one-step", step), ("boundary-walk", longer)]).Select(violation => violation.Index));
        Assert.Empty(ContainmentCheck.Violations([("deepfool", longer), ("one-step", longer), ("boundary-walk", step)]));
    }

    [Fact]
    public void Results_in_different_norms_or_of_different_inputs_are_not_compared()
    {
        AttackResult step = Function.AttackOnce(Examples);
        Assert.Throws<ArgumentException>(() => ContainmentCheck.Violations("a", step, "b", step with { Norm = NormKind.LInfinity }));
        Assert.Throws<ArgumentException>(() => ContainmentCheck.Violations("a", step, "b", Function.AttackOnce(Examples.Take(2))));
    }

    [Theory]
    [InlineData(10, 3)]
    [InlineData(300, 30)]
    [InlineData(2000, 100)]
    public void The_attacks_keep_what_they_promise(int width, int dimension)
    {
        using TwoLayerNetwork network = NaiveNetwork.Random(width, dimension, seed: width).ToLibrary();
        LabelledInputs examples = network.ToNaive().CorrectInputs(60, seed: 2);
        AttackResult Run(string name, bool polish = false) => network.Attack(AttackMethods.Named(name).Create(new() { Polish = polish }), examples);
        Assert.Empty(ContainmentCheck.Violations([("one-step", Run("one-step")), ("boundary-walk", Run("boundary-walk"))]));
        foreach (string name in (string[])["deepfool", "ddn", "fmn"])
        {
            Assert.Empty(ContainmentCheck.Violations($"polished {name}", Run(name, polish: true), name, Run(name)));
        }
    }
}
