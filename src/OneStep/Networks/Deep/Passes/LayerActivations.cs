using System.Numerics;
using OneStep.Numerics;

namespace OneStep.Networks.Deep.Passes;

/// <summary>What happens between two layers, lane by lane, so that the vector width does not matter.</summary>
internal static unsafe class LayerActivations
{
    private const int Lanes = LayerProducts.Inputs;

    // Coordinates that are packed at a time: 32 inputs' worth of them stays in the first-level cache.
    private const int CoordinatesAtOnce = 16;

    /// <summary>Rows of 32 inputs that hold what any layer of a network takes in or puts out, the outputs excepted.</summary>
    public static int MaximumRows(DeepNetwork network) =>
        network.Layers.SkipLast(1).Select(LayerProducts.RowsFor).Append(network.Layers[0].Columns).Max();

    /// <summary>Packs some inputs side by side.</summary>
    /// <param name="inputs">The inputs, [n, d].</param>
    /// <param name="first">The first of them.</param>
    /// <param name="count">How many, at most 32; zeros fill up.</param>
    /// <param name="bias">What the bias of the first layer multiplies, if there is one.</param>
    /// <param name="hasBias">Whether there is one.</param>
    /// <param name="block">Receives [d][32], or [d + 1][32].</param>
    public static void Pack<T>(Matrix<T> inputs, int first, int count, T bias, bool hasBias, T* block)
        where T : unmanaged
    {
        int dimension = inputs.Columns;
        if (count < Lanes)
        {
            new Span<T>(block, dimension * Lanes).Clear();
        }

        for (int start = 0; start < dimension; start += CoordinatesAtOnce)
        {
            int length = Math.Min(CoordinatesAtOnce, dimension - start);
            for (int lane = 0; lane < count; lane++)
            {
                T* to = block + ((nint)start * Lanes) + lane;
                foreach (T value in inputs.Row(first + lane).Slice(start, length))
                {
                    *to = value;
                    to += Lanes;
                }
            }
        }

        if (hasBias)
        {
            new Span<T>(block + ((nint)dimension * Lanes), Lanes).Fill(bias);
        }
    }

    /// <summary>h = relu(z) in place, with the constant that the next layer's biases multiply.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="hasBias">Whether there are biases.</param>
    /// <param name="z">[width][32], and room for the constant.</param>
    public static void Rectify(PackedWeights layer, bool hasBias, float* z)
    {
        nint count = (nint)layer.Rows * Lanes;
        for (nint at = 0; at < count; at += Vector<float>.Count)
        {
            Vector<float> value = Vector.Load(z + at);
            Vector.ConditionalSelect(Vector.GreaterThan(value, Vector<float>.Zero), value, Vector<float>.Zero).Store(z + at);
        }

        if (hasBias)
        {
            new Span<float>(z + count, Lanes).Fill(1);
        }
    }

    /// <summary>The gradient in a layer's pre-activations from the one in its activations: zero where the neuron is not active.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="totals">The gradient in the activations, [width][32].</param>
    /// <param name="h">The activations, [width][32].</param>
    /// <param name="g">Receives [panels · 32][32], zero behind the last neuron.</param>
    public static void Mask(PackedWeights layer, double* totals, float* h, float* g)
    {
        nint count = (nint)layer.Rows * Lanes;
        for (nint at = 0; at < count; at += Vector<float>.Count)
        {
            Vector<float> gradient = Vector.Narrow(Vector.Load(totals + at), Vector.Load(totals + at + Vector<double>.Count));
            Vector<int> active = Vector.GreaterThan(Vector.Load(h + at), Vector<float>.Zero);
            Vector.ConditionalSelect(active, gradient, Vector<float>.Zero).Store(g + at);
        }

        new Span<float>(g + count, (int)(((nint)layer.PanelCount * PackedWeights.Lanes * Lanes) - count)).Clear();
    }
}
