using OneStep.Numerics;
using OneStep.Numerics.Tiles;

namespace OneStep.Networks.Deep.Passes;

/// <summary>The activations of all layers for some blocks of 32 inputs: one worker's memory.</summary>
internal sealed unsafe class ForwardBlocks : IDisposable
{
    /// <summary>The most blocks at a time.</summary>
    private const int MaximumBlocks = 4;

    // With fewer groups a thread the last one to finish keeps the others waiting too long.
    private const int GroupsAThread = 4;

    private readonly DeepNetwork _network;
    private readonly OutputProducts _last;
    private readonly NativeBuffer<float>[] _layers;
    private readonly NativeBuffer<double> _outputs;

    public ForwardBlocks(DeepNetwork network, OutputProducts last)
    {
        _network = network;
        _last = last;
        Step = (nint)LayerActivations.MaximumRows(network) * LayerProducts.Inputs;
        _layers = [.. network.Layers.Select(_ => new NativeBuffer<float>(Step * MaximumBlocks))];
        _outputs = new((nint)last.Count * LayerProducts.Inputs * MaximumBlocks);
    }

    /// <summary>The distance between two blocks.</summary>
    public nint Step { get; }

    /// <summary>How many inputs are computed at a time, so that the groups keep all threads busy. No result depends on it.</summary>
    public static int GroupSizeFor(int inputs, int threads) =>
        LayerProducts.Inputs * Math.Clamp(inputs / (LayerProducts.Inputs * GroupsAThread * threads), 1, MaximumBlocks);

    /// <summary>What layer <paramref name="layer"/> + 1 took in, [rows][32]: the inputs for 0, else activations.</summary>
    public float* TakenIn(int layer, int block) => _layers[layer].Pointer + (block * Step);

    /// <summary>The outputs, [K][32].</summary>
    public double* Outputs(int block) => _outputs.Pointer + ((nint)block * _last.Count * LayerProducts.Inputs);

    /// <summary>Computes everything up to the outputs.</summary>
    /// <param name="inputs">The inputs, [n, d].</param>
    /// <param name="first">The first of the group.</param>
    /// <param name="count">How many.</param>
    public void Run(Matrix<float> inputs, int first, int count)
    {
        int blocks = (count + LayerProducts.Inputs - 1) / LayerProducts.Inputs;
        for (int block = 0; block < blocks; block++)
        {
            int start = block * LayerProducts.Inputs;
            LayerActivations.Pack(inputs, first + start, Math.Min(LayerProducts.Inputs, count - start), 1f, _network.HasBias, TakenIn(0, block));
        }

        for (int l = 0; l < _network.Layers.Count - 1; l++)
        {
            LayerProducts.Forward(TileEngine.Best, _network.Layers[l], TakenIn(l, 0), TakenIn(l + 1, 0), Step, blocks);
            for (int block = 0; block < blocks; block++)
            {
                LayerActivations.Rectify(_network.Layers[l], _network.HasBias, TakenIn(l + 1, block));
            }
        }

        for (int block = 0; block < blocks; block++)
        {
            _last.Multiply(TakenIn(_network.Layers.Count - 1, block), Outputs(block));
        }
    }

    /// <summary>Copies the outputs of a group.</summary>
    /// <param name="count">How many inputs.</param>
    /// <param name="destination">Receives them, [n, K].</param>
    /// <param name="first">The row of the first.</param>
    public void CopyOutputs(int count, Matrix<double> destination, int first)
    {
        for (int i = 0; i < count; i++)
        {
            OutputProducts.Copy(Outputs(i / LayerProducts.Inputs), i % LayerProducts.Inputs, destination.Row(first + i));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (NativeBuffer<float> layer in _layers)
        {
            layer.Dispose();
        }

        _outputs.Dispose();
    }
}
