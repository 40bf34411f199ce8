using OneStep.Attacks;
using OneStep.Networks;
using OneStep.Networks.Deep;
using OneStep.Numerics;
using OneStep.Tests.Networks;
using OneStep.Tests.References;

namespace OneStep.Tests.Attacks;

public class ClassificationTests
{
    private const int Count = 40;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void What_single_precision_cannot_hold_is_decided_in_double_and_not_attacked(int outputs)
    {
        // Finite weights, whose products overflow float32 in the second layer: scores and gradients are infinite or no numbers.
        NaiveDeepNetwork plain = NaiveDeepNetwork.Random([6, 9, 7, outputs], hasBias: false, seed: 3);
        NaiveDeepNetwork huge = new([.. plain.Layers.Select(layer => layer.Select(row => Array.ConvertAll(row, w => (double)(float)(1e30 * w))).ToArray())], hasBias: false);
        using DeepNetwork network = huge.ToLibrary();
        IScoreFunction function = outputs == 1 ? new DeepScore(network) : new ClassMargin(network, 1);
        Matrix<float> inputs = Shapes.UnitInputs(Count, 6, seed: 4);
        double[] exact = [.. Enumerable.Range(0, Count).Select(i =>
            huge.Margin([.. inputs.Row(i).ToArray().Select(x => (double)x)], outputs == 1 ? 0 : 1, outputs == 1 ? [] : [0, 2]))];

        // Every other label is the wrong one.
        int[] labels = [.. exact.Select((score, i) => i % 2 == 0 ? Math.Sign(score) : -Math.Sign(score))];
        Classification classification = Classification.Of(function, new(inputs, labels), new());
        for (int i = 0; i < Count; i++)
        {
            Assert.Equal(i % 2 == 0 ? ExampleStatus.NoDirection : ExampleStatus.Misclassified, classification.Statuses[i]);
            Assert.InRange(classification.Scores[i] / exact[i], 1 - 1e-9, 1 + 1e-9);
        }

        Assert.All(AttackMethods.All, method => Assert.DoesNotContain(
            AttackRunner.Run(method.Create(), function, classification, new()).Examples, example => example.Status is ExampleStatus.Flipped or ExampleStatus.NotFlipped));
    }

    [Fact]
    public void Labels_of_more_than_two_classes_are_refused()
    {
        using TwoLayerNetwork network = Shapes.Gaussian(8, 4, seed: 1);
        ArgumentException refusal = Assert.Throws<ArgumentException>(() => Classification.Of(network, new(Shapes.UnitInputs(3, 4, seed: 2), [1, -1, 2]), new()));
        Assert.StartsWith("Label 2 of example 2 is none of -1 and 1.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_ray_along_which_numbers_overflow_has_no_crossing()
    {
        NaiveDeepNetwork naive = NaiveDeepNetwork.Random([4, 8, 8, 2], hasBias: true, seed: 5);
        using DeepNetwork network = naive.ToLibrary();
        var function = new ClassMargin(network, 0);
        var inputs = new Matrix<float>(2, 4);
        inputs.Data.AsSpan(0, 4).Fill(float.MaxValue);
        Matrix<float> directions = Shapes.UnitInputs(2, 4, seed: 6);
        RayCrossing[] crossings = new RayCrossing[2];
        using ScoreWorkspace workspace = function.CreateWorkspace(1);
        function.FirstSignChanges(new(inputs, directions), crossings, workspace, CancellationToken.None);
        Assert.False(crossings[0].Exists);
    }
}
