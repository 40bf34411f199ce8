using OneStep.Numerics;
using OneStep.Numerics.Rays;
using OneStep.Numerics.Tiles;

namespace OneStep.Networks.Passes;

/// <summary>
/// Follows a batch of rays: p = Wx and q = Wu tile by tile, from which come f(x), the slope at the start and the kinks
/// up to each ray's horizon. Neither p nor q is ever stored for all neurons.
/// </summary>
internal sealed unsafe class RayPass : ISlabJob, IDisposable
{
    // Kinks kept at a time over all rays of a group; a far horizon keeps half of all neurons for every ray.
    private const long MaximumKinks = 8_000_000;

    // The same where every group of rays costs a drawing of all weights, and one kink in how many neurons to expect there.
    private const long MaximumDrawnKinks = 32_000_000;
    private const long NeuronsAKink = 32;
    private const long ManyNeuronsAKink = 4;

    private readonly TileEngine _engine = TileEngine.Best;
    private readonly IPanelSource _weights;
    private readonly NativeBuffer<float> _signs;
    private readonly double _scale;
    private readonly nint _panelSize;
    private readonly Buffers[] _buffers;

    private RayBatch _rays = null!;
    private Supports _origins = null!;
    private Supports _directions = null!;
    private int[] _order = [];
    private int[] _positions = [];
    private double[] _horizons = [];
    private Action<int, double, double, KinkList> _found = null!;
    private int _groupSize;

    public RayPass(TwoLayerNetwork network, int threads)
    {
        _weights = network.Panels;
        _signs = network.SignLanes;
        _scale = network.OutputScale;
        _panelSize = (nint)_weights.Columns * PackedWeights.Lanes;
        _buffers = new Buffers[SlabSchedule.Buffers(_weights, threads)];
    }

    /// <summary>Follows the selected rays.</summary>
    /// <param name="rays">All rays.</param>
    /// <param name="selected">Which rays.</param>
    /// <param name="horizons">How far each selected ray is followed; negative for its value and slope at 0 alone.</param>
    /// <param name="manyKinks">Whether many neurons may change up to the horizons: fewer rays are then followed at a time.</param>
    /// <param name="threads">How many threads.</param>
    /// <param name="progress">Told how much of the pass is done.</param>
    /// <param name="cancellation">Ends the pass early.</param>
    /// <param name="found">Receives, on some thread, the position among the selected rays, f(x), the slope and the kinks.</param>
    public void Run(
        RayBatch rays,
        int[] selected,
        double[] horizons,
        bool manyKinks,
        int threads,
        IProgress<double>? progress,
        CancellationToken cancellation,
        Action<int, double, double, KinkList> found)
    {
        _rays = rays;
        _origins = Supports.Of(rays.Origins, threads);
        _directions = Supports.Of(rays.Directions, threads);
        _order = SupportOrder.Of(_origins, rays.Origins.Columns, selected, threads);
        _positions = PositionsIn(selected, rays.Count);
        _horizons = horizons;
        _found = found;
        int groupsAtOnce = 1;
        long most = manyKinks ? Math.Max(1, MaximumKinks / _weights.Rows) : NetworkShape.GroupSize;
        if (_weights.IsGenerated)
        {
            // As many rays as memory has room for: every further round draws all weights anew.
            most = Math.Max(1, (manyKinks ? ManyNeuronsAKink : NeuronsAKink) * MaximumDrawnKinks / _weights.Rows);
            groupsAtOnce = (int)Math.Clamp(most / NetworkShape.GroupSize, 1, SlabSchedule.GroupsAtOnce);
        }

        _groupSize = (int)Math.Min(NetworkShape.GroupSizeFor(selected.Length, _weights.IsGenerated ? 1 : threads), most);
        int groups = NetworkShape.Ceiling(selected.Length, _groupSize);
        SlabSchedule.Run(this, _weights, groups, groupsAtOnce, threads, progress, cancellation);
    }

    /// <inheritdoc/>
    public void Begin(int group, int buffer)
    {
        Buffers own = _buffers[buffer] ??= new Buffers(_weights.Columns);
        ReadOnlySpan<int> rays = RaysOf(group);
        own.Origins.Pack(_rays.Origins, _origins, rays, 1f);
        own.Directions.Pack(_rays.Directions, _directions, rays, 0f);
        for (int i = 0; i < rays.Length; i++)
        {
            // A kink within the horizon must not be lost to the rounding of t q in float32.
            own.Horizons.Pointer[i] = (float)(_horizons[_positions[rays[i]]] * (1 + 1e-6));
            own.TotalScores[i] = 0;
            own.TotalSlopes[i] = 0;
            own.TotalKinks[i].Clear();
        }
    }

    /// <inheritdoc/>
    public void Compute(int group, int slab, float* panels, int buffer)
    {
        Buffers own = _buffers[buffer];
        for (int i = 0; i < own.Origins.Count; i++)
        {
            own.Scores[i] = 0;
            own.Slopes[i] = 0;
            own.Kinks[i].Clear();
        }

        (int first, int end) = NetworkShape.SlabPanels(_weights, slab);
        for (int block = first; block < end; block += NetworkShape.PanelsABlock)
        {
            int count = Math.Min(NetworkShape.PanelsABlock, end - block);
            float* start = panels + ((nint)(block - first) * _panelSize);
            for (int tile = 0; tile < own.Origins.TileCount; tile++)
            {
                FollowTile(own, start, block, count, block + (2 * NetworkShape.PanelsABlock) <= end, tile);
            }
        }
    }

