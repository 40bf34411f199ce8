using OneStep.Numerics;
using OneStep.Numerics.Tiles;

namespace OneStep.Networks.Deep.Passes;

/// <summary>
/// The products of a layer with 32 inputs in float64: panels of weights are widened and multiplied by the same tile kernel.
/// Sums are cut into short chains, which keeps the bound on their rounding small (docs/mathematics.md §15).
/// </summary>
internal sealed unsafe class DoubleLayers(DeepNetwork network) : IDisposable
{
    /// <summary>The length of a chain of the forward product.</summary>
    private const int Chain = 64;

    private const int Lanes = LayerProducts.Inputs;

    private readonly TileEngine _engine = TileEngine.Best;
    private readonly NativeBuffer<double> _panel = new((nint)network.Layers.Max(layer => layer.Columns) * PackedWeights.Lanes);
    private readonly NativeBuffer<double> _tile = new(PackedWeights.Lanes * Lanes);

    /// <summary>How many roundings a product passes on its way into z at most, with the one of the perturbed input.</summary>
    public static int ForwardRoundings(PackedWeights layer) => Math.Min(layer.Columns, Chain) + (layer.Columns / Chain) + 2;

    /// <summary>How many roundings a product passes on its way into Wᵀ a at most.</summary>
    public static int BackwardRoundings(PackedWeights layer) => PackedWeights.Lanes + layer.PanelCount + 1;

    /// <summary>z = W h, the rows behind the last neuron being zero.</summary>
    /// <param name="layer">W.</param>
    /// <param name="h">[columns][32].</param>
    /// <param name="z">Receives [panels · 32][32].</param>
    public void Forward(PackedWeights layer, double* h, double* z)
    {
        for (int p = 0; p < layer.PanelCount; p++)
        {
            Widen(layer, p, layer.Columns);
            double* to = z + ((nint)p * PackedWeights.Lanes * Lanes);
            for (int first = 0; first < layer.Columns; first += Chain)
            {
                int steps = Math.Min(Chain, layer.Columns - first);
                nint at = (nint)first * Lanes;
                _engine.MultiplyDoubles(PackedWeights.Lanes, _panel.Pointer + at, PackedWeights.Lanes, h + at, steps, first == 0 ? to : _tile.Pointer, ahead: h + at);
                if (first > 0)
                {
                    Elementwise.Add(_tile.Pointer, to, _tile.Length);
                }
            }
        }
    }

    /// <summary>v = Wᵀ a over the columns that are no bias.</summary>
    /// <param name="layer">W.</param>
    /// <param name="columns">How many columns count.</param>
    /// <param name="a">[panels · 32][32], zero behind the last neuron.</param>
    /// <param name="v">Receives [columns][32].</param>
    public void Backward(PackedWeights layer, int columns, double* a, double* v)
    {
        new Span<double>(v, columns * Lanes).Clear();
        for (int p = 0; p < layer.PanelCount; p++)
        {
            Widen(layer, p, columns);
            _engine.AddProductOfDoublePanel(columns, _panel.Pointer, a + ((nint)p * PackedWeights.Lanes * Lanes), v);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _panel.Dispose();
        _tile.Dispose();
    }

    private void Widen(PackedWeights layer, int panel, int columns)
    {
        float* from = layer.Panel(panel);
        nint count = (nint)columns * PackedWeights.Lanes;
        for (nint i = 0; i < count; i++)
        {
            _panel.Pointer[i] = from[i];
        }
    }
}
