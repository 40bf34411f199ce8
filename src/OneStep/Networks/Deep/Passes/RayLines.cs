using OneStep.Numerics;
using OneStep.Numerics.Tiles;

namespace OneStep.Networks.Deep.Passes;

/// <summary>
/// Up to 32 rays x + t u, and the affine functions of t that the network is along them next to a given t, or behind the last
/// kink (docs/mathematics.md §15): values and slopes go through the layers side by side. One worker's memory.
/// </summary>
internal sealed unsafe class RayLines : IDisposable
{
    private const int Lanes = LayerProducts.Inputs;

    private readonly DeepNetwork _network;
    private readonly OutputProducts _last;
    private readonly nint _step;
    private readonly NativeBuffer<float> _rays;
    private readonly NativeBuffer<float> _lines;
    private readonly NativeBuffer<float> _next;
    private readonly NativeBuffer<float> _taken;
    private readonly NativeBuffer<double> _outputs;
    private int _count;

    public RayLines(DeepNetwork network, OutputProducts last)
    {
        _network = network;
        _last = last;
        _step = (nint)LayerActivations.MaximumRows(network) * Lanes;
        _rays = new(2 * _step);
        _lines = new(2 * _step);
        _taken = new(2 * _step);
        _next = new(2 * _step);
        _outputs = new(2 * (nint)last.Count * Lanes);
    }

    /// <summary>Where the functions first bend behind their t, for each ray; +∞ where they do not.</summary>
    public double[] FirstKinks { get; } = new double[Lanes];

    /// <summary>The largest t at which some neuron's line crosses zero, or 0; behind infinity's, the network does not bend.</summary>
    public double[] LastKinks { get; } = new double[Lanes];

    /// <summary>W_1 x + b_1, [width][32].</summary>
    public float* Starts => _lines.Pointer;

    /// <summary>W_1 u, [width][32].</summary>
    public float* Rates => _lines.Pointer + _step;

    /// <summary>Multiply-adds of all products so far.</summary>
    public long MultiplyAdds { get; private set; }

    private bool HasHiddenLayers => _network.Layers.Count > 1;

    /// <summary>Takes some rays: the products of the first layer.</summary>
    public void Begin(RayBatch rays, int first, int count)
    {
        _count = count;
        LayerActivations.Pack(rays.Origins, first, count, 1f, _network.HasBias, _rays.Pointer);
        LayerActivations.Pack(rays.Directions, first, count, 0f, _network.HasBias, _rays.Pointer + _step);
        if (HasHiddenLayers)
        {
            MultiplyAdds += 2 * _count * DeepNetwork.MultiplyAddsOf(_network.Layers[0]);
            LayerProducts.Forward(TileEngine.Best, _network.Layers[0], _rays.Pointer, _lines.Pointer, _step, blocks: 2);
        }
    }

    /// <summary>Values and slopes of the outputs just behind t, for each ray.</summary>
    /// <param name="times">t, [32].</param>
    public void Follow(ReadOnlySpan<double> times) => Run(times, isInfinite: false);

    /// <summary>The lines that the outputs are behind their last kinks: their values are those at t = 0.</summary>
    public void FollowToInfinity()
    {
        Span<double> zeros = stackalloc double[Lanes];
        zeros.Clear();
        Run(zeros, isInfinite: true);
    }

    /// <summary>The values of the outputs along one ray.</summary>
    public void CopyValues(int lane, Span<double> values) => OutputProducts.Copy(_outputs.Pointer, lane, values);

    /// <summary>Their slopes.</summary>
    public void CopySlopes(int lane, Span<double> slopes) => OutputProducts.Copy(_outputs.Pointer + ((nint)_last.Count * Lanes), lane, slopes);

    /// <inheritdoc/>
    public void Dispose()
    {
        _rays.Dispose();
        _lines.Dispose();
        _taken.Dispose();
        _next.Dispose();
        _outputs.Dispose();
    }

    private void Run(ReadOnlySpan<double> times, bool isInfinite)
    {
        Array.Fill(FirstKinks, double.PositiveInfinity);
        Array.Clear(LastKinks);
        float* h = _rays.Pointer;
        for (int l = 0; l < _network.Layers.Count - 1; l++)
        {
            float* z = _lines.Pointer;
            if (l > 0)
            {
                z = _next.Pointer;
                MultiplyAdds += 2 * _count * DeepNetwork.MultiplyAddsOf(_network.Layers[l]);
                LayerProducts.Forward(TileEngine.Best, _network.Layers[l], h, z, _step, blocks: 2);
            }

            Activate(_network.Layers[l], z, l == 0 ? times : [], times, isInfinite);
            h = _taken.Pointer;
        }

        MultiplyAdds += 2 * _count * DeepNetwork.MultiplyAddsOf(_network.Layers[^1]);
        _last.Multiply(h, _outputs.Pointer);
        _last.Multiply(h + _step, _outputs.Pointer + ((nint)_last.Count * Lanes));
        if (!HasHiddenLayers)
        {
            // The outputs are those at x and u.
            nint count = (nint)_last.Count * Lanes;
            for (nint at = 0; at < count; at++)
            {
                _outputs.Pointer[at] += times[(int)(at % Lanes)] * _outputs.Pointer[count + at];
            }
        }
    }

    /// <summary>What the next layer takes in: the lines of the neurons that are active, and of the constant.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="z">Values and slopes of the pre-activations.</param>
    /// <param name="move">How far the values are still to be moved along the slopes; none where they have been.</param>
    /// <param name="times">The t of the lines.</param>
    /// <param name="isInfinite">Whether a neuron's sign is the one it has at infinity, or just behind t.</param>
    private void Activate(PackedWeights layer, float* z, ReadOnlySpan<double> move, ReadOnlySpan<double> times, bool isInfinite)
    {
        nint count = (nint)layer.Rows * Lanes;
        for (nint at = 0; at < count; at++)
        {
            int lane = (int)(at % Lanes);
            float slope = z[_step + at];
            float value = move.IsEmpty ? z[at] : (float)(z[at] + (move[lane] * slope));
            (float leading, float other) = isInfinite ? (slope, value) : (value, slope);
            bool isActive = leading > 0 || (leading == 0 && other > 0);
            _taken.Pointer[at] = isActive ? value : 0;
            _taken.Pointer[_step + at] = isActive ? slope : 0;
            if (value * (double)slope < 0)
            {
                double kink = times[lane] - ((double)value / slope);
                FirstKinks[lane] = Math.Min(FirstKinks[lane], kink);
                LastKinks[lane] = Math.Max(LastKinks[lane], kink);
            }
        }

        if (_network.HasBias)
        {
            new Span<float>(_taken.Pointer + count, Lanes).Fill(1);
            new Span<float>(_taken.Pointer + _step + count, Lanes).Clear();
        }
    }
}
