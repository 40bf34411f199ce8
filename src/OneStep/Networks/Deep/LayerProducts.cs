using OneStep.Numerics;
using OneStep.Numerics.Tiles;

namespace OneStep.Networks.Deep;

/// <summary>
/// The products of one layer with 32 inputs at a time. Whatever belongs to neurons lies as <c>[neuron][32 inputs]</c>: what a
/// layer puts out is what the next one takes in, without copying. Every element is one float32 chain of fused multiply-adds in
/// ascending order within a block of neurons, so results are bitwise the same for every vector width.
/// </summary>
internal static unsafe class LayerProducts
{
    /// <summary>Inputs at a time.</summary>
    public const int Inputs = TileEngine.Lanes;

    /// <summary>Panels of neurons whose sum is one float32 chain; further ones are added in float64.</summary>
    private const int PanelsAChain = Networks.Passes.NetworkShape.PanelsABlock;

    /// <summary>Blocks of inputs that share a reading of the weights: what they take in stays in the second-level cache.</summary>
    private const int BlocksAtOnce = 6;

    /// <summary>How many rows of 32 inputs hold a layer's output: whole panels, and one for the constant that the next layer's
    /// biases multiply.</summary>
    public static int RowsFor(PackedWeights layer) => (layer.PanelCount * PackedWeights.Lanes) + 1;

    /// <summary>z = W h, the rows behind the last neuron being zero.</summary>
    /// <param name="engine">The tile products.</param>
    /// <param name="layer">W, [width, columns].</param>
    /// <param name="h">What the layer takes in, [columns][32], with biases the last row is 1.</param>
    /// <param name="z">Receives [panels · 32][32].</param>
    public static void Forward(TileEngine engine, PackedWeights layer, float* h, float* z)
    {
        for (int p = 0; p < layer.PanelCount; p++)
        {
            float* panel = layer.Panel(p);

            // The weights are broadcast and the inputs are the lanes: the product comes out as the next layer wants it.
            engine.Multiply(PackedWeights.Lanes, panel, PackedWeights.Lanes, h, layer.Columns, z + ((nint)p * PackedWeights.Lanes * Inputs), h);
        }
    }

    /// <summary>The same product for some blocks of 32 inputs: a panel of weights is read once for several of them.</summary>
    /// <param name="engine">The tile products.</param>
    /// <param name="layer">W, [width, columns].</param>
    /// <param name="h">What the layer takes in, [blocks][columns][32] with <paramref name="step"/> numbers from block to block.</param>
    /// <param name="z">Receives [blocks][panels · 32][32], with as many numbers from block to block.</param>
    /// <param name="step">The distance between two blocks, of h and of z.</param>
    /// <param name="blocks">How many blocks of 32 inputs.</param>
    public static void Forward(TileEngine engine, PackedWeights layer, float* h, float* z, nint step, int blocks)
    {
        for (int first = 0; first < blocks; first += BlocksAtOnce)
        {
            int end = Math.Min(first + BlocksAtOnce, blocks);
            for (int p = 0; p < layer.PanelCount; p++)
            {
                float* panel = layer.Panel(p);
                for (int block = first; block < end; block++)
                {
                    float* from = h + (block * step);
                    float* to = z + (block * step) + ((nint)p * PackedWeights.Lanes * Inputs);
                    engine.Multiply(PackedWeights.Lanes, panel, PackedWeights.Lanes, from, layer.Columns, to, from);
                }
            }
        }
    }

    /// <summary>totals += Wᵀ g over the columns that are no bias.</summary>
    /// <param name="engine">The tile products.</param>
    /// <param name="layer">W, [width, columns].</param>
    /// <param name="columns">How many columns count: those that are no bias.</param>
    /// <param name="g">The gradient in the layer's output, [panels · 32][32], zero behind the last neuron.</param>
    /// <param name="totals">[columns][32].</param>
    public static void AddBackward(TileEngine engine, PackedWeights layer, int columns, float* g, double* totals)
    {
        for (int p = 0; p < layer.PanelCount; p += PanelsAChain)
        {
            int count = Math.Min(PanelsAChain, layer.PanelCount - p);
            engine.AddProductOfPanels(
                columns, layer.Panel(p), count, (nint)layer.PanelSize, g + ((nint)p * PackedWeights.Lanes * Inputs), totals);
        }
    }

    /// <summary>totals += h gᵀ, the gradient in the weights of one panel, summed over some blocks of 32 inputs.</summary>
    /// <param name="engine">The tile products.</param>
    /// <param name="columns">How many weights a neuron.</param>
    /// <param name="h">What the layer took in, [blocks][columns][32] with <paramref name="hStep"/> numbers from block to block.</param>
    /// <param name="hStep">The distance between two blocks of h.</param>
    /// <param name="blocks">How many blocks of 32 inputs.</param>
    /// <param name="g">The gradient in the panel's outputs, transposed: [blocks · 32 inputs][32 neurons].</param>
    /// <param name="totals">The gradient in the panel, [columns][32 neurons].</param>
    public static void AddWeightGradient(TileEngine engine, int columns, float* h, nint hStep, int blocks, float* g, double* totals) =>
        engine.AddProductOfPanels(columns, h, blocks, hStep, g, totals);
}
