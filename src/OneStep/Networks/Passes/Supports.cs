using System.Numerics;
using System.Runtime.Intrinsics;
using OneStep.Numerics;

namespace OneStep.Networks.Passes;

/// <summary>Where inputs are not zero, one bit a coordinate: an image of a digit is black nearly everywhere.</summary>
internal sealed class Supports
{
    private const int WordBits = 64;

    // Rows that a thread looks at before it takes others.
    private const int RowsAtOnce = 128;

    private readonly ulong[] _bits;
    private readonly int[] _counts;

    private Supports(ulong[] bits, int words)
    {
        _bits = bits;
        Words = words;
        _counts = new int[words == 0 ? 0 : bits.Length / words];
        for (int row = 0; row < _counts.Length; row++)
        {
            foreach (ulong word in this[row])
            {
                _counts[row] += BitOperations.PopCount(word);
            }
        }
    }

    /// <summary>Words an input.</summary>
    public int Words { get; }

    /// <summary>The support of one input: coordinate k is bit k mod 64 of word k / 64.</summary>
    public ReadOnlySpan<ulong> this[int row] => _bits.AsSpan(row * Words, Words);

    /// <summary>The supports of the rows of a matrix, [n, d].</summary>
    /// <param name="inputs">The matrix.</param>
    /// <param name="threads">How many threads may be used.</param>
    public static Supports Of<T>(Matrix<T> inputs, int threads = 1)
        where T : unmanaged, INumberBase<T>
    {
        int words = (inputs.Columns + WordBits - 1) / WordBits;
        ulong[] bits = new ulong[inputs.Rows * words];
        WorkGrid.Run(NetworkShape.Ceiling(inputs.Rows, RowsAtOnce), threads, CancellationToken.None, (item, _) =>
        {
            for (int i = item * RowsAtOnce; i < Math.Min((item + 1) * RowsAtOnce, inputs.Rows); i++)
            {
                ReadOnlySpan<T> row = inputs.Row(i);
                for (int word = 0; word < words; word++)
                {
                    bits[(i * words) + word] = NotZero(row.Slice(word * WordBits, Math.Min(WordBits, row.Length - (word * WordBits))));
                }
            }
        });
        return new(bits, words);
    }

    /// <summary>Supports of inputs of which no coordinate is taken to be zero.</summary>
    /// <param name="count">How many inputs.</param>
    /// <param name="dimension">How many coordinates an input has.</param>
    public static Supports Everywhere(int count, int dimension)
    {
        int words = (dimension + WordBits - 1) / WordBits;
        ulong[] bits = new ulong[count * words];
        for (int i = 0; i < bits.Length; i++)
        {
            int left = dimension - (i % words * WordBits);
            bits[i] = left >= WordBits ? ulong.MaxValue : (1UL << left) - 1;
        }

        return new(bits, words);
    }

    /// <summary>At which of some inputs each coordinate is not zero: the supports of the columns of a matrix.</summary>
    /// <param name="inputs">[n, d].</param>
    /// <param name="rows">Which inputs.</param>
    public static Supports OfCoordinates(Matrix<float> inputs, ReadOnlySpan<int> rows)
    {
        int words = (rows.Length + WordBits - 1) / WordBits;
        ulong[] bits = new ulong[inputs.Columns * words];
        for (int i = 0; i < rows.Length; i++)
        {
            ReadOnlySpan<float> row = inputs.Row(rows[i]);
            for (int k = 0; k < row.Length; k++)
            {
                bits[(k * words) + (i / WordBits)] |= (row[k] == 0 ? 0UL : 1UL) << (i % WordBits);
            }
        }

        return new(bits, words);
    }

    /// <summary>How many coordinates of an input are not zero.</summary>
    public int CountOf(int row) => _counts[row];

    /// <summary>Adds an input's support to a union of supports.</summary>
    public void Unite(int row, Span<ulong> union)
    {
        ReadOnlySpan<ulong> words = this[row];
        for (int word = 0; word < union.Length; word++)
        {
            union[word] |= words[word];
        }
    }

    /// <summary>How many coordinates an input's support has in common with a union of supports.</summary>
    public int Overlap(int row, ReadOnlySpan<ulong> union)
    {
        ReadOnlySpan<ulong> words = this[row];
        int overlap = 0;
        for (int word = 0; word < union.Length; word++)
        {
            overlap += BitOperations.PopCount(words[word] & union[word]);
        }

        return overlap;
    }

    /// <summary>Bit k is set where value k of at most 64 is not zero.</summary>
    private static ulong NotZero<T>(ReadOnlySpan<T> values)
        where T : unmanaged, INumberBase<T>
    {
        ulong support = 0;
        int k = 0;
        for (; k <= values.Length - Vector512<T>.Count; k += Vector512<T>.Count)
        {
            ulong zeros = Vector512.Equals(Vector512.Create(values[k..]), Vector512<T>.Zero).ExtractMostSignificantBits();
            support |= (~zeros & ((1UL << Vector512<T>.Count) - 1)) << k;
        }

        for (; k < values.Length; k++)
        {
            support |= (T.IsZero(values[k]) ? 0UL : 1UL) << k;
        }

        return support;
    }
}
