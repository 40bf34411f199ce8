using System.Numerics;
using OneStep.Data;
using OneStep.Networks.Deep;
using OneStep.Numerics;
using OneStep.Numerics.Tiles;

namespace OneStep.Training.Deep;

/// <summary>
/// Forward, loss, backward and update of a minibatch. Each is a grid of work items of its own, panels of neurons times blocks
/// of 32 inputs; every number is computed by one item, so the threads do not matter.
/// </summary>
internal sealed unsafe class DeepPass : IDisposable
{
    // Below this many multiply-adds an item grid, waking threads costs more than they save.
    private const double WorthThreads = 1e6;

    // An exponential and what goes with it, in multiply-adds.
    private const double LossCost = 500;

    // Columns a work item of the update: with 32 neurons their gradient stays in the first-level cache.
    private const int ColumnsAnItem = 48;

    private readonly TileEngine _engine = TileEngine.Best;
    private readonly DeepNetwork _network;
    private readonly LabelledInputs _examples;
    private readonly MomentumUpdate _update;
    private readonly DeepMinibatch _batch;
    private readonly PackedWeights[] _velocities;
    private readonly (int Layer, int Panel, int First, int Count)[] _updateItems;
    private readonly NativeBuffer<double>[] _totals;
    private readonly double[][] _outputs;
    private readonly double _allWeights;
    private readonly int _threads;
    private readonly Action<int, int> _packBlock;
    private readonly Action<int, int> _forwardTile;
    private readonly Action<int, int> _loseBlock;
    private readonly Action<int, int> _backwardTile;
    private readonly Action<int, int> _updateItem;
    private int _layer;
    private bool _overflowed;

    /// <summary>Makes a pass; its memory serves for all minibatches.</summary>
    /// <param name="network">The network, whose weights are changed in place.</param>
    /// <param name="examples">The training set.</param>
    /// <param name="options">How to train.</param>
    /// <param name="capacity">The most examples a minibatch.</param>
    /// <param name="threads">How many threads may be used.</param>
    public DeepPass(DeepNetwork network, LabelledInputs examples, DeepTrainingOptions options, int capacity, int threads)
    {
        _network = network;
        _examples = examples;
        _threads = threads;
        _update = new(options.LearningRate, options.Momentum, options.WeightDecay);
        _batch = new(network, capacity);
        _velocities = [.. network.Layers.Select(layer => new PackedWeights(layer.Rows, layer.Columns))];
        _allWeights = network.Layers.Sum(layer => (double)layer.Rows * layer.Columns);
        _updateItems = [.. UpdateItems(network)];
        _totals = [.. Enumerable.Range(0, threads).Select(_ => new NativeBuffer<double>(ColumnsAnItem * PackedWeights.Lanes))];
        _outputs = [.. Enumerable.Range(0, threads).Select(_ => new double[2 * network.Outputs])];
        (_packBlock, _forwardTile, _loseBlock, _backwardTile, _updateItem) = (PackBlock, ForwardTile, LoseBlock, BackwardTile, UpdateItem);
    }

    /// <summary>The minibatch last scored.</summary>
    public DeepMinibatch Batch => _batch;

    /// <summary>Scores examples and computes their losses with the gradients in the outputs.</summary>
    /// <param name="indices">Which examples, at most the capacity.</param>
    /// <param name="cancellation">Checked before every work item.</param>
    public void Score(ReadOnlySpan<int> indices, CancellationToken cancellation)
    {
        _batch.Choose(_examples, indices);
        Run(_batch.Blocks, (double)_batch.Count * _network.InputDimension, cancellation, _packBlock);
        for (_layer = 0; _layer < _network.Layers.Count; _layer++)
        {
            PackedWeights layer = _network.Layers[_layer];
            Run(layer.PanelCount * _batch.Blocks, Products(layer), cancellation, _forwardTile);
        }

        Run(_batch.Blocks, _batch.Count * LossCost * _network.Outputs, cancellation, _loseBlock);
    }

    /// <summary>Takes the step with the examples last scored.</summary>
    /// <param name="cancellation">Checked before every work item.</param>
    /// <returns>Whether all weights are finite numbers.</returns>
    public bool Step(CancellationToken cancellation)
    {
        for (_layer = _network.Layers.Count - 1; _layer > 0; _layer--)
        {
            Run(_network.Layers[_layer - 1].PanelCount * _batch.Blocks, Products(_network.Layers[_layer]), cancellation, _backwardTile);
        }

        _overflowed = false;
        Run(_updateItems.Length, _allWeights * _batch.Count, cancellation, _updateItem);
        return !_overflowed;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _batch.Dispose();
        foreach (IDisposable memory in (IEnumerable<IDisposable>)[.. _velocities, .. _totals])
        {
            memory.Dispose();
        }
    }

    private static IEnumerable<(int Layer, int Panel, int First, int Count)> UpdateItems(DeepNetwork network)
    {
        for (int l = 0; l < network.Layers.Count; l++)
        {
            for (int panel = 0; panel < network.Layers[l].PanelCount; panel++)
            {
                for (int first = 0; first < network.Layers[l].Columns; first += ColumnsAnItem)
                {
                    yield return (l, panel, first, Math.Min(ColumnsAnItem, network.Layers[l].Columns - first));
                }
            }
        }
    }

