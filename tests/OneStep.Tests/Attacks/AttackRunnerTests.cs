using OneStep.Attacks;
using OneStep.Data;
using OneStep.Networks;
using OneStep.Numerics;

namespace OneStep.Tests.Attacks;

public class AttackRunnerTests
{
    private static readonly FakeScoreFunction Function = new(2, 1);

    // g · x = 3, −3 and 1; ‖g‖ = √5.
    private static readonly LabelledInputs Examples = new(new(3, 2, [1, 1, -1, -1, 0, 1]), [1, -1, 1]);

    [Fact]
    public void An_attack_within_a_budget_keeps_its_length_and_is_verified_like_any_other()
    {
        Classification classification = Classification.Of(Function, Examples, AttackScenes.OneThread);
        AttackResult result = AttackRunner.Run(new FullStep(), 0.75, Function, classification, AttackScenes.OneThread);
        Assert.Equal("full step within 0.75", result.Attack);

        // 3/√5 is more than the budget, 1/√5 is less.
        Assert.Equal(
            [ExampleStatus.Unverified, ExampleStatus.Unverified, ExampleStatus.Flipped], result.Examples.Select(e => e.Status));
        Assert.All(result.Examples, example => Assert.Equal(0.75, example.PerturbationNorm!.Value, 1e-7));
        Assert.Equal(1 - (0.75 * Math.Sqrt(5)), result.Examples[2].AdversarialScore!.Value, 1e-6);
    }

    [Fact]
    public void No_stored_perturbation_is_longer_than_its_budget_in_float64()
    {
        var random = new Random(3);
        Classification classification = Classification.Of(Function, Examples, AttackScenes.OneThread);
        for (int trial = 0; trial < 200; trial++)
        {
            double budget = 0.5 + random.NextDouble();
            AttackResult result = AttackRunner.Run(new FullStep(), budget, Function, classification, AttackScenes.OneThread);
            Assert.All(result.Examples, example => Assert.InRange(example.PerturbationNorm!.Value, budget * (1 - 1e-6), budget));
            Assert.Equal(ExampleStatus.Flipped, result.Examples[2].Status);
        }
    }

    [Fact]
    public void A_budget_of_zero_flips_nothing()
    {
        Classification classification = Classification.Of(Function, Examples, AttackScenes.OneThread);
        AttackResult result = AttackRunner.Run(new FullStep(), 0, Function, classification, AttackScenes.OneThread);
        Assert.All(result.Examples, example => Assert.Equal(ExampleStatus.Unverified, example.Status));
        Assert.All(result.Perturbations.Data, v => Assert.Equal(0, v));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_budget_that_is_no_length_is_an_error(double budget)
    {
        Classification classification = Classification.Of(Function, Examples, AttackScenes.OneThread);
        var exception = Assert.Throws<InvalidParameterException>(() =>
            AttackRunner.Run(new FullStep(), budget, Function, classification, AttackScenes.OneThread));
        Assert.Equal("budget", exception.Parameter);
    }

    [Fact]
    public void With_nothing_to_attack_every_attack_answers_with_the_classification()
    {
        LabelledInputs wrong = Examples with { Labels = [-1, 1, -1] };
        Classification classification = Classification.Of(Function, wrong, AttackScenes.OneThread);
        Assert.Empty(classification.Attackable);
        foreach (IMinimumNormAttack attack in (IMinimumNormAttack[])[new OneStepAttack(), new BoundaryWalkAttack()])
        {
            AttackResult result = AttackRunner.Run(attack, Function, classification, AttackScenes.OneThread);
            Assert.All(result.Examples, example => Assert.Equal(ExampleStatus.Misclassified, example.Status));
            Assert.Equal(3, result.Perturbations.Rows);
        }
    }

    [Fact]
    public void Rows_stand_where_the_inputs_stood_even_if_some_cannot_be_attacked()
    {
        LabelledInputs mixed = Examples with { Labels = [1, 1, 1] };
        AttackResult result = Function.AttackOnce(mixed);
        Assert.Equal([ExampleStatus.Flipped, ExampleStatus.Misclassified, ExampleStatus.Flipped], result.Examples.Select(e => e.Status));
        Assert.Equal(3 / Math.Sqrt(5), result.Examples[0].PerturbationNorm!.Value, 1e-5);
        Assert.Equal([0, 0], result.Perturbations.Row(1).ToArray());
        Assert.Equal(1 / Math.Sqrt(5), result.Examples[2].PerturbationNorm!.Value, 1e-5);
        Assert.Equal([-3, -3, 1], (double[])[-result.Examples[0].Margin, result.Examples[1].Margin, result.Examples[2].Margin]);
    }

    /// <summary>Steps as far as it may along the gradient, flip or not.</summary>
    private sealed class FullStep : IFixedBudgetAttack
    {
        public string Name => "full step";

        public PerturbationCandidates Search(AttackInputs inputs, IReadOnlyList<double> budgets, AttackExecution execution)
        {
            var directions = new Matrix<float>(inputs.Inputs.Rows, inputs.Inputs.Columns);
            for (int i = 0; i < directions.Rows; i++)
            {
                Vectors.SetUnit(inputs.Gradients.Row(i), -Math.Sign(inputs.Scores[i]), directions.Row(i));
            }

            return new(directions, [.. budgets.Select(budget => new RayCrossing(budget, 0))]);
        }

        public override string ToString() => Name;
    }
}
