using OneStep.Networks.Deep;
using OneStep.Numerics;
using OneStep.Tests.References;

namespace OneStep.Tests.Networks.Deep;

/// <summary>Small deep networks, and what they compute as the formula reads.</summary>
internal static class RegionScenes
{
    /// <summary>A network with entries N(0, 2/fan-in), biases N(0, 1)/10.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="hasBias">Whether there are biases.</param>
    /// <param name="widths">The input dimension, the hidden widths, the outputs.</param>
    public static DeepNetwork Random(int seed, bool hasBias, params int[] widths)
    {
        var random = new RandomInputs(seed);
        var layers = new List<PackedWeights>();
        for (int l = 1; l < widths.Length; l++)
        {
            var layer = new PackedWeights(widths[l], widths[l - 1] + (hasBias ? 1 : 0));
            double scale = Math.Sqrt(2.0 / widths[l - 1]);
            for (int s = 0; s < layer.Rows; s++)
            {
                float[] row = [.. random.Gaussian(layer.Columns).Select(w => (float)(scale * w))];
                if (hasBias)
                {
                    row[^1] *= 0.1f;
                }

                layer.SetRow(s, row);
            }

            layers.Add(layer);
        }

        return new(layers, hasBias);
    }

    /// <summary>A network with these rows, layer by layer, without biases.</summary>
    public static DeepNetwork Of(params float[][][] layers) =>
        new([.. layers.Select(rows =>
        {
            var layer = new PackedWeights(rows.Length, rows[0].Length);
            for (int s = 0; s < rows.Length; s++)
            {
                layer.SetRow(s, rows[s]);
            }

            return layer;
        })], hasBias: false);

    /// <summary>The pre-activations of all layers, the last being the outputs.</summary>
    public static double[][] PreActivations(this DeepNetwork network, double[] x)
    {
        var all = new double[network.Layers.Count][];
        double[] h = x;
        for (int l = 0; l < all.Length; l++)
        {
            double[] taken = network.HasBias ? [.. h, 1] : h;
            all[l] = [.. network.Layers[l].ToRows().Select(row => row.Zip(taken, (w, v) => w * v).Sum())];
            h = [.. all[l].Select(z => Math.Max(z, 0))];
        }

        return all;
    }

    /// <summary>The gradient of an output in the input, by the chain rule.</summary>
    public static double[] Gradient(this DeepNetwork network, double[] x, int output)
    {
        double[][] all = network.PreActivations(x);
        double[] signal = [.. all[^1].Select((_, i) => i == output ? 1.0 : 0)];
        for (int l = all.Length - 1; l >= 0; l--)
        {
            double[][] rows = network.Layers[l].ToRows();
            int inputs = l == 0 ? x.Length : all[l - 1].Length;
            signal = [.. Enumerable.Range(0, inputs).Select(k =>
                l > 0 && all[l - 1][k] <= 0 ? 0 : rows.Select((row, s) => row[k] * signal[s]).Sum())];
        }

        return signal;
    }

    /// <summary>A random vector of length 1 as the library stores it.</summary>
    public static double[] UnitInput(int dimension, int seed) =>
        [.. new RandomInputs(seed).Unit(dimension).Select(v => (double)(float)v)];
}
