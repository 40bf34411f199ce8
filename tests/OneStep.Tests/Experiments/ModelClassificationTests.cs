using OneStep.Attacks;
using OneStep.Data;
using OneStep.Experiments;

namespace OneStep.Tests.Experiments;

public class ModelClassificationTests
{
    private static readonly AttackExecution OneThread = new() { Threads = 1 };

    [Fact]
    public void Inputs_of_many_classes_are_attacked_with_their_own_margin_and_told_in_their_order()
    {
        using var model = new LinearClassModel([3, 4], [-1, 0], [0, -2]);
        var examples = new LabelledInputs(new(5, 2, [-2, 0, 1, 1, 0, -3, 0, 1, -4, 1]), [1, 0, 2, 2, 1]);

        ModelClassification inputs = ModelClassification.Of(model, examples, OneThread);
        AttackResult found = inputs.Run(new OneStepAttack(), OneThread);

        Assert.Equal([0, 1, 2, 3, 4], found.Examples.Select(e => e.Index));
        Assert.Equal(
            [ExampleStatus.Flipped, ExampleStatus.Flipped, ExampleStatus.Flipped, ExampleStatus.Misclassified, ExampleStatus.Flipped],
            found.Examples.Select(e => e.Status));
        Assert.Equal([2, 7, 6, -2, 4], found.Examples.Select(e => e.Margin));

        // The distance to the line of each margin: |g · x|/‖g‖.
        Assert.Equal([2, 1.4, 3, 4], found.Examples.Where(e => e.PerturbationNorm is not null).Select(e => e.PerturbationNorm!.Value), (a, b) => Math.Abs(a - b) < 1e-5);
        Assert.Equal([2f, 0f], found.Perturbations.Row(0).ToArray(), (a, b) => Math.Abs(a - b) < 1e-5);
        Assert.Equal(4, inputs.AttackableCount);
        Assert.Equal([1, 0, 2, null, 1], Enumerable.Range(0, 5).Select(inputs.PredictionOf));
    }

    [Fact]
    public void Progress_counts_the_inputs_of_all_classes_together()
    {
        using var model = new LinearClassModel([1, 0], [1, 0], [1, 0]);
        var examples = new LabelledInputs(new(6, 2, [1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0]), [0, 1, 2, 0, 1, 2]);
        List<AttackProgress> told = [];

        ModelClassification.Of(model, examples, OneThread).Run(new OneStepAttack(), OneThread with { Progress = new SynchronousProgress<AttackProgress>(told.Add) });

        Assert.All(told, progress => Assert.Equal(6, progress.Total));
        Assert.Equal(6, told.Max(progress => progress.Finished));
    }

    [Fact]
    public void A_verified_flip_that_single_precision_takes_back_is_told_by_the_best_other_class()
    {
        using var model = new LinearClassModel([2, 0], [0, 1], [1, 0]);
        var flipped = new AttackedExample { Index = 0, Label = 1, Status = ExampleStatus.Flipped, Score = 1, InputNorm = 1, GradientNorm = 1 };

        Assert.Equal((0, 2), Labels(flipped));
        Assert.Equal((0, 0), Labels(flipped with { Status = ExampleStatus.NotFlipped }));

        (int?, int?) Labels(AttackedExample example)
        {
            (Prediction before, Prediction after) = Predictions.Of(model, example, [1, 0], [1, 0.5f]);
            return (before.Label, after.Label);
        }
    }

    [Fact]
    public void The_softmax_says_how_sure_a_model_of_many_classes_is()
    {
        Prediction said = Predictions.OfOutputs([0, Math.Log(3), 0]);
        Assert.Equal(1, said.Label);
        Assert.Equal(0.6, said.Confidence, 12);
        Assert.Null(Predictions.OfOutputs([2, 1, 2]).Label);
        Assert.Equal(2, Predictions.OfOutputs([1, 1, 2]).Label);
    }
}
