using OneStep.Numerics;
using OneStep.Networks.Passes;

namespace OneStep.Training;

/// <summary>A minibatch as the kernels want it, with what the forward pass found: scores, and who was active.</summary>
internal sealed unsafe class Minibatch : IDisposable
{
    private readonly TrainingExamples _examples;

    /// <summary>Makes room for a minibatch.</summary>
    /// <param name="examples">Where its examples come from.</param>
    /// <param name="capacity">The most examples.</param>
    /// <param name="panels">The panels of the network.</param>
    public Minibatch(TrainingExamples examples, int capacity, int panels)
    {
        _examples = examples;
        Inputs = new(examples.Coordinates.Columns, capacity);
        Coordinates = new(examples.Coordinates, capacity);
        Bits = new((nint)panels * capacity);
        Coefficients = new(capacity);
        Scores = new double[capacity];
        Labels = new int[capacity];
        Capacity = capacity;
    }

    /// <summary>The most examples it holds.</summary>
    public int Capacity { get; }

    /// <summary>How many examples it holds now.</summary>
    public int Count { get; private set; }

    /// <summary>The inputs in tiles of inputs: the forward pass reads them so.</summary>
    public InputTiles<float> Inputs { get; }

    /// <summary>The inputs in tiles of coordinates: the update reads them so.</summary>
    public CoordinateTiles Coordinates { get; }

    /// <summary>The active neurons, [panel][capacity].</summary>
    public NativeBuffer<uint> Bits { get; }

    /// <summary>e_i: what each example adds to the weights of its active neurons, in units of a_s x_i.</summary>
    public NativeBuffer<float> Coefficients { get; }

    public double[] Scores { get; }

    public int[] Labels { get; }

    /// <summary>The largest ‖x_i‖, of (x_i, 1) with biases, rounded up.</summary>
    public double LargestNorm { get; private set; }

    /// <summary>Whether every score is a finite number.</summary>
    public bool HasFiniteScores
    {
        get
        {
            bool finite = true;
            foreach (double score in Scores.AsSpan(0, Count))
            {
                finite &= double.IsFinite(score);
            }

            return finite;
        }
    }

    /// <summary>Takes the examples named in <paramref name="indices"/>, ordered so that those of a tile are zero at the same
    /// places. The order depends on the examples alone.</summary>
    public void Gather(ReadOnlySpan<int> indices)
    {
        int[] order = SupportOrder.Of(_examples.Supports, _examples.Inputs.Columns, indices);
        Count = order.Length;
        Inputs.Pack(_examples.Inputs, _examples.Supports, order, 1f);
        Coordinates.Pack(_examples.Inputs, order);
        LargestNorm = 0;
        for (int i = 0; i < Count; i++)
        {
            Labels[i] = _examples.Labels[order[i]];
            LargestNorm = Math.Max(LargestNorm, _examples.Norms[order[i]]);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Inputs.Dispose();
        Coordinates.Dispose();
        Bits.Dispose();
        Coefficients.Dispose();
    }
}
