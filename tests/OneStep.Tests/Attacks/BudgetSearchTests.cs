using OneStep.Attacks;
using OneStep.Data;
using OneStep.Networks;
using OneStep.Numerics;

namespace OneStep.Tests.Attacks;

public class BudgetSearchTests
{
    private static readonly FakeScoreFunction Function = new(2, 1);

    // ‖g‖ = √5: first-order lengths 3/√5, 3/√5 and 1/√5.
    private static readonly LabelledInputs Examples = new(new(3, 2, [1, 1, -1, -1, 0, 1]), [1, -1, 1]);

    [Theory]
    [InlineData(0.01)]
    [InlineData(0.2)]
    [InlineData(1e-5)]
    public void The_smallest_budget_is_bracketed_for_every_input_on_its_own(double tolerance)
    {
        foreach (double factor in (double[])[0.01, 0.7, 1, 1.1, 3.3, 1000])
        {
            var attack = new Threshold(factor);
            AttackResult result = Function.Attack(new BudgetSearch(attack) { RelativeTolerance = tolerance }, Examples);
            foreach (AttackedExample example in result.Examples)
            {
                double smallest = factor * Math.Abs(example.Score) / Math.Sqrt(5);

                // What does not flip, whatever the attack says, is lengthened a little in vain.
                double lengthened = factor < 1 ? 1.001 : 1;
                Assert.InRange(example.PerturbationNorm!.Value / smallest, lengthened * (1 - 1e-6), lengthened * (1 + tolerance + 1e-6));
                Assert.Equal(factor < 1 ? ExampleStatus.Unverified : ExampleStatus.Flipped, example.Status);
            }
        }
    }

    [Fact]
    public void Inputs_that_are_finished_are_not_attacked_again()
    {
        var attack = new Threshold(1);
        Function.Attack(new BudgetSearch(attack), Examples);
        int[] rounds = [.. attack.Rounds];
        Assert.Equal(3, rounds[0]);
        Assert.All(rounds.Zip(rounds.Skip(1)), pair => Assert.True(pair.Second <= pair.First));
        Assert.InRange(rounds.Length, 5, 12);
    }

    [Fact]
    public void Where_no_budget_flips_nothing_is_found()
    {
        AttackResult result = Function.Attack(new BudgetSearch(new Threshold(double.PositiveInfinity)), Examples);
        Assert.All(result.Examples, example => Assert.Equal(ExampleStatus.NotFlipped, example.Status));
    }

    [Fact]
    public void A_perturbation_that_is_smaller_than_its_budget_is_taken_at_its_own_size()
    {
        // The single step within a budget stops at the boundary: the first flip has the smallest size already.
        AttackResult result = Function.Attack(new BudgetSearch(new OneStepWithinBudget()), Examples);
        AttackResult step = Function.AttackOnce(Examples);
        Assert.All(step.Examples.Zip(result.Examples), pair => Assert.Equal(1, pair.Second.PerturbationNorm!.Value / pair.First.PerturbationNorm!.Value, 1e-6));
    }

    /// <summary>Flips with a budget from a multiple of the first-order length on, and then uses all of it.</summary>
    private sealed class Threshold(double factor) : IFixedBudgetAttack
    {
        public string Name => "threshold";

        public List<int> Rounds { get; } = [];

        public PerturbationCandidates Search(AttackInputs inputs, IReadOnlyList<double> budgets, AttackExecution execution)
        {
            Rounds.Add(budgets.Count);
            var directions = new Matrix<float>(inputs.Inputs.Rows, inputs.Inputs.Columns);
            RayCrossing[] crossings = new RayCrossing[directions.Rows];
            for (int i = 0; i < directions.Rows; i++)
            {
                double norm = Vectors.SetUnit(inputs.Gradients.Row(i), -Math.Sign(inputs.Scores[i]), directions.Row(i));
                bool flips = budgets[i] >= factor * Math.Abs(inputs.Scores[i]) / norm * (1 - 1e-12);
                crossings[i] = flips ? new(budgets[i], 0) : RayCrossing.None;
            }

            return new(directions, crossings);
        }
    }
}
