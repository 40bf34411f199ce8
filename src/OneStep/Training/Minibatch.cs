using OneStep.Data;
using OneStep.Numerics;
using OneStep.Networks.Passes;

namespace OneStep.Training;

/// <summary>A minibatch as the kernels want it, with what the forward pass found: scores, and who was active.</summary>
internal sealed unsafe class Minibatch : IDisposable
{
    private readonly int _columns;
    private readonly Matrix<float> _gathered;

    public Minibatch(int capacity, int dimension, int columns, int panels)
    {
        _columns = columns;
        _gathered = new(capacity, dimension);
        Rows = new((nint)capacity * columns);
        Packed = new((nint)capacity * columns);
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

    /// <summary>The inputs, [count][columns]: the update reads them by column.</summary>
    public NativeBuffer<float> Rows { get; }

    /// <summary>The inputs packed in tiles: the forward pass reads them so.</summary>
    public NativeBuffer<float> Packed { get; }

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

    /// <summary>Takes the examples named in <paramref name="indices"/>.</summary>
    public void Gather(LabelledInputs examples, ReadOnlySpan<int> indices)
    {
        Count = indices.Length;
        LargestNorm = 0;
        for (int i = 0; i < Count; i++)
        {
            Span<float> input = examples.Inputs.Row(indices[i]);
            input.CopyTo(_gathered.Row(i));
            Labels[i] = examples.Labels[indices[i]];
            float* row = Rows.Pointer + ((nint)i * _columns);
            input.CopyTo(new Span<float>(row, _columns));
            double square = 0;
            foreach (float x in input)
            {
                square += (double)x * x;
            }

            if (_columns > input.Length)
            {
                row[_columns - 1] = 1;
                square += 1;
            }

            LargestNorm = Math.Max(LargestNorm, Math.Sqrt(square) * (1 + 1e-12));
        }

        InputPacking.Pack(_gathered, 0, Count, _columns, 1f, Packed.Pointer);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Rows.Dispose();
        Packed.Dispose();
        Bits.Dispose();
        Coefficients.Dispose();
    }
}
