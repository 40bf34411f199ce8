using OneStep.Numerics;
using OneStep.Numerics.Tiles;

namespace OneStep.Networks.Passes;

/// <summary>
/// f of a batch in float64 with a bound on its rounding error (docs/mathematics.md §13): weights are widened panel by
/// panel and multiplied by the same tile kernel.
/// </summary>
internal sealed unsafe class DoublePass : ISlabJob, IDisposable
{
    private readonly TileEngine _engine = TileEngine.Best;
    private readonly TwoLayerNetwork _network;
    private readonly IPanelSource _weights;
    private readonly Buffers[] _buffers;

    private Matrix<double> _inputs = null!;
    private BoundedScore[] _scores = [];
    private Supports _supports = null!;
    private int[] _order = [];
    private double _normSum;
    private int _groupSize;

    public DoublePass(TwoLayerNetwork network, int threads)
    {
        _network = network;
        _weights = network.Panels;
        _buffers = new Buffers[SlabSchedule.Buffers(_weights, threads)];
    }

    /// <summary>Runs the pass; see <see cref="IScoreFunction.ScoresInDouble"/>.</summary>
    public void Run(Matrix<double> inputs, Span<BoundedScore> scores, int threads, IProgress<double>? progress, CancellationToken cancellation)
    {
        _inputs = inputs;
        _supports = Supports.Of(inputs, threads);
        _order = SupportOrder.Of(_supports, inputs.Columns, NetworkShape.AllRows(inputs.Rows), threads);
        _groupSize = NetworkShape.GroupSizeFor(inputs.Rows, _weights.IsGenerated ? 1 : threads);
        if (_scores.Length < inputs.Rows)
        {
            _scores = new BoundedScore[inputs.Rows];
        }

        _normSum = _network.SumRowNorms(threads, cancellation);
        int groups = NetworkShape.Ceiling(inputs.Rows, _groupSize);
        SlabSchedule.Run(this, _weights, groups, SlabSchedule.GroupsAtOnce, threads, progress, cancellation);
        _scores.AsSpan(0, inputs.Rows).CopyTo(scores);
    }

    /// <inheritdoc/>
    public void Begin(int group, int buffer)
    {
        Buffers own = _buffers[buffer] ??= new Buffers(_weights.Columns);
        own.Inputs.Pack(_inputs, _supports, RowsOf(group), 1.0);
        Array.Clear(own.TotalScores);
        Array.Clear(own.TotalMagnitudes);
    }

    /// <inheritdoc/>
    public void Compute(int group, int slab, float* panels, int buffer)
    {
        Buffers own = _buffers[buffer];
        own.ScoreChains.Clear();
        own.MagnitudeChains.Clear();
        nint panelSize = (nint)_weights.Columns * PackedWeights.Lanes;
        (int first, int end) = NetworkShape.SlabPanels(_weights, slab);
        for (int panel = first; panel < end; panel++)
        {
            float* weights = panels + ((panel - first) * panelSize);
            float* signs = _network.SignLanes.Pointer + ((nint)panel * TileEngine.Lanes);
            for (int tile = 0; tile < own.Inputs.TileCount; tile++)
            {
                nint chains = (nint)InputTiles<double>.FirstOf(tile) * TileEngine.Lanes;
                _engine.Multiply(own.Inputs, tile, weights, _weights.Columns, own.Tile.Pointer, panel + 1 < end ? weights + panelSize : null);
                _engine.Activate(
                    own.Inputs.RowsOf(tile), own.Tile.Pointer, signs, own.ScoreChains.Pointer + chains, own.MagnitudeChains.Pointer + chains);
            }
        }
    }

    /// <inheritdoc/>
    public void Add(int from, int to)
    {
        for (int i = 0; i < _groupSize; i++)
        {
            nint chain = (nint)i * TileEngine.Lanes;
            _buffers[to].TotalScores[i] += TileEngine.SumLanes(_buffers[from].ScoreChains.Pointer + chain);
            _buffers[to].TotalMagnitudes[i] += TileEngine.SumLanes(_buffers[from].MagnitudeChains.Pointer + chain);
        }
    }

    /// <inheritdoc/>
    public void End(int group, int buffer)
    {
        Buffers own = _buffers[buffer];
        ReadOnlySpan<int> rows = RowsOf(group);
        for (int i = 0; i < rows.Length; i++)
        {
            int row = rows[i];
            double error = RoundingError.OfScore(
                _weights.Columns, _weights.Rows, InputNorm(_inputs.Row(row)), _normSum, own.TotalMagnitudes[i]);
            _scores[row] = new(own.TotalScores[i] * _network.OutputScale, error * _network.OutputScale);
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

    private double InputNorm(ReadOnlySpan<double> input)
    {
        double square = _network.HasBias ? 1 : 0;
        foreach (double x in input)
        {
            square += x * x;
        }

        return Math.Sqrt(square);
    }

    private ReadOnlySpan<int> RowsOf(int group) =>
        _order.AsSpan(group * _groupSize, Math.Min(_groupSize, _order.Length - (group * _groupSize)));

    /// <summary>One worker's memory.</summary>
    private sealed class Buffers(int columns) : IDisposable
    {
        public InputTiles<double> Inputs { get; } = new(columns, NetworkShape.GroupSize);

        public NativeBuffer<double> Tile { get; } = new(TileEngine.TileRows * TileEngine.Lanes);

        public NativeBuffer<double> ScoreChains { get; } = new(NetworkShape.GroupSize * TileEngine.Lanes);

        public NativeBuffer<double> MagnitudeChains { get; } = new(NetworkShape.GroupSize * TileEngine.Lanes);

        public double[] TotalScores { get; } = new double[NetworkShape.GroupSize];

        public double[] TotalMagnitudes { get; } = new double[NetworkShape.GroupSize];

        public void Dispose()
        {
            Inputs.Dispose();
            Tile.Dispose();
            ScoreChains.Dispose();
            MagnitudeChains.Dispose();
        }
    }
}