    /// <inheritdoc/>
    public void Add(int from, int to)
    {
        Buffers source = _buffers[from];
        Buffers totals = _buffers[to];
        for (int i = 0; i < _groupSize; i++)
        {
            totals.TotalScores[i] += source.Scores[i];
            totals.TotalSlopes[i] += source.Slopes[i];
            totals.TotalKinks[i].AddRange(source.Kinks[i]);
            source.Kinks[i].Clear();
        }
    }

    /// <inheritdoc/>
    public void End(int group, int buffer)
    {
        Buffers own = _buffers[buffer];
        ReadOnlySpan<int> rays = RaysOf(group);
        for (int i = 0; i < rays.Length; i++)
        {
            _found(_positions[rays[i]], own.TotalScores[i] * _scale, own.TotalSlopes[i] * _scale, own.TotalKinks[i]);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Buffers? buffers in _buffers)
        {
            buffers?.Dispose();
        }
    }

    private static int[] PositionsIn(int[] selected, int count)
    {
        int[] positions = new int[count];
        for (int position = 0; position < selected.Length; position++)
        {
            positions[selected[position]] = position;
        }

        return positions;
    }

    private ReadOnlySpan<int> RaysOf(int group) =>
        _order.AsSpan(group * _groupSize, Math.Min(_groupSize, _order.Length - (group * _groupSize)));

    private void FollowTile(Buffers own, float* weights, int block, int panels, bool hasNext, int tile)
    {
        int start = InputTiles<float>.FirstOf(tile);
        int rows = own.Origins.RowsOf(tile);
        uint* bits = stackalloc uint[TileEngine.TileRows];
        new Span<float>(own.ScoreChains.Pointer, rows * TileEngine.Lanes).Clear();
        new Span<float>(own.SlopeChains.Pointer, rows * TileEngine.Lanes).Clear();
        for (int p = 0; p < panels; p++)
        {
            float* panel = weights + (p * _panelSize);
            float* signs = _signs.Pointer + ((nint)(block + p) * TileEngine.Lanes);
            _engine.Multiply(own.Origins, tile, panel, _weights.Columns, own.P.Pointer, null);
            _engine.Multiply(own.Directions, tile, panel, _weights.Columns, own.Q.Pointer, hasNext ? panel + (panels * _panelSize) : null);
            _engine.StartRays(
                rows, own.P.Pointer, own.Q.Pointer, signs, own.Horizons.Pointer + start, own.ScoreChains.Pointer, own.SlopeChains.Pointer, bits);
            for (int r = 0; r < rows; r++)
            {
                CollectKinks(own, r, own.Kinks[start + r], signs, bits[r]);
            }
        }

        for (int r = 0; r < rows; r++)
        {
            own.Scores[start + r] += TileEngine.SumLanes(own.ScoreChains.Pointer + (r * TileEngine.Lanes));
            own.Slopes[start + r] += TileEngine.SumLanes(own.SlopeChains.Pointer + (r * TileEngine.Lanes));
        }
    }

    // Passing its kink, a neuron's contribution a relu(p + t q) changes slope by a|q|: upwards where it wakes, and
    // upwards as well where it falls asleep, since then q < 0 ends.
    private void CollectKinks(Buffers own, int r, KinkList kinks, float* signs, uint bits)
    {
        for (; bits != 0; bits &= bits - 1)
        {
            int lane = System.Numerics.BitOperations.TrailingZeroCount(bits);
            double p = own.P.Pointer[(r * TileEngine.Lanes) + lane];
            double q = own.Q.Pointer[(r * TileEngine.Lanes) + lane];
            kinks.Add(new Kink(-p / q, signs[lane] * Math.Abs(q) * _scale));
        }
    }

    /// <summary>One worker's memory.</summary>
    private sealed class Buffers : IDisposable
    {
        public Buffers(int columns)
        {
            Origins = new(columns, NetworkShape.GroupSize);
            Directions = new(columns, NetworkShape.GroupSize);
            for (int i = 0; i < NetworkShape.GroupSize; i++)
            {
                Kinks[i] = new();
                TotalKinks[i] = new();
            }
        }

        public InputTiles<float> Origins { get; }

        public InputTiles<float> Directions { get; }

        public NativeBuffer<float> P { get; } = new(TileEngine.TileRows * TileEngine.Lanes);

        public NativeBuffer<float> Q { get; } = new(TileEngine.TileRows * TileEngine.Lanes);

        public NativeBuffer<float> ScoreChains { get; } = new(TileEngine.TileRows * TileEngine.Lanes);

        public NativeBuffer<float> SlopeChains { get; } = new(TileEngine.TileRows * TileEngine.Lanes);

        public NativeBuffer<float> Horizons { get; } = new(NetworkShape.GroupSize);

        public double[] Scores { get; } = new double[NetworkShape.GroupSize];

        public double[] Slopes { get; } = new double[NetworkShape.GroupSize];

        public KinkList[] Kinks { get; } = new KinkList[NetworkShape.GroupSize];

        public double[] TotalScores { get; } = new double[NetworkShape.GroupSize];

        public double[] TotalSlopes { get; } = new double[NetworkShape.GroupSize];

        public KinkList[] TotalKinks { get; } = new KinkList[NetworkShape.GroupSize];

        public void Dispose()
        {
            Origins.Dispose();
            Directions.Dispose();
            P.Dispose();
            Q.Dispose();
            ScoreChains.Dispose();
            SlopeChains.Dispose();
            Horizons.Dispose();
        }
    }
}