    // A layer's multiply-adds with the minibatch.
    private double Products(PackedWeights layer) => (double)layer.Rows * layer.Columns * _batch.Count;

    private void Run(int items, double work, CancellationToken cancellation, Action<int, int> body) =>
        WorkGrid.Run(items, work < WorthThreads ? 1 : _threads, cancellation, body);

    private void PackBlock(int block, int worker) => _batch.PackBlock(_examples.Inputs, block);

    private void ForwardTile(int item, int worker)
    {
        (int panel, int block) = Math.DivRem(item, _batch.Blocks);
        PackedWeights layer = _network.Layers[_layer];
        float* z = _batch.Activation(_layer + 1, block) + ((nint)panel * DeepMinibatch.Tile);
        LayerProducts.ForwardPanel(_engine, layer, panel, _batch.Activation(_layer, block), z);
        if (_layer + 1 == _network.Layers.Count)
        {
            return;
        }

        // A number that is none stays none, so that it comes out at the end and is noticed.
        for (int at = 0; at < DeepMinibatch.Tile; at += Vector<float>.Count)
        {
            Vector<float> values = Vector.Load(z + at);
            Vector.ConditionalSelect(Vector.LessThanOrEqual(values, Vector<float>.Zero), Vector<float>.Zero, values).Store(z + at);
        }

        if (_network.HasBias && panel == layer.PanelCount - 1)
        {
            _batch.SetBiasRow(_layer + 1, block);
        }
    }

    private void LoseBlock(int block, int worker)
    {
        int last = _network.Layers.Count - 1;
        int outputs = _network.Outputs;
        float* z = _batch.Activation(last + 1, block);
        float* g = _batch.Gradient(last, block);
        Span<double> values = _outputs[worker].AsSpan(0, outputs);
        Span<double> gradient = _outputs[worker].AsSpan(outputs);
        for (int lane = 0; lane < LayerProducts.Inputs; lane++)
        {
            int i = (block * LayerProducts.Inputs) + lane;
            gradient.Clear();
            if (i < _batch.Count)
            {
                for (int k = 0; k < outputs; k++)
                {
                    values[k] = z[(k * LayerProducts.Inputs) + lane];
                }

                _batch.Losses[i] = OutputLoss.Evaluate(values, _batch.Labels[i], gradient, out _batch.Correct[i]);
            }

            for (int k = 0; k < outputs; k++)
            {
                g[(k * LayerProducts.Inputs) + lane] = (float)gradient[k];
            }
        }

        for (int panel = 0; panel < _network.Layers[last].PanelCount; panel++)
        {
            LaneTranspose.RunSquare(g + ((nint)panel * DeepMinibatch.Tile), _batch.TransposedGradient(last, panel, block));
        }
    }

    private void BackwardTile(int item, int worker)
    {
        (int panel, int block) = Math.DivRem(item, _batch.Blocks);
        int first = panel * PackedWeights.Lanes;
        int rows = Math.Min(PackedWeights.Lanes, _network.Layers[_layer - 1].Rows - first);
        double* totals = _totals[worker].Pointer;
        _totals[worker].Clear(rows * LayerProducts.Inputs);
        LayerProducts.AddBackward(_engine, _network.Layers[_layer], first, rows, _batch.Gradient(_layer, block), totals);

        float* h = _batch.Activation(_layer, block) + ((nint)panel * DeepMinibatch.Tile);
        float* g = _batch.Gradient(_layer - 1, block) + ((nint)panel * DeepMinibatch.Tile);
        for (int at = 0; at < rows * LayerProducts.Inputs; at += Vector<float>.Count)
        {
            Vector<float> values = Vector.Narrow(Vector.Load(totals + at), Vector.Load(totals + at + Vector<double>.Count));
            Vector.ConditionalSelect(Vector.GreaterThan(Vector.Load(h + at), Vector<float>.Zero), values, Vector<float>.Zero).Store(g + at);
        }

        LaneTranspose.RunSquare(g, _batch.TransposedGradient(_layer - 1, panel, block));
    }

    private void UpdateItem(int item, int worker)
    {
        (int l, int panel, int first, int count) = _updateItems[item];
        nint at = (nint)first * PackedWeights.Lanes;
        double* totals = _totals[worker].Pointer;
        _totals[worker].Clear(count * PackedWeights.Lanes);
        LayerProducts.AddWeightGradient(
            _engine, count, _batch.Activation(l, 0) + at, _batch.ActivationStep(l), _batch.Blocks, _batch.TransposedGradient(l, panel, 0), totals);
        if (!_update.Apply(
            count * PackedWeights.Lanes, totals, 1.0 / _batch.Count, _velocities[l].Panel(panel) + at, _network.Layers[l].Panel(panel) + at))
        {
            Volatile.Write(ref _overflowed, true);
        }
    }
}
