using OneStep.Numerics;
using OneStep.Numerics.Tiles;

namespace OneStep.Networks.Passes;

/// <summary>f(x) and ∇f(x) of a batch, in one pass over the weights: a block of neurons is multiplied forward, its
/// activations are kept as bits, and the gradient is formed while the block is still in the cache.</summary>
internal sealed unsafe class GradientPass : ISlabJob, IDisposable
{
    private const int CoordinatesAtOnce = 16;

    private readonly TileEngine _engine = TileEngine.Best;
    private readonly IPanelSource _weights;
    private readonly NativeBuffer<float> _signs;
    private readonly int _dimension;
    private readonly double _scale;
    private readonly nint _panelSize;
    private readonly Buffers[] _buffers;

    private Matrix<float> _inputs = null!;
    private double[] _scores = [];
    private Matrix<float>? _gradients;
    private Supports _supports = null!;
    private int[] _order = [];
    private int _groupSize;

    public GradientPass(TwoLayerNetwork network, int threads)
    {
        _weights = network.Panels;
        _signs = network.SignLanes;
        _dimension = network.InputDimension;
        _scale = network.OutputScale;
        _panelSize = (nint)_weights.Columns * PackedWeights.Lanes;
        _buffers = new Buffers[SlabSchedule.Buffers(_weights, threads)];
    }

    /// <summary>Runs the pass; see <see cref="IScoreFunction.ScoresAndGradients"/>.</summary>
    public void Run(Matrix<float> inputs, Span<double> scores, Matrix<float>? gradients, int threads, IProgress<double>? progress, CancellationToken cancellation)
    {
        _inputs = inputs;
        _gradients = gradients;
        _supports = Supports.Of(inputs, threads);
        _order = SupportOrder.Of(_supports, inputs.Columns, NetworkShape.AllRows(inputs.Rows), threads);
        bool isShort = gradients is null && SupportOrder.IsSparse(_supports, inputs.Columns, _order);
        _groupSize = NetworkShape.GroupSizeFor(
            inputs.Rows, _weights.IsGenerated ? 1 : threads, isShort ? NetworkShape.SparseGroupSize : NetworkShape.GroupSize);
        if (_scores.Length < inputs.Rows)
        {
            _scores = new double[inputs.Rows];
        }

        int groups = NetworkShape.Ceiling(inputs.Rows, _groupSize);
        SlabSchedule.Run(this, _weights, groups, SlabSchedule.GroupsAtOnce, threads, progress, cancellation);
        _scores.AsSpan(0, inputs.Rows).CopyTo(scores);
    }

    /// <inheritdoc/>
    public void Begin(int group, int buffer)
    {
        Buffers own = _buffers[buffer] ??= new Buffers(_weights.Columns);
        own.Inputs.Pack(_inputs, _supports, RowsOf(group), 1f);
        own.Empty(_gradients is null ? 0 : _dimension);
    }

    /// <inheritdoc/>
    public void Compute(int group, int slab, float* panels, int buffer)
    {
        Buffers own = _buffers[buffer];
        own.StartSlab();
        (int first, int end) = NetworkShape.SlabPanels(_weights, slab);
        for (int block = first; block < end; block += NetworkShape.PanelsABlock)
        {
            int count = Math.Min(NetworkShape.PanelsABlock, end - block);
            float* start = panels + ((nint)(block - first) * _panelSize);
            Forward(own, start, block, count, block + (2 * NetworkShape.PanelsABlock) <= end);
            if (_gradients is not null)
            {
                Backward(own, start, block, count);
            }
        }
    }

    /// <inheritdoc/>
    public void Add(int from, int to) => _buffers[to].Add(_buffers[from]);

