using OneStep.Attacks;
using OneStep.Data;
using OneStep.Networks;

namespace OneStep.Tests.Attacks;

public class NormKindTests
{
    private static readonly FakeScoreFunction Function = new(2, 1, 0);
    private static readonly LabelledInputs Examples = new(new(2, 3, [1, 1, 0.5f, 0, -1, 1]), [1, -1]);

    [Fact]
    public void Sizes_are_those_of_the_definitions_at_any_dimension()
    {
        var random = new Random(1);
        foreach (int dimension in (int[])[1, 7, 8, 15, 16, 17, 33, 100])
        {
            float[] vector = [.. Enumerable.Range(0, dimension).Select(k => k % 3 == 1 ? 0 : random.NextSingle() - 0.5f)];
            Assert.Equal(Math.Sqrt(vector.Sum(v => (double)v * v)), NormKind.L2.Of(vector), 1e-12);
            Assert.Equal(vector.Max(Math.Abs), NormKind.LInfinity.Of(vector));
            Assert.Equal(vector.Count(v => v != 0), NormKind.L0.Of(vector));
            Assert.Equal(vector.Sum(v => Math.Abs((double)v)), NormKind.LInfinity.DualOf(vector), 1e-12);
            Assert.Equal(NormKind.L2.Of(vector), NormKind.L2.DualOf(vector));
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => NormKind.L0.DualOf([1]));
    }

    [Fact]
    public void Results_say_how_much_and_how_many_coordinates_change()
    {
        AttackResult result = Function.AttackOnce(Examples);
        Assert.Equal(NormKind.L2, result.Norm);
        foreach (AttackedExample example in result.Examples)
        {
            float[] perturbation = result.Perturbations.Row(example.Index).ToArray();
            Assert.Equal(perturbation.Max(Math.Abs), example.MaximumChange);
            Assert.Equal(2, example.ChangedCoordinates);
            Assert.Equal(example.PerturbationNorm, example.SizeIn(NormKind.L2));
            Assert.Equal(example.MaximumChange, example.SizeIn(NormKind.LInfinity));
            Assert.Equal(example.ChangedCoordinates, example.SizeIn(NormKind.L0));
            Assert.Null(example.Steps);
            Assert.Null(example.PathLength);
        }
    }

    [Fact]
    public void An_input_without_a_perturbation_has_no_size()
    {
        AttackedExample example = Function.AttackOnce(Examples with { Labels = [-1, -1] }).Examples[0];
        Assert.Equal(ExampleStatus.Misclassified, example.Status);
        Assert.All(Enum.GetValues<NormKind>(), norm => Assert.Null(example.SizeIn(norm)));
    }

    [Fact]
    public void A_path_that_the_search_reports_stands_in_the_result()
    {
        AttackResult result = Function.Attack(new Wanderer(), Examples);
        Assert.Equal([7, null], result.Examples.Select(e => e.Steps));
        Assert.Equal([12.5, null], result.Examples.Select(e => e.PathLength));
    }

    [Theory]
    [InlineData(1e-3)]
    [InlineData(0.1)]
    [InlineData(0.3)]
    [InlineData(1.0 / 3)]
    [InlineData(7)]
    public void A_largest_change_is_within_its_budget_without_any_tolerance(double budget)
    {
        var random = new Random(5);
        foreach (bool clip in (bool[])[false, true])
        {
            var region = new PerturbationRegion(budget, clip, NormKind.LInfinity);
            for (int trial = 0; trial < 300; trial++)
            {
                float[] x = [.. Enumerable.Range(0, 37).Select(k => k % 2 == 0 ? 0 : random.NextSingle())];
                float[] before = [.. Enumerable.Range(0, 37).Select(_ => (random.NextSingle() - 0.5f) * 4)];
                float[] delta = [.. before];
                region.Project(x, delta);
                for (int k = 0; k < x.Length; k++)
                {
                    Assert.True(Math.Abs((double)delta[k]) <= budget);
                    Assert.True(!clip || (double)x[k] + delta[k] is >= 0 and <= 1);
                    double nearest = Math.Clamp(before[k], -budget, budget);
                    Assert.Equal(clip ? Math.Clamp(nearest, -x[k], 1 - (double)x[k]) : nearest, delta[k], 1e-6);
                }
            }
        }
    }

    [Fact]
    public void A_budget_is_checked_in_the_norm_of_the_attack()
    {
        Classification classification = Classification.Of(Function, Examples, AttackScenes.OneThread);
        foreach ((NormKind norm, float[] shape) in ((NormKind, float[])[])[(NormKind.L2, [0.6f, 0.8f, 0]), (NormKind.LInfinity, [1, -1, 1]), (NormKind.L0, [3, -5, 0])])
        {
            double budget = norm == NormKind.L0 ? 2 : 0.1;
            double size = norm == NormKind.L0 ? 1 : budget;
            AttackResult result = AttackRunner.Run(new Fixed(norm, shape, size), budget, Function, classification, AttackScenes.OneThread);
            Assert.All(result.Examples, example => Assert.InRange(example.SizeIn(norm)!.Value, budget * (1 - 1e-6), budget));
            Assert.Throws<InvalidOperationException>(
                () => AttackRunner.Run(new Fixed(norm, [1, 1, 1], 1.01 * size), budget, Function, classification, AttackScenes.OneThread));
        }
    }

    /// <summary>Says how it came to the first perturbation, and of the second nothing.</summary>
    private sealed class Wanderer : IMinimumNormAttack
    {
        public string Name => "wanderer";

        public PerturbationCandidates Search(AttackInputs inputs, AttackExecution execution) =>
            new OneStepAttack().Search(inputs, execution) with { Paths = [new(7, 12.5), null] };
    }

    /// <summary>One perturbation for all.</summary>
    private sealed class Fixed(NormKind norm, float[] shape, double length) : IFixedBudgetAttack
    {
        public string Name => "fixed";

        public NormKind Norm => norm;

        public PerturbationCandidates Search(AttackInputs inputs, IReadOnlyList<double> budgets, AttackExecution execution) =>
            new(new(inputs.Inputs.Rows, shape.Length, [.. inputs.Scores.SelectMany(_ => shape)]), [.. inputs.Scores.Select(_ => new RayCrossing(length, 0))]);
    }
}
