using OneStep.Numerics;
using OneStep.Numerics.Tiles;

namespace OneStep.Networks.Deep.Passes;

/// <summary>
/// The product of the last layer with 32 inputs, in float64: outputs are few, so that it costs next to nothing, and a sum over
/// a wide layer loses nothing.
/// </summary>
internal sealed unsafe class OutputProducts : IDisposable
{
    private readonly TileEngine _engine = TileEngine.Best;
    private readonly NativeBuffer<double> _weights;
    private readonly int _columns;

    /// <summary>Copies the weights of the last layer as they are now.</summary>
    public OutputProducts(DeepNetwork network)
    {
        PackedWeights layer = network.Layers[^1];
        Count = layer.Rows;
        _columns = layer.Columns;
        _weights = new((nint)Count * _columns);
        for (int output = 0; output < Count; output++)
        {
            float* lane = layer.Panel(output / PackedWeights.Lanes) + (output % PackedWeights.Lanes);
            for (int k = 0; k < _columns; k++)
            {
                _weights.Pointer[((nint)k * Count) + output] = lane[(nint)k * PackedWeights.Lanes];
            }
        }
    }

    /// <summary>The number of outputs K.</summary>
    public int Count { get; }

    /// <summary>z_L = W_L h.</summary>
    /// <param name="h">What the last layer takes in, [columns][32].</param>
    /// <param name="outputs">Receives [K][32].</param>
    public void Multiply(float* h, double* outputs) => _engine.Multiply(Count, _weights.Pointer, Count, h, _columns, outputs, h);

    /// <summary>Copies one input's outputs.</summary>
    /// <param name="outputs">[K][32].</param>
    /// <param name="lane">The input.</param>
    /// <param name="destination">Receives [K].</param>
    public static void Copy(double* outputs, int lane, Span<double> destination)
    {
        for (int k = 0; k < destination.Length; k++)
        {
            destination[k] = outputs[(k * LayerProducts.Inputs) + lane];
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _weights.Dispose();
}