    /// <inheritdoc/>
    public void End(int group, int buffer)
    {
        Buffers own = _buffers[buffer];
        ReadOnlySpan<int> rows = RowsOf(group);
        for (int i = 0; i < rows.Length; i++)
        {
            _scores[rows[i]] = own.TotalScores.Pointer[i] * _scale;
        }

        // Some coordinates at a time: they lie 32 inputs apart, and a cache line of totals serves eight inputs.
        for (int first = 0; _gradients is not null && first < _dimension; first += CoordinatesAtOnce)
        {
            int count = Math.Min(CoordinatesAtOnce, _dimension - first);
            for (int i = 0; i < rows.Length; i++)
            {
                Span<float> gradient = _gradients.Row(rows[i]).Slice(first, count);
                double* totals = own.TotalGradients!.Pointer + ((((nint)(i / TileEngine.Lanes) * _dimension) + first) * TileEngine.Lanes) + (i % TileEngine.Lanes);
                for (int k = 0; k < gradient.Length; k++)
                {
                    gradient[k] = (float)(totals[k * TileEngine.Lanes] * _scale);
                }
            }
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

    private ReadOnlySpan<int> RowsOf(int group) =>
        _order.AsSpan(group * _groupSize, Math.Min(_groupSize, _order.Length - (group * _groupSize)));

    private void Forward(Buffers own, float* weights, int block, int panels, bool hasNext)
    {
        float* chains = own.Chains.Pointer;
        for (int tile = 0; tile < own.Inputs.TileCount; tile++)
        {
            int start = InputTiles<float>.FirstOf(tile);
            int rows = own.Inputs.RowsOf(tile);
            new Span<float>(chains, rows * TileEngine.Lanes).Clear();
            for (int p = 0; p < panels; p++)
            {
                float* panel = weights + (p * _panelSize);
                _engine.Multiply(own.Inputs, tile, panel, _weights.Columns, own.Tile.Pointer, hasNext ? panel + (panels * _panelSize) : null);
                _engine.Activate(
                    rows, own.Tile.Pointer, _signs.Pointer + ((nint)(block + p) * TileEngine.Lanes), chains, own.Bits.Pointer + (p * NetworkShape.SparseGroupSize) + start);
            }

            for (int r = 0; r < rows; r++)
            {
                own.Scores.Pointer[start + r] += TileEngine.SumLanes(chains + (r * TileEngine.Lanes));
            }
        }
    }

    private void Backward(Buffers own, float* weights, int block, int panels)
    {
        for (int start = 0; start < own.Inputs.Count; start += TileEngine.Lanes)
        {
            for (int p = 0; p < panels; p++)
            {
                _engine.ExpandForGradient(
                    own.Bits.Pointer + (p * NetworkShape.SparseGroupSize) + start,
                    _signs.Pointer + ((nint)(block + p) * TileEngine.Lanes),
                    own.Coefficients.Pointer + (p * TileEngine.Lanes * TileEngine.Lanes));
            }

            // Gradients lie as [32 inputs at a time][k][32].
            nint values = (nint)_dimension * TileEngine.Lanes;
            _engine.AddProductOfPanels(
                _dimension, weights, panels, _panelSize, own.Coefficients.Pointer, own.Gradients!.Pointer + (start / TileEngine.Lanes * values));
        }
    }

    /// <summary>One worker's memory.</summary>
    private sealed class Buffers(int columns) : IDisposable
    {
        private bool _isEmpty = true;

        // Numbers of the gradients that this group has.
        private nint _used;

        public InputTiles<float> Inputs { get; } = new(columns, NetworkShape.SparseGroupSize);

        public NativeBuffer<float> Tile { get; } = new(TileEngine.TileRows * TileEngine.Lanes);

        public NativeBuffer<float> Chains { get; } = new(TileEngine.TileRows * TileEngine.Lanes);

        public NativeBuffer<uint> Bits { get; } = new(NetworkShape.PanelsABlock * NetworkShape.SparseGroupSize);

        public NativeBuffer<float> Coefficients { get; } = new(NetworkShape.PanelsABlock * TileEngine.Lanes * TileEngine.Lanes);

        /// <summary>The scores of one slab.</summary>
        public NativeBuffer<double> Scores { get; private set; } = new(NetworkShape.SparseGroupSize);

        public NativeBuffer<double> TotalScores { get; private set; } = new(NetworkShape.SparseGroupSize);

        /// <summary>The gradients of one slab, [3][d][32].</summary>
        public NativeBuffer<double>? Gradients { get; private set; }

        public NativeBuffer<double>? TotalGradients { get; private set; }

        /// <summary>Begins a group: no slab is in the totals.</summary>
        /// <param name="dimension">d where gradients are asked for, else 0.</param>
        public void Empty(int dimension)
        {
            _isEmpty = true;
            _used = (nint)dimension * NetworkShape.Ceiling(Inputs.Count, TileEngine.Lanes) * TileEngine.Lanes;
            if (dimension > 0)
            {
                Gradients ??= new((nint)dimension * NetworkShape.GroupSize);
                TotalGradients ??= new((nint)dimension * NetworkShape.GroupSize);
            }
        }

        /// <summary>Begins a slab.</summary>
        public void StartSlab()
        {
            Scores.Clear();
            Gradients?.Clear(_used);
        }

        /// <summary>Adds a slab to the totals. The first one becomes them.</summary>
        public void Add(Buffers slab)
        {
            if (_isEmpty && slab == this)
            {
                (Scores, TotalScores) = (TotalScores, Scores);
                (Gradients, TotalGradients) = (TotalGradients, Gradients);
            }
            else
            {
                Elementwise.Add(slab.Scores.Pointer, TotalScores.Pointer, slab.Scores.Length);
                if (_used > 0)
                {
                    Elementwise.Add(slab.Gradients!.Pointer, TotalGradients!.Pointer, _used);
                }
            }

            _isEmpty = false;
        }

        public void Dispose()
        {
            Inputs.Dispose();
            Tile.Dispose();
            Chains.Dispose();
            Bits.Dispose();
            Coefficients.Dispose();
            Scores.Dispose();
            TotalScores.Dispose();
            Gradients?.Dispose();
            TotalGradients?.Dispose();
        }
    }
}
