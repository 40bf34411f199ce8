using OneStep.Numerics;

namespace OneStep.Networks.Deep;

/// <summary>
/// A ReLU multilayer perceptron of any depth and widths: z_1 = W_1 x + b_1, z_l = W_l relu(z_{l−1}) + b_l, the last z being
/// the outputs, without a ReLU (docs/mathematics.md §15). By convention relu'(0) = 0.
/// </summary>
/// <remarks>A bias is the last column of its matrix, which multiplies a constant 1.</remarks>
public sealed partial class DeepNetwork : IDisposable
{
    /// <summary>Makes a network from its weights, which it then owns.</summary>
    /// <param name="layers">W_l, [width_l, width_{l−1}], or [width_l, width_{l−1} + 1] with biases, the bias last; width_0 is
    /// the input dimension. At least one; a single one is a linear function.</param>
    /// <param name="hasBias">Whether the last column of every matrix is a bias.</param>
    /// <exception cref="ArgumentException">The layers do not fit together.</exception>
    public DeepNetwork(IReadOnlyList<PackedWeights> layers, bool hasBias)
    {
        ArgumentNullException.ThrowIfNull(layers);
        ArgumentOutOfRangeException.ThrowIfZero(layers.Count, nameof(layers));
        int bias = hasBias ? 1 : 0;
        InputDimension = layers[0].Columns - bias;
        ArgumentOutOfRangeException.ThrowIfLessThan(InputDimension, 1, nameof(layers));
        for (int l = 1; l < layers.Count; l++)
        {
            if (layers[l].Columns != layers[l - 1].Rows + bias)
            {
                throw new ArgumentException(
                    $"Layer {l} takes {layers[l].Columns - bias} inputs, but layer {l - 1} has {layers[l - 1].Rows} outputs.", nameof(layers));
            }
        }

        Layers = layers;
        HasBias = hasBias;
    }

    /// <summary>W_1, …, W_L, the biases in the last column of each.</summary>
    public IReadOnlyList<PackedWeights> Layers { get; }

    /// <summary>Whether the last column of every matrix is a bias.</summary>
    public bool HasBias { get; }

    /// <summary>The input dimension d.</summary>
    public int InputDimension { get; }

    /// <summary>The widths of the hidden layers, from the input on.</summary>
    public IReadOnlyList<int> HiddenWidths => [.. Layers.SkipLast(1).Select(layer => layer.Rows)];

    /// <summary>The number of outputs: 1 for a score, more for classes.</summary>
    public int Outputs => Layers[^1].Rows;

    /// <summary>The same function as a two-layer network: its hidden layer, and a_s/√m, rounded to float32, as the last one. With
    /// biases that of the last layer is zero.</summary>
    /// <param name="network">The network, whose weights are copied.</param>
    /// <exception cref="InvalidOperationException">It holds no weights.</exception>
    public static DeepNetwork FromTwoLayer(TwoLayerNetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        PackedWeights hidden = network.Weights.Clone();
        var last = new PackedWeights(1, network.Width + (network.HasBias ? 1 : 0));
        float[] row = new float[last.Columns];
        for (int s = 0; s < network.Width; s++)
        {
            row[s] = (float)(network.Signs[s] * network.OutputScale);
        }

        last.SetRow(0, row);
        return new([hidden, last], network.HasBias);
    }

    /// <summary>A copy with weights of its own.</summary>
    public DeepNetwork Clone() => new([.. Layers.Select(layer => layer.Clone())], HasBias);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PackedWeights layer in Layers)
        {
            layer.Dispose();
        }
    }
}
