using System.Runtime.InteropServices;
using OneStep.Numerics;
using OneStep.Numerics.Tiles;

namespace OneStep.Networks.Deep.Passes;

/// <summary>
/// The breakpoints of some rays on a window of each, layer by layer, and the layer's values there (docs/mathematics.md §15).
/// Between neighbouring breakpoints what the layer puts out is linear, so that the breakpoints that the next layer adds come
/// from one product at the old ones. One worker's memory.
/// </summary>
internal sealed unsafe partial class RayPoints : IDisposable
{
    private const int Lanes = LayerProducts.Inputs;

    private readonly DeepNetwork _network;
    private readonly OutputProducts _last;
    private readonly RayBudget _budget;
    private readonly nint _step;
    private readonly NativeBuffer<float> _taken;
    private readonly NativeBuffer<float> _z;
    private readonly NativeBuffer<double> _outputs;
    private readonly List<double>[] _kinks;
    private readonly List<Insertion> _insertions = [];
    private readonly uint[] _lastSigns;
    private readonly int[] _starts;
    private readonly int[] _rayOf;

    // Each new point lies between an old one and its neighbour, at this part of the way.
    private readonly int[] _sources;
    private readonly float[] _parts;
    private double[] _times;
    private double[] _newTimes;

    public RayPoints(DeepNetwork network, OutputProducts last)
    {
        _network = network;
        _last = last;
        _budget = RayBudget.Of(network);
        _step = (nint)LayerActivations.MaximumRows(network) * Lanes;
        int blocks = (_budget.MaximumPoints + Lanes - 1) / Lanes;
        _taken = new(blocks * _step);
        _z = new(blocks * _step);
        _outputs = new((nint)blocks * last.Count * Lanes);
        _kinks = [.. Enumerable.Range(0, _budget.Rays).Select(_ => new List<double>())];
        _lastSigns = new uint[network.Layers.Max(layer => layer.Rows)];
        _starts = new int[_budget.Rays + 1];
        _rayOf = new int[blocks * Lanes];
        _sources = new int[blocks * Lanes];
        _parts = new float[blocks * Lanes];
        _times = new double[blocks * Lanes];
        _newTimes = new double[blocks * Lanes];
    }

    /// <summary>Multiply-adds of all products so far.</summary>
    public long MultiplyAdds { get; private set; }

    private int Count => _starts[^1];

    private int Blocks => (Count + Lanes - 1) / Lanes;

    /// <summary>The first point of a ray; those of the next ray follow behind its last.</summary>
    public int FirstOf(int ray) => _starts[ray];

    /// <summary>t of a point.</summary>
    public double TimeOf(int point) => _times[point];

    /// <summary>The outputs at a point.</summary>
    public void CopyOutputs(int point, Span<double> outputs) =>
        OutputProducts.Copy(_outputs.Pointer + ((nint)(point / Lanes) * _last.Count * Lanes), point % Lanes, outputs);

