using OneStep.Networks;
using OneStep.Networks.Passes;
using OneStep.Numerics;
using OneStep.Numerics.Tiles;

namespace OneStep.Training;

/// <summary>
/// One pass over the weights a step: each block of neurons is updated with the last minibatch, brought back into the
/// ball if need be, and multiplied with the next minibatch while it is in the cache.
/// </summary>
internal sealed unsafe class SgdPass : IDisposable
{
    // Below this many multiply-adds a step, waking threads costs more than they save.
    private const double WorthThreads = 2e6;

    private readonly TileEngine _engine = TileEngine.Best;
    private readonly TwoLayerNetwork _network;
    private readonly PackedWeights _weights;
    private readonly LazyBall _ball;
    private readonly bool _project;
    private readonly int _threads;
    private readonly int _blocks;
    private readonly double[] _panelBounds;
    private readonly double[] _panelNorms;
    private readonly double[] _blockScores;
    private readonly SgdBuffers[] _buffers;
    private readonly int _capacity;

    /// <summary>Makes a pass.</summary>
    /// <param name="network">The network, whose weights are changed in place.</param>
    /// <param name="ball">The lazy ball around the weights the network started from.</param>
    /// <param name="project">Whether rows outside the ball are projected after every step.</param>
    /// <param name="capacity">The most examples a minibatch.</param>
    /// <param name="threads">How many threads may be used.</param>
    public SgdPass(TwoLayerNetwork network, LazyBall ball, bool project, int capacity, int threads)
    {
        _network = network;
        _weights = network.Weights;
        _ball = ball;
        _project = project;
        _capacity = capacity;
        _threads = (double)_weights.Rows * _weights.Columns * capacity < WorthThreads ? 1 : threads;
        _blocks = NetworkShape.Ceiling(_weights.PanelCount, NetworkShape.PanelsABlock);
        _panelBounds = new double[_weights.PanelCount];
        _panelNorms = new double[_weights.PanelCount];
        _blockScores = new double[_blocks * capacity];
        _buffers = new SgdBuffers[_threads];
        for (int worker = 0; worker < _threads; worker++)
        {
            _buffers[worker] = new(_weights.Columns, capacity);
        }

        for (int row = 0; row < _weights.Rows; row++)
        {
            ref double largest = ref _panelNorms[row / PackedWeights.Lanes];
            largest = Math.Max(largest, ball.CenterNorms[row]);
        }
    }

    /// <summary>Whether a row had to be projected so far.</summary>
    public bool Projected { get; private set; }

    /// <summary>
    /// Updates the weights with <paramref name="update"/>, whose coefficients are set, and scores <paramref name="next"/>;
    /// either may be null.
    /// </summary>
    public void Step(Minibatch? update, Minibatch? next, CancellationToken cancellation)
    {
        double stepBound = update is null ? 0 : StepBound(update);
        int projected = 0;
        WorkGrid.Run(_blocks, _threads, cancellation, (block, worker) =>
        {
            (int first, int end) = PanelsOf(block);
            if (update is not null)
            {
                for (int panel = first; panel < end; panel++)
                {
                    Update(update, _weights.Panel(panel), panel, _buffers[worker]);
                    if (_project && RestoreBall(panel, update.Count, stepBound))
                    {
                        Interlocked.Exchange(ref projected, 1);
                    }
                }
            }

            if (next is not null)
            {
                Forward(next, block, first, end, _buffers[worker]);
            }
        });
        Projected |= projected != 0;
        if (next is not null)
        {
            CollectScores(next);
        }
    }

    /// <summary>Whether the step with <paramref name="update"/> cannot overflow. After an overflow a row is no longer a
    /// number, and a neuron that is not a number counts as inactive: nobody would notice.</summary>
    public static bool CanTake(Minibatch update) => StepBound(update) < float.MaxValue / 4;

    /// <summary>
    /// The largest part α of the step with <paramref name="update"/> that keeps every row in the ball, 1 where the whole
    /// step does. The weights are not changed.
    /// </summary>
    public double LargestStep(Minibatch update, CancellationToken cancellation)
    {
        double stepBound = StepBound(update);
        double[] parts = new double[_blocks];
        WorkGrid.Run(_blocks, _threads, cancellation, (block, worker) =>
        {
            (int first, int end) = PanelsOf(block);
            parts[block] = 1;
            for (int panel = first; panel < end; panel++)
            {
                double bound = _panelBounds[panel] + stepBound + RoundingBound(panel, update.Count);
                if (bound > _ball.Radius)
                {
                    parts[block] = Math.Min(parts[block], LargestStepOf(update, panel, _buffers[worker], out bound));
                }

                // If the step is taken, this is how far the rows can be; if not, training ends and nobody asks.
                _panelBounds[panel] = bound;
            }
        });
        return parts.Min();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (SgdBuffers buffers in _buffers)
        {
            buffers.Dispose();
        }
    }

