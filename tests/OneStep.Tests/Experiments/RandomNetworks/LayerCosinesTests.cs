using OneStep.Experiments.RandomNetworks;
using OneStep.Networks.Deep;
using OneStep.Numerics;
using OneStep.Tests.Networks;
using OneStep.Tests.References;

namespace OneStep.Tests.Experiments.RandomNetworks;

/// <summary>How alike layers make two inputs: against plain float64, and against the limit of infinite width.</summary>
public class LayerCosinesTests
{
    [Fact]
    public void Cosines_are_those_of_the_activations_in_plain_float64()
    {
        int[] widths = [7, 20, 33, 5, 1];
        using DeepNetwork network = DeepInitialization.Draw(widths, bias: false, seed: 1, DeepInitializationScheme.FanIn);
        NaiveDeepNetwork naive = network.ToNaive();
        Matrix<float> inputs = Shapes.UnitInputs(2, 7, seed: 2);
        IReadOnlyList<double?> cosines = LayerCosines.Of(network, inputs.Row(0), inputs.Row(1));
        (double[] h, double[] other) = (inputs.ToRows()[0], inputs.ToRows()[1]);

        Assert.Equal(4, cosines.Count);
        for (int l = 0; l < cosines.Count; l++)
        {
            Assert.Equal(Dot(h, other) / Math.Sqrt(Dot(h, h) * Dot(other, other)), cosines[l]!.Value, 1e-12);
            h = [.. naive.PreActivations(l, h).Select(z => Math.Max(0, z))];
            other = [.. naive.PreActivations(l, other).Select(z => Math.Max(0, z))];
        }
    }

    [Fact]
    public void A_layer_without_an_active_neuron_has_no_cosine()
    {
        using DeepNetwork network = new NaiveDeepNetwork([[[1.0]], [[1.0]]], hasBias: false).ToLibrary();

        Assert.Equal([-1, null], LayerCosines.Of(network, [1f], [-1f]));
    }

    [Fact]
    public void The_limit_rises_to_one()
    {
        IReadOnlyList<double> cosines = LayerCosines.InTheLimit(0, 400);

        Assert.Equal(1 / Math.PI, cosines[1], 1e-15);
        Assert.All(cosines.Zip(cosines.Skip(1)), pair => Assert.True(pair.Second > pair.First));

        // 1 − ρ_l falls like 9π²/(2 l²).
        Assert.InRange((1 - cosines[400]) * 400 * 400 / (4.5 * Math.PI * Math.PI), 0.9, 1.1);
        Assert.All(LayerCosines.InTheLimit(1, 5), cosine => Assert.Equal(1, cosine));
    }

    [Fact]
    public void Wide_networks_follow_the_limit()
    {
        const int Depth = 6;
        using DeepNetwork network = DeepInitialization.Draw(
            [30, .. Enumerable.Repeat(1500, Depth), 1], bias: false, seed: 3, DeepInitializationScheme.FanIn);
        Matrix<float> inputs = Shapes.UnitInputs(2, 30, seed: 4);
        IReadOnlyList<double?> cosines = LayerCosines.Of(network, inputs.Row(0), inputs.Row(1));
        IReadOnlyList<double> limit = LayerCosines.InTheLimit(cosines[0]!.Value, Depth);

        // Each layer adds an error of some 1500^{-1/2} = .026, which later layers shrink.
        Assert.All(Enumerable.Range(0, Depth + 1), l => Assert.Equal(limit[l], cosines[l]!.Value, 0.08));
    }

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();
}
