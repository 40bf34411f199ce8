using OneStep.Attacks;
using OneStep.Data;
using OneStep.Experiments.RandomNetworks;
using OneStep.Networks;
using OneStep.Networks.Activations;
using OneStep.Numerics;
using OneStep.Tests.Attacks;
using OneStep.Tests.References;

namespace OneStep.Tests.Experiments.RandomNetworks;

/// <summary>The two scalings of random two-layer networks are one.</summary>
public class InputConventionTests
{
    // √d is a power of two, so that float32 scales without rounding.
    private const int Dimension = 64;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_same_network_in_either_convention_has_the_same_scores_and_scaled_steps(bool isSmooth)
    {
        InputConvention other = InputConvention.RootDimension;
        NaiveNetwork unit = NaiveNetwork.Random(300, Dimension, seed: 1);
        var scaled = new NaiveNetwork([.. unit.Weights.Select(row => Array.ConvertAll(row, w => (float)w * other.WeightDeviation(Dimension)))], unit.Signs);
        Matrix<float> inputs = SphereInputs.Draw(10, Dimension, InputConvention.Unit.InputNorm(Dimension), seed: 2);
        Matrix<float> scaledInputs = SphereInputs.Draw(10, Dimension, other.InputNorm(Dimension), seed: 2);
        AttackedExample[] first = Attack(unit, inputs, isSmooth);
        AttackedExample[] second = Attack(scaled, scaledInputs, isSmooth);

        for (int i = 0; i < first.Length; i++)
        {
            StepMeasurement expected = other.FromUnit(Measurement(first[i]), Dimension);
            StepMeasurement found = Measurement(second[i]);
            Assert.Equal(first[i].Score, second[i].Score, 1e-6);
            Assert.Equal(1, found.PerturbationNorm / expected.PerturbationNorm, 1e-5);
            Assert.Equal(1, found.GradientNorm / expected.GradientNorm, 1e-5);
            Assert.Equal(1, found.StepSize / expected.StepSize, 1e-5);
        }
    }

    [Fact]
    public void Lengths_scale_by_the_root_of_the_dimension_gradients_against_it_and_steps_by_the_dimension()
    {
        var step = new StepMeasurement(0.08, 7, 0.08 / 7);

        Assert.Equal(new(0.8, 0.7, 100 * (0.08 / 7)), InputConvention.RootDimension.FromUnit(step, 100));
        Assert.Equal(step, InputConvention.Unit.FromUnit(step, 100));
    }

    [Fact]
    public void Converting_there_and_back_changes_nothing()
    {
        var step = new StepMeasurement(0.3, 1.7, 0.3 / 1.7);

        Assert.Equal(step, InputConvention.RootDimension.ToUnit(InputConvention.RootDimension.FromUnit(step, Dimension), Dimension));
    }

    private static StepMeasurement Measurement(AttackedExample example) =>
        new(example.PerturbationNorm!.Value, example.GradientNorm, example.StepSize!.Value);

    private static AttackedExample[] Attack(NaiveNetwork layers, Matrix<float> inputs, bool isSmooth)
    {
        TwoLayerNetwork network = layers.ToLibrary();
        using var activated = new ActivatedTwoLayerNetwork(network, Activation.Tanh);
        IScoreFunction function = isSmooth ? activated : network;
        return [.. Enumerable.Range(0, inputs.Rows).Select(i => AttackRunner.Run(
            new OneStepAttack(), function, SingleInput.Classify(function, inputs.RowRange(i, 1), AttackScenes.OneThread), AttackScenes.OneThread).Examples[0])];
    }
}
