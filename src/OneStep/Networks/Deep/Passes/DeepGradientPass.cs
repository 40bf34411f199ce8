using OneStep.Numerics;
using OneStep.Numerics.Tiles;

namespace OneStep.Networks.Deep.Passes;

/// <summary>f(x) and ∇f(x) of a batch: forward through the layers, and back with the activations that were kept.</summary>
internal sealed unsafe class DeepGradientPass : IDisposable
{
    private readonly DeepNetwork _network;
    private readonly OutputMargin _margin;
    private readonly OutputProducts _last;
    private readonly Buffers[] _buffers;

    public DeepGradientPass(DeepNetwork network, OutputMargin margin, OutputProducts last, int threads)
    {
        _network = network;
        _margin = margin;
        _last = last;
        _buffers = new Buffers[threads];
    }

    /// <summary>Runs the pass; see <see cref="IScoreFunction.ScoresAndGradients"/>.</summary>
    public void Run(Matrix<float> inputs, double[] scores, Matrix<float>? gradients, int threads, IProgress<double>? progress, CancellationToken cancellation) =>
        InputGroups.Run(inputs.Rows, ForwardBlocks.GroupSizeFor(inputs.Rows, threads), threads, progress, cancellation, (first, count, worker) =>
        {
            Buffers own = _buffers[worker] ??= new(_network, _last);
            own.Forward.Run(inputs, first, count);
            for (int block = 0; block * LayerProducts.Inputs < count; block++)
            {
                int start = block * LayerProducts.Inputs;
                int lanes = Math.Min(LayerProducts.Inputs, count - start);
                StartBackward(own, block, lanes, scores.AsSpan(first + start, lanes));
                if (gradients is not null)
                {
                    cancellation.ThrowIfCancellationRequested();
                    Backward(own, block);
                    Unpack(own.Totals.Pointer, gradients, first + start, lanes);
                }
            }
        });

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Buffers? buffers in _buffers)
        {
            buffers?.Dispose();
        }
    }

    /// <summary>The scores of a block, and their gradient in the outputs: +1 and −1 at the outputs that they are made of.</summary>
    private void StartBackward(Buffers own, int block, int lanes, Span<double> scores)
    {
        PackedWeights layer = _network.Layers[^1];
        own.G.Clear((nint)layer.PanelCount * PackedWeights.Lanes * LayerProducts.Inputs);
        for (int lane = 0; lane < lanes; lane++)
        {
            OutputProducts.Copy(own.Forward.Outputs(block), lane, own.Outputs);
            (scores[lane], int competitor) = _margin.Of(own.Outputs);
            own.G.Pointer[(_margin.Output * LayerProducts.Inputs) + lane] = 1;
            if (competitor != OutputMargin.None)
            {
                own.G.Pointer[(competitor * LayerProducts.Inputs) + lane] = -1;
            }
        }
    }

    /// <summary>From the gradient in the outputs to the one in the inputs, [d][32].</summary>
    private void Backward(Buffers own, int block)
    {
        int bias = _network.HasBias ? 1 : 0;
        for (int l = _network.Layers.Count - 1; l >= 0; l--)
        {
            PackedWeights layer = _network.Layers[l];
            int columns = layer.Columns - bias;
            own.Totals.Clear((nint)columns * LayerProducts.Inputs);
            LayerProducts.AddBackward(TileEngine.Best, layer, columns, own.G.Pointer, own.Totals.Pointer);
            if (l > 0)
            {
                LayerActivations.Mask(_network.Layers[l - 1], own.Totals.Pointer, own.Forward.TakenIn(l, block), own.G.Pointer);
            }
        }
    }

    private void Unpack(double* totals, Matrix<float> gradients, int first, int lanes)
    {
        // Some coordinates at a time: a cache line of totals serves eight inputs.
        const int AtOnce = 16;
        for (int start = 0; start < _network.InputDimension; start += AtOnce)
        {
            int length = Math.Min(AtOnce, _network.InputDimension - start);
            for (int lane = 0; lane < lanes; lane++)
            {
                double* from = totals + ((nint)start * LayerProducts.Inputs) + lane;
                foreach (ref float value in gradients.Row(first + lane).Slice(start, length))
                {
                    value = (float)*from;
                    from += LayerProducts.Inputs;
                }
            }
        }
    }

    /// <summary>One worker's memory.</summary>
    private sealed class Buffers : IDisposable
    {
        public Buffers(DeepNetwork network, OutputProducts last)
        {
            Forward = new(network, last);
            int rows = Math.Max(LayerActivations.MaximumRows(network), LayerProducts.RowsFor(network.Layers[^1]));
            G = new((nint)rows * LayerProducts.Inputs);
            Totals = new((nint)rows * LayerProducts.Inputs);
            Outputs = new double[last.Count];
        }

        public ForwardBlocks Forward { get; }

        /// <summary>The gradient in the pre-activations of a layer, [panels · 32][32].</summary>
        public NativeBuffer<float> G { get; }

        /// <summary>The gradient in what a layer took in, [columns][32].</summary>
        public NativeBuffer<double> Totals { get; }

        public double[] Outputs { get; }

        public void Dispose()
        {
            Forward.Dispose();
            G.Dispose();
            Totals.Dispose();
        }
    }
}
