using OneStep.Numerics;

namespace OneStep.Networks.Deep;

/// <summary>Norms of a network's matrices that bound how rounding errors grow (docs/mathematics.md §15).</summary>
internal sealed unsafe class LayerNorms
{
    private readonly double[][] _rows;
    private readonly double[] _frobenius;
    private readonly double[] _spectral;

    /// <summary>Computes them.</summary>
    public LayerNorms(DeepNetwork network)
    {
        Fingerprint = FingerprintOf(network);
        int depth = network.Layers.Count;
        _rows = [.. network.Layers.Select(RowsOf)];
        _frobenius = [.. _rows.Select(rows => Math.Sqrt(rows.Sum(norm => norm * norm)))];
        _spectral = new double[depth];

        // What comes into the first layer has no error, and what leaves the last is bounded output by output.
        for (int l = 1; l < depth - 1; l++)
        {
            _spectral[l] = SpectralNormBound.Of(network.Layers[l], network.Layers[l].Columns - (network.HasBias ? 1 : 0));
        }
    }

    /// <summary>A number that changes when a weight does.</summary>
    public ulong Fingerprint { get; }

    /// <summary>‖w_s‖ of a layer's rows, with the bias.</summary>
    public ReadOnlySpan<double> Rows(int layer) => _rows[layer];

    /// <summary>‖W‖_F of a layer, with the biases.</summary>
    public double Frobenius(int layer) => _frobenius[layer];

    /// <summary>An upper bound on ‖W‖₂ of a layer without its biases; 0 for the first and the last, where nobody needs it.</summary>
    public double Spectral(int layer) => _spectral[layer];

    /// <summary>A number made of all weights.</summary>
    public static ulong FingerprintOf(DeepNetwork network)
    {
        const ulong Prime = 0x9E3779B97F4A7C15;
        ulong print = Prime;
        foreach (PackedWeights layer in network.Layers)
        {
            foreach (ulong pair in new ReadOnlySpan<ulong>(layer.Panel(0), checked((int)(layer.ByteCount / sizeof(ulong)))))
            {
                print = (print ^ pair) * Prime;
                print ^= print >> 29;
            }
        }

        return print;
    }

    private static double[] RowsOf(PackedWeights layer)
    {
        double[] norms = new double[layer.PanelCount * PackedWeights.Lanes];
        for (int panel = 0; panel < layer.PanelCount; panel++)
        {
            RowNorms.PanelSquares(layer, panel, norms.AsSpan(panel * PackedWeights.Lanes, PackedWeights.Lanes));
        }

        return [.. norms.Take(layer.Rows).Select(Math.Sqrt)];
    }
}
