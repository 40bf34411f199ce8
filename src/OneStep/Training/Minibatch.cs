using OneStep.Numerics;
using OneStep.Networks.Passes;

namespace OneStep.Training;

/// <summary>A minibatch as the kernels want it, with what the forward pass found: scores, and who was active.</summary>
internal sealed unsafe class Minibatch : IDisposable
{
    private int[] _all = [];

    /// <summary>Makes room for a minibatch.</summary>
    /// <param name="coordinates">The coordinates of the examples, in tiles.</param>
    /// <param name="capacity">The most examples.</param>
    /// <param name="panels">The panels of the network.</param>
    public Minibatch(CoordinateOrder coordinates, int capacity, int panels)
    {
        Inputs = new(coordinates.Columns, capacity);
        Coordinates = new(coordinates, capacity);
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
    /// <param name="examples">The training set that the coordinates were ordered for.</param>
    /// <param name="indices">Which of them.</param>
    public void Take(TrainingExamples examples, ReadOnlySpan<int> indices)
    {
        int[] order = SupportOrder.Of(examples.Supports, examples.Inputs.Columns, indices);
        Count = order.Length;
        Inputs.Pack(examples.Inputs, examples.Supports, order, 1f);
        Coordinates.Pack(examples.Inputs, order);
        LargestNorm = 0;
        for (int i = 0; i < Count; i++)
        {
            Labels[i] = examples.Labels[order[i]];
            LargestNorm = Math.Max(LargestNorm, examples.Norms[order[i]]);
        }
    }

    /// <summary>Takes inputs as they are, in their order; the coordinates are those of <see cref="CoordinateOrder.Dense"/>.</summary>
    /// <param name="inputs">[n, d].</param>
    /// <param name="labels">[n].</param>
    /// <param name="supports">That no coordinate is taken for zero: see <see cref="Supports.Everywhere"/>.</param>
    /// <param name="hasBias">Whether the network appends a coordinate 1 to every input.</param>
    public void TakeDense(Matrix<float> inputs, ReadOnlySpan<int> labels, Supports supports, bool hasBias)
    {
        if (_all.Length != inputs.Rows)
        {
            _all = NetworkShape.AllRows(inputs.Rows);
        }

        Count = inputs.Rows;
        Inputs.Pack(inputs, supports, _all, 1f);
        Coordinates.Pack(inputs, _all);
        labels.CopyTo(Labels);
        LargestNorm = 0;
        for (int i = 0; i < Count; i++)
        {
            LargestNorm = Math.Max(LargestNorm, TrainingExamples.NormOf(inputs.Row(i), hasBias));
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
