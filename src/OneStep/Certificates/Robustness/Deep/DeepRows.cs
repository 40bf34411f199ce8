using OneStep.Networks.Deep;
using OneStep.Numerics;

namespace OneStep.Certificates.Robustness.Deep;

/// <summary>What the bounds on a deep network need of its layers: norms of rows, rounded up, and products with one vector.</summary>
internal sealed unsafe class DeepRows
{
    // Roundings of a computed number beside those of the long sum that it is made of.
    private const int OtherRoundings = 16;

    /// <summary>Takes the norms of a network's rows.</summary>
    public DeepRows(DeepNetwork network)
    {
        Network = network;
        Norms = [.. network.Layers.Select(layer => NormsOf(layer, layer.Columns - Bias))];
        FullNorms = [.. network.Layers.Select(layer => NormsOf(layer, layer.Columns))];
    }

    /// <summary>The network.</summary>
    public DeepNetwork Network { get; }

    /// <summary>How many layers have ReLUs.</summary>
    public int HiddenLayers => Network.Layers.Count - 1;

    /// <summary>‖w_s‖ of every layer's rows without the bias, rounded up.</summary>
    public double[][] Norms { get; }

    /// <summary>‖(w_s, b_s)‖ of every layer's rows, rounded up.</summary>
    public double[][] FullNorms { get; }

    private int Bias => Network.HasBias ? 1 : 0;

    /// <summary>γ for a sum over what a layer takes in, whatever is done with it afterwards.</summary>
    public double ErrorOf(int layer) => TwoLayerRows.Slack * RoundingError.Gamma(Network.Layers[layer].Columns + OtherRoundings);

    /// <summary>W_l h + b_l; each is off by at most <see cref="ErrorOf"/> ‖(w_s, b_s)‖‖(h, 1)‖.</summary>
    /// <param name="layer">l, from 0.</param>
    /// <param name="taken">h.</param>
    /// <param name="cancellation">Ends the call early.</param>
    public double[] Multiply(int layer, ReadOnlySpan<double> taken, CancellationToken cancellation)
    {
        PackedWeights weights = Network.Layers[layer];
        double[] vector = new double[weights.Columns];
        Array.Fill(vector, 1);
        taken.CopyTo(vector);
        double[] product = new double[weights.Rows];
        PackedProducts.Multiply(weights, vector, product, 1, cancellation);
        return product;
    }

    /// <summary>|W_l| r without the biases, for r ≥ 0.</summary>
    /// <param name="layer">l, from 0.</param>
    /// <param name="widths">r.</param>
    public double[] MultiplyMagnitudes(int layer, ReadOnlySpan<double> widths)
    {
        PackedWeights weights = Network.Layers[layer];
        double[] product = new double[weights.PanelCount * PackedWeights.Lanes];
        for (int panel = 0; panel < weights.PanelCount; panel++)
        {
            float* lanes = weights.Panel(panel);
            Span<double> sums = product.AsSpan(panel * PackedWeights.Lanes, PackedWeights.Lanes);
            foreach (double width in widths)
            {
                for (int lane = 0; lane < sums.Length; lane++)
                {
                    sums[lane] = Math.FusedMultiplyAdd(width, Math.Abs(lanes[lane]), sums[lane]);
                }

                lanes += PackedWeights.Lanes;
            }
        }

        GC.KeepAlive(weights);
        return product[..weights.Rows];
    }

    /// <summary>At least ‖(h, 1)‖.</summary>
    public static double LengthWithOne(ReadOnlySpan<double> taken) => TwoLayerRows.Slack * Math.Sqrt(RowProducts.Dot(taken, taken) + 1);

    private static double[] NormsOf(PackedWeights layer, int columns)
    {
        double up = 1 + RoundingError.Gamma(columns + OtherRoundings);
        double[] norms = new double[layer.PanelCount * PackedWeights.Lanes];
        for (int panel = 0; panel < layer.PanelCount; panel++)
        {
            RowNorms.SumSquares(layer.Panel(panel), null, columns, norms.AsSpan(panel * PackedWeights.Lanes, PackedWeights.Lanes));
        }

        return [.. norms.Take(layer.Rows).Select(square => up * Math.Sqrt(square))];
    }
}
