using OneStep.Numerics;
using OneStep.Numerics.Randomness;

namespace OneStep.Networks.Deep;

/// <summary>Draws deep networks (docs/mathematics.md §15, "Random numbers"): every layer from a stream of its own.</summary>
public static class DeepInitialization
{
    private const int MaximumLayers = 1000;

    /// <summary>Draws a network. A row of a layer is the same for every width of the other layers but for its scale, and its
    /// first entries are the same for every fan-in.</summary>
    /// <param name="widths">The input dimension, the hidden widths, the number of outputs: at least two numbers from 1 on.</param>
    /// <param name="bias">Whether the layers have biases.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="scheme">The variances.</param>
    /// <exception cref="InvalidParameterException">There are too few or too many widths, or one is below 1.</exception>
    public static DeepNetwork Draw(IReadOnlyList<int> widths, bool bias, ulong seed, DeepInitializationScheme scheme)
    {
        ArgumentNullException.ThrowIfNull(widths);
        InvalidParameterException.Require(
            widths.Count is >= 2 and <= MaximumLayers + 1, nameof(widths), $"a list of {widths.Count}", $"a list of 2 to {MaximumLayers + 1} numbers");
        foreach (int width in widths)
        {
            InvalidParameterException.Require(width >= 1, nameof(widths), width, "integers from 1 on");
        }

        var layers = new List<PackedWeights>();
        try
        {
            for (int l = 0; l + 1 < widths.Count; l++)
            {
                layers.Add(new(widths[l + 1], widths[l] + (bias ? 1 : 0)));
                Fill(layers[l], l, isLast: l + 2 == widths.Count, widths[l], bias, seed, scheme);
            }

            return new(layers, bias);
        }
        catch
        {
            layers.ForEach(layer => layer.Dispose());
            throw;
        }
    }

    private static void Fill(PackedWeights layer, int index, bool isLast, int fanIn, bool bias, ulong seed, DeepInitializationScheme scheme)
    {
        double variance = (scheme == DeepInitializationScheme.He && !isLast ? 2.0 : 1.0) / fanIn;
        double deviation = Math.Sqrt(variance);
        var weights = new RandomStream(seed, RandomPurpose.DeepWeights + index);
        var biases = new RandomStream(seed, RandomPurpose.DeepBiases + index);
        bool drawsBiases = bias && scheme == DeepInitializationScheme.FanInWithBiases;
        float[] row = new float[layer.Columns];
        for (int s = 0; s < layer.Rows; s++)
        {
            weights.Gaussians(s, row.AsSpan(0, fanIn));
            if (drawsBiases)
            {
                biases.Gaussians(s, row.AsSpan(fanIn));
            }

            foreach (ref float value in row.AsSpan())
            {
                value = (float)(deviation * value);
            }

            layer.SetRow(s, row);
        }
    }
}