    private static double StepBound(Minibatch update)
    {
        double sum = 0;
        for (int i = 0; i < update.Count; i++)
        {
            sum += Math.Abs(update.Coefficients.Pointer[i]);
        }

        return sum * update.LargestNorm * (1 + 1e-6);
    }

    /// <summary>How far rounding to float32 in one update's chain can move a row of this panel.</summary>
    private double RoundingBound(int panel, int count) => count * (_panelNorms[panel] + _ball.Radius) / (1 << 24);

    private (int First, int End) PanelsOf(int block) =>
        (block * NetworkShape.PanelsABlock, Math.Min((block + 1) * NetworkShape.PanelsABlock, _weights.PanelCount));

    private void Update(Minibatch update, float* destination, int panel, SgdBuffers buffers)
    {
        _engine.ExpandForUpdate(
            update.Count, update.Bits.Pointer + ((nint)panel * _capacity), update.Coefficients.Pointer, Signs(panel), buffers.Coefficients.Pointer);

        // Behind the last panel the next one is memory that does not matter; it is never read.
        _engine.AddInPlace(update.Coordinates.Tiles, buffers.Coefficients.Pointer, destination, destination + _weights.PanelSize);
    }

    // The exact norm is taken only when the running bound says that a row might be outside: W0 is hardly ever read, and
    // rows inside are not touched, so the result is the same as if it always were.
    private bool RestoreBall(int panel, int count, double stepBound)
    {
        _panelBounds[panel] += stepBound + RoundingBound(panel, count);
        return _panelBounds[panel] > _ball.Radius && _ball.ProjectPanel(_weights, panel, out _panelBounds[panel]);
    }

    private void Forward(Minibatch next, int block, int first, int end, SgdBuffers buffers)
    {
        for (int tile = 0; tile < next.Inputs.TileCount; tile++)
        {
            int start = InputTiles<float>.FirstOf(tile);
            int rows = next.Inputs.RowsOf(tile);
            new Span<float>(buffers.Chains.Pointer, rows * TileEngine.Lanes).Clear();
            for (int panel = first; panel < end; panel++)
            {
                _engine.Multiply(next.Inputs, tile, _weights.Panel(panel), _weights.Columns, buffers.Tile.Pointer, null);
                _engine.Activate(
                    rows, buffers.Tile.Pointer, Signs(panel), buffers.Chains.Pointer, next.Bits.Pointer + ((nint)panel * _capacity) + start);
            }

            for (int r = 0; r < rows; r++)
            {
                _blockScores[(block * _capacity) + start + r] = TileEngine.SumLanes(buffers.Chains.Pointer + (r * TileEngine.Lanes));
            }
        }
    }

    private void CollectScores(Minibatch next)
    {
        for (int i = 0; i < next.Count; i++)
        {
            double sum = 0;
            for (int block = 0; block < _blocks; block++)
            {
                sum += _blockScores[(block * _capacity) + i];
            }

            next.Scores[i] = sum * _network.OutputScale;
        }
    }

    private double LargestStepOf(Minibatch update, int panel, SgdBuffers buffers, out double bound)
    {
        float* before = _weights.Panel(panel);
        float* after = buffers.Candidate.Pointer;
        float* center = _ball.Center.Panel(panel);
        Buffer.MemoryCopy(before, after, buffers.Candidate.Length * sizeof(float), (nint)_weights.PanelSize * sizeof(float));
        Update(update, after, panel, buffers);
        Span<double> squares = stackalloc double[PackedWeights.Lanes];
        RowNorms.SumSquares(after, center, _weights.Columns, squares);
        double part = 1;
        bound = 0;
        int rows = Math.Min(PackedWeights.Lanes, _weights.Rows - (panel * PackedWeights.Lanes));
        for (int lane = 0; lane < rows; lane++)
        {
            double radius = _ball.RadiusOf((panel * PackedWeights.Lanes) + lane);
            bound = Math.Max(bound, Math.Sqrt(squares[lane]));
            if (squares[lane] > radius * radius)
            {
                part = Math.Min(part, PartToBoundary(before + lane, after + lane, center + lane, radius));
            }
        }

        return part;
    }

    /// <summary>The part α of a row's step that ends on the boundary.</summary>
    private double PartToBoundary(float* before, float* after, float* center, double radius)
    {
        double now = 0;
        double product = 0;
        double step = 0;
        for (nint at = 0; at < (nint)_weights.PanelSize; at += PackedWeights.Lanes)
        {
            double deviation = (double)before[at] - center[at];
            double change = (double)after[at] - before[at];
            now += deviation * deviation;
            product += deviation * change;
            step += change * change;
        }

        // now + 2 α product + α² step = radius², solved without cancellation.
        double room = Math.Max((radius * radius) - now, 0);
        double root = Math.Sqrt((product * product) + (step * room));
        double alpha = product > 0 ? room / (product + root) : (root - product) / step;
        return Math.Clamp(alpha, 0, 1);
    }

    private float* Signs(int panel) => _network.SignLanes.Pointer + ((nint)panel * TileEngine.Lanes);
}
