using OneStep.Networks.Deep;
using OneStep.TangentKernel;

namespace OneStep.Experiments.RandomNetworks;

/// <summary>
/// How alike a network's layers make two inputs: the cosine of the angle between their activations, which tends to 1 with depth,
/// so that the network becomes constant in direction (docs/mathematics.md §19).
/// </summary>
public static class LayerCosines
{
    /// <summary>The cosines of two inputs and of their activations in every hidden layer.</summary>
    /// <param name="network">The network.</param>
    /// <param name="x">One input, [d].</param>
    /// <param name="other">Another, [d].</param>
    /// <returns>[1 + hidden layers], from the inputs on; null from the layer on in which either has no active neuron.</returns>
    public static IReadOnlyList<double?> Of(DeepNetwork network, ReadOnlySpan<float> x, ReadOnlySpan<float> other)
    {
        ArgumentNullException.ThrowIfNull(network);
        double[] h = Widen(network, x);
        double[] otherH = Widen(network, other);
        int length = network.InputDimension;
        double?[] cosines = new double?[network.Layers.Count];
        for (int l = 0; l < network.Layers.Count; l++)
        {
            if (l > 0)
            {
                length = network.Layers[l - 1].Rows;
                h = Next(network, l - 1, h);
                otherH = Next(network, l - 1, otherH);
            }

            cosines[l] = Cosine(h.AsSpan(0, length), otherH.AsSpan(0, length));
        }

        return cosines;
    }

    /// <summary>The cosines in the limit of infinite width: ρ ↦ κ₁(ρ) = (√(1 − ρ²) + ρ(π − arccos ρ))/π a layer [CS09].</summary>
    /// <param name="cosine">The cosine of the inputs, −1 to 1.</param>
    /// <param name="layers">How many hidden layers.</param>
    /// <returns>[1 + layers], from the inputs on.</returns>
    public static IReadOnlyList<double> InTheLimit(double cosine, int layers)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(layers);
        double[] cosines = new double[layers + 1];
        LayerAngle angle = LayerAngle.OfCosine(cosine);
        for (int l = 0; l <= layers; l++)
        {
            cosines[l] = angle.Cosine;
            angle = angle.Next();
        }

        return cosines;
    }

    private static double[] Widen(DeepNetwork network, ReadOnlySpan<float> x)
    {
        double[] wide = new double[x.Length + 1];
        for (int k = 0; k < x.Length; k++)
        {
            wide[k] = x[k];
        }

        wide[network.InputDimension] = 1;
        return wide;
    }

    /// <summary>What a hidden layer makes of what it takes in, with the constant that the next biases multiply behind it.</summary>
    private static double[] Next(DeepNetwork network, int layer, double[] h)
    {
        double[] z = new double[LayerInDouble.LengthFor(network.Layers[layer])];
        int[] support = new int[network.Layers[layer].Columns];
        LayerInDouble.Multiply(network.Layers[layer], h, support, z);
        for (int s = 0; s < network.Layers[layer].Rows; s++)
        {
            z[s] = Math.Max(0, z[s]);
        }

        z[network.Layers[layer].Rows] = 1;
        return z;
    }

    private static double? Cosine(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double product = 0;
        double squareA = 0;
        double squareB = 0;
        for (int k = 0; k < a.Length; k++)
        {
            product += a[k] * b[k];
            squareA += a[k] * a[k];
            squareB += b[k] * b[k];
        }

        double norms = Math.Sqrt(squareA) * Math.Sqrt(squareB);
        return norms > 0 ? Math.Clamp(product / norms, -1, 1) : null;
    }
}