    /// <summary>Finds all breakpoints of all layers and the outputs there. A window that has more than its share of them is cut
    /// short: it ends with the last point.</summary>
    /// <param name="lines">The rays.</param>
    /// <param name="isOpen">Which of them are followed.</param>
    /// <param name="from">Where each window begins.</param>
    /// <param name="to">Where it ends; a window of a single point where that is not behind its beginning.</param>
    public void Run(RayLines lines, ReadOnlySpan<bool> isOpen, ReadOnlySpan<double> from, ReadOnlySpan<double> to)
    {
        TakeKinksOfFirstLayer(lines, isOpen, from, to);
        TakeFirstLayer(lines);
        for (int l = 1; l < _network.Layers.Count - 1; l++)
        {
            PackedWeights layer = _network.Layers[l];
            LayerProducts.Forward(TileEngine.Best, layer, _taken.Pointer, _z.Pointer, _step, Blocks);
            MultiplyAdds += Count * DeepNetwork.MultiplyAddsOf(layer);
            FindSignChanges(layer);
            Insert(l);
            Interpolate(layer);
        }

        MultiplyAdds += Count * DeepNetwork.MultiplyAddsOf(_network.Layers[^1]);
        for (int block = 0; block < Blocks; block++)
        {
            _last.Multiply(_taken.Pointer + (block * _step), _outputs.Pointer + ((nint)block * _last.Count * Lanes));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _taken.Dispose();
        _z.Dispose();
        _outputs.Dispose();
    }

    private void TakeKinksOfFirstLayer(RayLines lines, ReadOnlySpan<bool> isOpen, ReadOnlySpan<double> from, ReadOnlySpan<double> to)
    {
        foreach (List<double> kinks in _kinks)
        {
            kinks.Clear();
        }

        for (int s = 0; s < _network.Layers[0].Rows; s++)
        {
            for (int ray = 0; ray < isOpen.Length; ray++)
            {
                double p = lines.Starts[((nint)s * Lanes) + ray];
                double q = lines.Rates[((nint)s * Lanes) + ray];
                double kink = isOpen[ray] && p * q < 0 ? -p / q : 0;
                if (kink > from[ray] && kink < to[ray])
                {
                    _kinks[ray].Add(kink);
                }
            }
        }

        int count = 0;
        for (int ray = 0; ray < _budget.Rays; ray++)
        {
            _starts[ray] = count;
            if (ray < isOpen.Length && isOpen[ray])
            {
                _kinks[ray].Sort();
                _times[count++] = from[ray];
                AddDistinct(_kinks[ray], _starts[ray] + _budget.PointsAfter(layer: 0), ref count);
                if (count < _starts[ray] + _budget.PointsAfter(layer: 0) && to[ray] > from[ray])
                {
                    _times[count++] = to[ray];
                }
            }

            _rayOf.AsSpan(_starts[ray], count - _starts[ray]).Fill(ray);
        }

        _starts[^1] = count;
    }

    private void AddDistinct(List<double> sorted, int end, ref int count)
    {
        foreach (double kink in sorted)
        {
            if (count == end)
            {
                return;
            }

            if (kink > _times[count - 1])
            {
                _times[count++] = kink;
            }
        }
    }

    /// <summary>The first layer is linear in t on the whole ray.</summary>
    private void TakeFirstLayer(RayLines lines)
    {
        PackedWeights layer = _network.Layers[0];
        for (int block = 0; block < Blocks; block++)
        {
            int first = block * Lanes;
            int lanes = Math.Min(Lanes, Count - first);
            float* h = _taken.Pointer + (block * _step);
            for (int s = 0; s < layer.Rows; s++)
            {
                nint row = (nint)s * Lanes;
                for (int lane = 0; lane < lanes; lane++)
                {
                    int ray = _rayOf[first + lane];
                    h[row + lane] = (float)(lines.Starts[row + ray] + (_times[first + lane] * lines.Rates[row + ray]));
                }
            }

            LayerActivations.Rectify(layer, _network.HasBias, h);
        }
    }

    /// <summary>Merges the new breakpoints into the old ones.</summary>
    private void Insert(int layer)
    {
        ReadOnlySpan<Insertion> insertions = CollectionsMarshal.AsSpan(_insertions);
        int next = 0;
        int count = 0;
        int oldStart = 0;
        for (int ray = 0; ray < _budget.Rays; ray++)
        {
            int oldEnd = _starts[ray + 1];
            int start = count;
            int end = start + _budget.PointsAfter(layer);
            for (int point = oldStart; point < oldEnd; point++)
            {
                TryTake(point, _times[point], end, ref count);
                for (; next < insertions.Length && insertions[next].Point == point; next++)
                {
                    TryTake(point, insertions[next].Time, end, ref count);
                }
            }

            oldStart = oldEnd;
            _starts[ray] = start;
            _rayOf.AsSpan(start, count - start).Fill(ray);
        }

        _starts[^1] = count;
        (_times, _newTimes) = (_newTimes, _times);

        void TryTake(int point, double time, int end, ref int count)
        {
            // Equal times are one point.
            bool isFirst = point == oldStart && time == _times[point];
            if (count < end && (isFirst || time > _newTimes[count - 1]))
            {
                _newTimes[count] = time;
                _sources[count] = point;
                _parts[count] = time == _times[point] ? 0 : (float)((time - _times[point]) / (_times[point + 1] - _times[point]));
                count++;
            }
        }
    }

    /// <summary>What the next layer takes in at the new points, from the pre-activations at the old ones.</summary>
    private void Interpolate(PackedWeights layer)
    {
        nint* lefts = stackalloc nint[Lanes];
        nint* rights = stackalloc nint[Lanes];
        float* parts = stackalloc float[Lanes];
        for (int block = 0; block < Blocks; block++)
        {
            int first = block * Lanes;
            for (int lane = 0; lane < Lanes; lane++)
            {
                // Lanes behind the last point repeat the first of the block.
                int point = first + lane < Count ? first + lane : first;
                parts[lane] = _parts[point];
                lefts[lane] = PlaceOf(_sources[point]);
                rights[lane] = _parts[point] == 0 ? lefts[lane] : PlaceOf(_sources[point] + 1);
            }

            float* h = _taken.Pointer + (block * _step);
            for (int s = 0; s < layer.Rows; s++)
            {
                float* z = _z.Pointer + ((nint)s * Lanes);
                float* to = h + ((nint)s * Lanes);
                for (int lane = 0; lane < Lanes; lane++)
                {
                    float left = z[lefts[lane]];
                    float change = parts[lane] * (z[rights[lane]] - left);
                    to[lane] = left + change;
                }
            }

            LayerActivations.Rectify(layer, _network.HasBias, h);
        }
    }

    private nint PlaceOf(int point) => (point / Lanes * _step) + (point % Lanes);
}
