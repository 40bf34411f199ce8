using OneStep.Attacks;
using OneStep.Data;
using OneStep.Networks;
using OneStep.Tests.References;

namespace OneStep.Tests.Attacks;

/// <summary>Every status, on networks small enough to be worked out by hand.</summary>
public class StatusTests
{
    // f(x) = (relu(x1) − relu(x2))/√2.
    private static readonly NaiveNetwork Difference = new([[1, 0], [0, 1]], [1, -1]);

    [Fact]
    public void An_input_on_the_right_side_is_flipped_where_its_ray_meets_the_boundary()
    {
        (AttackedExample example, float[] perturbation) = Attack(Difference, [2, 1], label: 1);
        Assert.Equal(ExampleStatus.Flipped, example.Status);
        Assert.Equal(1 / Math.Sqrt(2), example.Score, 1e-15);
        Assert.Equal(1 / Math.Sqrt(2), example.Margin, 1e-15);
        Assert.Equal(Math.Sqrt(5), example.InputNorm, 1e-15);
        Assert.Equal(1, example.GradientNorm, 1e-6);
        Assert.Equal(1 / Math.Sqrt(2), example.PerturbationNorm!.Value, 1e-6);
        Assert.Equal(Math.Sqrt(0.1), example.RelativePerturbationNorm!.Value, 1e-6);
        Assert.Equal(1 / Math.Sqrt(2), example.StepSize!.Value, 1e-6);
        Assert.InRange(example.AdversarialScore!.Value, -1e-5, -1e-16);
        Assert.Equal([-0.5, 0.5], perturbation.Select(v => Math.Round(v, 5)));
    }

    [Fact]
    public void The_other_label_is_flipped_the_other_way()
    {
        (AttackedExample example, float[] perturbation) = Attack(Difference, [1, 2], label: -1);
        Assert.Equal(ExampleStatus.Flipped, example.Status);
        Assert.Equal(1 / Math.Sqrt(2), example.Margin, 1e-15);
        Assert.True(example.AdversarialScore > 0);
        Assert.Equal([0.5, -0.5], perturbation.Select(v => Math.Round(v, 5)));
    }

    [Fact]
    public void An_input_on_the_wrong_side_is_misclassified_and_left_alone()
    {
        (AttackedExample example, float[] perturbation) = Attack(Difference, [2, 1], label: -1);
        AssertLeftAlone(ExampleStatus.Misclassified, example, perturbation);
        Assert.Equal(-1 / Math.Sqrt(2), example.Margin, 1e-15);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(-1, -2)]
    public void An_input_whose_score_is_zero_has_no_label(double first, double second)
    {
        foreach (int label in (int[])[1, -1])
        {
            (AttackedExample example, float[] perturbation) = Attack(Difference, [first, second], label);
            AssertLeftAlone(ExampleStatus.NoLabel, example, perturbation);
        }
    }

    [Fact]
    public void An_input_whose_gradient_is_zero_has_no_direction()
    {
        // Only a bias speaks: f = 1 everywhere.
        (AttackedExample example, float[] perturbation) = Attack(new([[0, 0, 1]], [1], hasBias: true), [2, 1], label: 1);
        AssertLeftAlone(ExampleStatus.NoDirection, example, perturbation);
        Assert.Equal(1, example.Score);
        Assert.Equal(0, example.GradientNorm);
    }

    [Fact]
    public void An_input_whose_ray_only_touches_zero_is_not_flipped()
    {
        // f = relu(x1) falls to zero and stays there.
        (AttackedExample example, float[] perturbation) = Attack(new([[1, 0]], [1]), [2, 1], label: 1);
        AssertLeftAlone(ExampleStatus.NotFlipped, example, perturbation);
    }

    [Fact]
    public void A_flip_behind_a_kink_is_found_where_it_is()
    {
        // f = (relu(x1) − relu(−x1 + x2))/√2 at (1, 0): zero from x1 = 0 on would be a touch, but the second neuron wakes first.
        var network = new NaiveNetwork([[1, 0], [-1, 0.5]], [1, -1]);
        (AttackedExample example, _) = Attack(network, [1, 1], label: 1);
        Assert.Equal(ExampleStatus.Flipped, example.Status);
        Assert.Equal(0.75, example.PerturbationNorm!.Value, 1e-6);
    }

    [Fact]
    public void Each_row_of_a_batch_gets_its_own_status()
    {
        using TwoLayerNetwork network = Difference.ToLibrary();
        double[][] inputs = [[2, 1], [2, 1], [1, 1], [3, -1]];
        AttackResult result = network.AttackOnce(new LabelledInputs(inputs.ToMatrix(), [-1, 1, 1, 1]));
        Assert.Equal(
            [ExampleStatus.Misclassified, ExampleStatus.Flipped, ExampleStatus.NoLabel, ExampleStatus.NotFlipped],
            result.Examples.Select(e => e.Status));
        Assert.Equal([0, 1, 2, 3], result.Examples.Select(e => e.Index));
        Assert.Equal("one-step", result.Attack);
    }

    private static (AttackedExample Example, float[] Perturbation) Attack(NaiveNetwork naive, double[] x, int label)
    {
        using TwoLayerNetwork network = naive.ToLibrary();
        double[][] inputs = [x];
        AttackResult result = network.AttackOnce(new LabelledInputs(inputs.ToMatrix(), [label]));
        return (Assert.Single(result.Examples), result.Perturbations.Data);
    }

    private static void AssertLeftAlone(ExampleStatus status, AttackedExample example, float[] perturbation)
    {
        Assert.Equal(status, example.Status);
        Assert.Null(example.PerturbationNorm);
        Assert.Null(example.RelativePerturbationNorm);
        Assert.Null(example.StepSize);
        Assert.Null(example.AdversarialScore);
        Assert.All(perturbation, v => Assert.Equal(0, v));
    }
}
