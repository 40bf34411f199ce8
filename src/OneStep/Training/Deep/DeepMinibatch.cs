using OneStep.Data;
using OneStep.Networks.Deep;
using OneStep.Networks.Passes;
using OneStep.Numerics;

namespace OneStep.Training.Deep;

/// <summary>
/// A minibatch in blocks of 32 inputs, with all that lies between its inputs and the gradients of its loss. What belongs to
/// neurons lies as <c>[block][neuron][32 inputs]</c>; gradients are there transposed as well, <c>[panel][block][32 inputs][32
/// neurons]</c>, as the gradient in the weights wants them.
/// </summary>
internal sealed unsafe class DeepMinibatch : IDisposable
{
    /// <summary>Numbers in 32 neurons at 32 inputs.</summary>
    public const int Tile = PackedWeights.Lanes * LayerProducts.Inputs;

    private readonly IReadOnlyList<PackedWeights> _layers;
    private readonly int _inputDimension;
    private readonly int _blockCapacity;
    private readonly NativeBuffer<float>[] _activations;
    private readonly NativeBuffer<float>[] _gradients;
    private readonly NativeBuffer<float>[] _transposedGradients;
    private readonly int[] _examples;

    /// <summary>Makes room for a minibatch.</summary>
    /// <param name="network">The network that it is for.</param>
    /// <param name="capacity">The most examples.</param>
    public DeepMinibatch(DeepNetwork network, int capacity)
    {
        _layers = network.Layers;
        _inputDimension = network.InputDimension;
        _blockCapacity = NetworkShape.Ceiling(capacity, LayerProducts.Inputs);
        _examples = new int[capacity];
        Labels = new int[capacity];
        Losses = new double[capacity];
        Correct = new bool[capacity];
        _activations = new NativeBuffer<float>[_layers.Count + 1];
        _gradients = new NativeBuffer<float>[_layers.Count];
        _transposedGradients = new NativeBuffer<float>[_layers.Count];
        _activations[0] = new(_blockCapacity * ActivationStep(0));
        for (int l = 0; l < _layers.Count; l++)
        {
            _activations[l + 1] = new(_blockCapacity * ActivationStep(l + 1));
            _gradients[l] = new(_blockCapacity * GradientStep(l));
            _transposedGradients[l] = new(_blockCapacity * GradientStep(l));
        }

        for (int block = 0; network.HasBias && block < _blockCapacity; block++)
        {
            SetBiasRow(0, block);
        }
    }

    /// <summary>How many examples it holds now.</summary>
    public int Count { get; private set; }

    /// <summary>How many blocks of 32 inputs it holds now, the last one perhaps not full.</summary>
    public int Blocks => NetworkShape.Ceiling(Count, LayerProducts.Inputs);

    /// <summary>The labels, [count].</summary>
    public int[] Labels { get; }

    /// <summary>The loss of each example, [count].</summary>
    public double[] Losses { get; }

    /// <summary>Whether each example is classified correctly, [count].</summary>
    public bool[] Correct { get; }

    /// <summary>Chooses the examples; their inputs are taken block by block.</summary>
    /// <param name="examples">The training set.</param>
    /// <param name="indices">Which of them.</param>
    public void Choose(LabelledInputs examples, ReadOnlySpan<int> indices)
    {
        Count = indices.Length;
        indices.CopyTo(_examples);
        for (int i = 0; i < Count; i++)
        {
            Labels[i] = examples.Labels[_examples[i]];
        }
    }

    /// <summary>Takes the inputs of one block.</summary>
    public void PackBlock(Matrix<float> inputs, int block)
    {
        float** rows = stackalloc float*[LayerProducts.Inputs];
        fixed (float* data = inputs.Data)
        {
            for (int lane = 0; lane < LayerProducts.Inputs; lane++)
            {
                // Lanes behind the last example repeat it. Nothing comes of them: their gradient is zero.
                int i = Math.Min((block * LayerProducts.Inputs) + lane, Count - 1);
                rows[lane] = data + ((nint)_examples[i] * _inputDimension);
            }

            LaneTranspose.Run(rows, _inputDimension, Activation(0, block));
        }
    }

    /// <summary>What a layer takes in, [columns][32]; behind the last layer the outputs.</summary>
    public float* Activation(int layer, int block) => _activations[layer].Pointer + (block * ActivationStep(layer));

    /// <summary>The distance between two blocks of what a layer takes in.</summary>
    public nint ActivationStep(int layer) => (nint)LayerProducts.Inputs * (layer == 0 ? _layers[0].Columns : LayerProducts.RowsFor(_layers[layer - 1]));

    /// <summary>The gradient in what a layer puts out before relu, [panels · 32][32].</summary>
    public float* Gradient(int layer, int block) => _gradients[layer].Pointer + (block * GradientStep(layer));

    /// <summary>The same of one panel, transposed, [blocks · 32 inputs][32 neurons].</summary>
    public float* TransposedGradient(int layer, int panel, int block) =>
        _transposedGradients[layer].Pointer + ((((nint)panel * _blockCapacity) + block) * Tile);

    /// <summary>Sets to 1 what a layer's biases multiply.</summary>
    public void SetBiasRow(int layer, int block) =>
        new Span<float>(Activation(layer, block) + ((_layers[layer].Columns - 1) * (nint)LayerProducts.Inputs), LayerProducts.Inputs).Fill(1);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (NativeBuffer<float> buffer in (IEnumerable<NativeBuffer<float>>)[.. _activations, .. _gradients, .. _transposedGradients])
        {
            buffer.Dispose();
        }
    }

    private nint GradientStep(int layer) => (nint)_layers[layer].PanelCount * Tile;
}
