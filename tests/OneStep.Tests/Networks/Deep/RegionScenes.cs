using OneStep.Networks.Deep;
using OneStep.Tests.References;

namespace OneStep.Tests.Networks.Deep;

/// <summary>Small deep networks whose linear regions are walked through.</summary>
internal static class RegionScenes
{
    /// <summary>A random network.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="hasBias">Whether there are biases.</param>
    /// <param name="widths">The input dimension, the hidden widths, the outputs.</param>
    public static DeepNetwork Random(int seed, bool hasBias, params int[] widths) => NaiveDeepNetwork.Random(widths, hasBias, seed).ToLibrary();

    /// <summary>A network with these rows, layer by layer, without biases.</summary>
    public static DeepNetwork Of(params double[][][] layers) => new NaiveDeepNetwork(layers, hasBias: false).ToLibrary();

    /// <summary>The pre-activations of all layers as the formula reads, the last being the outputs.</summary>
    public static double[][] PreActivations(this DeepNetwork network, double[] x)
    {
        NaiveDeepNetwork naive = network.ToNaive();
        var all = new double[naive.Layers.Length][];
        for (int l = 0; l < all.Length; l++)
        {
            all[l] = naive.PreActivations(l, l == 0 ? x : Array.ConvertAll(all[l - 1], z => Math.Max(z, 0)));
        }

        return all;
    }

    /// <summary>A random vector of length 1 as the library stores it.</summary>
    public static double[] UnitInput(int dimension, int seed) =>
        [.. new RandomInputs(seed).Unit(dimension).Select(v => (double)(float)v)];
}
