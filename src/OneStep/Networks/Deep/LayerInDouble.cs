using System.Runtime.Intrinsics;
using OneStep.Numerics;

namespace OneStep.Networks.Deep;

/// <summary>
/// The products of one layer with one vector, in float64: what walks from linear region to linear region need, one input at a
/// time. A lane is a neuron, product and sum are rounded each: bitwise the same for every vector width.
/// </summary>
internal static unsafe class LayerInDouble
{
    // Vectors of eight float64 that hold a panel's 32 neurons.
    private const int Parts = PackedWeights.Lanes / 8;

    /// <summary>The length of a vector that belongs to a layer's neurons: whole panels, and one for the constant that the next
    /// layer's biases multiply.</summary>
    public static int LengthFor(PackedWeights layer) => (layer.PanelCount * PackedWeights.Lanes) + 1;

    /// <summary>z = W h. Zeros of h cost nothing.</summary>
    /// <param name="layer">W, [width, columns].</param>
    /// <param name="h">What the layer takes in; its first columns count.</param>
    /// <param name="support">Scratch, [columns].</param>
    /// <param name="z">Receives the product, whole panels; zero behind the last neuron.</param>
    public static void Multiply(PackedWeights layer, ReadOnlySpan<double> h, Span<int> support, Span<double> z)
    {
        int count = 0;
        for (int k = 0; k < layer.Columns; k++)
        {
            if (h[k] != 0)
            {
                support[count++] = k;
            }
        }

        for (int p = 0; p < layer.PanelCount; p++)
        {
            float* panel = layer.Panel(p);
            Vector512<double> sum0 = Vector512<double>.Zero;
            Vector512<double> sum1 = Vector512<double>.Zero;
            Vector512<double> sum2 = Vector512<double>.Zero;
            Vector512<double> sum3 = Vector512<double>.Zero;
            for (int i = 0; i < count; i++)
            {
                int k = support[i];
                float* weights = panel + ((nint)k * PackedWeights.Lanes);
                Vector512<double> value = Vector512.Create(h[k]);
                sum0 += Widen(weights) * value;
                sum1 += Widen(weights + 8) * value;
                sum2 += Widen(weights + 16) * value;
                sum3 += Widen(weights + 24) * value;
            }

            Span<double> own = z.Slice(p * PackedWeights.Lanes, PackedWeights.Lanes);
            sum0.CopyTo(own);
            sum1.CopyTo(own[8..]);
            sum2.CopyTo(own[16..]);
            sum3.CopyTo(own[24..]);
        }

        GC.KeepAlive(layer);
    }

    /// <summary>total_i = (Wᵀ g) at coordinate i of a list. Panels where g is zero cost nothing.</summary>
    /// <param name="layer">W, [width, columns].</param>
    /// <param name="g">The gradient in the layer's neurons, whole panels, zero behind the last.</param>
    /// <param name="coordinates">Which columns.</param>
    /// <param name="sums">Scratch, as many as coordinates.</param>
    /// <param name="total">Receives the product, as many as coordinates.</param>
    public static void MultiplyTransposed(
        PackedWeights layer, ReadOnlySpan<double> g, ReadOnlySpan<int> coordinates, Span<Vector512<double>> sums, Span<double> total)
    {
        sums[..coordinates.Length].Clear();
        for (int p = 0; p < layer.PanelCount; p++)
        {
            ReadOnlySpan<double> own = g.Slice(p * PackedWeights.Lanes, PackedWeights.Lanes);
            if (own.IndexOfAnyExcept(0) < 0)
            {
                continue;
            }

            float* panel = layer.Panel(p);
            Vector512<double> g0 = Vector512.Create(own);
            Vector512<double> g1 = Vector512.Create(own[8..]);
            Vector512<double> g2 = Vector512.Create(own[16..]);
            Vector512<double> g3 = Vector512.Create(own[24..]);
            for (int i = 0; i < coordinates.Length; i++)
            {
                float* weights = panel + ((nint)coordinates[i] * PackedWeights.Lanes);
                sums[i] += ((Widen(weights) * g0) + (Widen(weights + 8) * g1)) + ((Widen(weights + 16) * g2) + (Widen(weights + 24) * g3));
            }
        }

        for (int i = 0; i < coordinates.Length; i++)
        {
            Vector512<double> sum = sums[i];
            double value = 0;
            for (int lane = 0; lane < PackedWeights.Lanes / Parts; lane++)
            {
                value += sum[lane];
            }

            total[i] = value;
        }

        GC.KeepAlive(layer);
    }

    private static Vector512<double> Widen(float* weights)
    {
        (Vector256<double> low, Vector256<double> high) = Vector256.Widen(Vector256.Load(weights));
        return Vector512.Create(low, high);
    }
}
