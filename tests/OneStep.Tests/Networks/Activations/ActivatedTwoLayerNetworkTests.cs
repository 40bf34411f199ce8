using OneStep.Attacks;
using OneStep.Networks;
using OneStep.Networks.Activations;
using OneStep.Numerics;
using OneStep.Tests.Attacks;
using OneStep.Tests.References;

namespace OneStep.Tests.Networks.Activations;

/// <summary>Scores, gradients, error bounds and flips of networks with smooth activations against plain float64.</summary>
public class ActivatedTwoLayerNetworkTests
{
    public static TheoryData<string> Names => ActivationScenes.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Values_and_slopes_are_those_of_the_formulas(string name)
    {
        Activation activation = ActivationScenes.Activation(name);
        Func<double, double> value = name == "tanh" ? Math.Tanh : NaiveActivatedNetwork.Softplus.Value;
        foreach (double z in Enumerable.Range(-300, 601).Select(i => i / 10.0))
        {
            Assert.Equal(value(z), activation.Value(z), 1e-14);
            Assert.Equal(FiniteDifferences.Derivative(value, z, 1e-5), activation.Slope(z), 1e-8);
        }

        Assert.Equal(activation.SlopeAtInfinity(1), activation.Slope(activation.SettledFrom), 1e-16);
        Assert.Equal(activation.SlopeAtInfinity(-1), activation.Slope(-activation.SettledFrom), 1e-16);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Scores_and_gradients_are_those_of_plain_float64(string name)
    {
        foreach ((int dimension, int width, int count, bool hasBias) in Shapes.Sample().Where(shape => shape.Width < 200 && shape.Count < 20))
        {
            (ActivatedTwoLayerNetwork network, NaiveActivatedNetwork naive) = ActivationScenes.Of(name, NaiveNetwork.Random(width, dimension, seed: 1, hasBias));
            using ActivatedTwoLayerNetwork owned = network;
            Matrix<float> inputs = Shapes.UnitInputs(count, dimension, seed: 2);
            (double[] scores, Matrix<float> gradients) = network.ScoresAndGradients(inputs);
            BoundedScore[] bounded = network.ScoresInDouble(inputs.Widen());
            for (int i = 0; i < count; i++)
            {
                double[] x = inputs.ToRows()[i];
                double exact = naive.Score(x);
                Assert.Equal(exact, scores[i], 1e-12);

                // The reference rounds as much as the library may.
                Assert.InRange(Math.Abs(bounded[i].Value - exact), 0, 2 * bounded[i].ErrorBound);
                Assert.InRange(bounded[i].ErrorBound, 0, 1e-11);
                double[] gradient = naive.Gradient(x);
                Assert.All(Enumerable.Range(0, dimension), k => Assert.Equal(gradient[k], gradients[i, k], 1e-6));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void One_step_flips_and_every_flip_is_verified(string name)
    {
        (ActivatedTwoLayerNetwork network, NaiveActivatedNetwork naive) = ActivationScenes.Of(name, NaiveNetwork.Random(400, 50, seed: 3));
        using ActivatedTwoLayerNetwork owned = network;
        Matrix<float> inputs = Shapes.UnitInputs(30, 50, seed: 4);
        var examples = new OneStep.Data.LabelledInputs(inputs, [.. inputs.ToRows().Select(x => Math.Sign(naive.Score(x)))]);
        AttackResult result = network.AttackOnce(examples);

        Assert.All(result.Examples, example => Assert.Equal(ExampleStatus.Flipped, example.Status));
        for (int i = 0; i < examples.Count; i++)
        {
            Assert.True(examples.Labels[i] * naive.Score(result.Perturbed(examples, i)) < 0);

            // A little less is not enough.
            Assert.True(examples.Labels[i] * naive.Score(result.Perturbed(examples, i, part: 0.99999)) > 0);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Results_do_not_depend_on_the_number_of_threads(string name)
    {
        using ActivatedTwoLayerNetwork network = ActivationScenes.Of(name, NaiveNetwork.Random(100, 9, seed: 5, hasBias: true)).Network;
        Matrix<float> inputs = Shapes.UnitInputs(25, 9, seed: 6);
        (double[] scores, Matrix<float> gradients) = network.ScoresAndGradients(inputs);
        RayBatch steps = network.Steps(inputs);

        Assert.Equal(scores, network.ScoresAndGradients(inputs, threads: 3).Scores);
        Assert.Equal(gradients.Data, network.ScoresAndGradients(inputs, threads: 3).Gradients.Data);
        Assert.Equal(network.ScoresInDouble(inputs.Widen()), network.ScoresInDouble(inputs.Widen(), threads: 3));
        Assert.Equal(network.FirstSignChanges(steps), network.FirstSignChanges(steps, threads: 3));
    }

    [Fact]
    public void Weights_that_no_memory_holds_are_refused()
    {
        using TwoLayerNetwork drawn = Initialization.DrawPanelByPanel(10, 3, InitializationKind.Standard, bias: false, seed: 1);

        Assert.Throws<InvalidOperationException>(() => new ActivatedTwoLayerNetwork(drawn, Activation.Tanh));
    }
}
