using System.Numerics;
using OneStep.Numerics;

namespace OneStep.Networks.Passes;

/// <summary>Where inputs are not zero, one bit a coordinate: an image of a digit is black nearly everywhere.</summary>
internal sealed class Supports
{
    private const int WordBits = 64;

    private readonly ulong[] _bits;

    private Supports(ulong[] bits, int words)
    {
        _bits = bits;
        Words = words;
    }

    /// <summary>Words an input.</summary>
    public int Words { get; }

    /// <summary>The support of one input: coordinate k is bit k mod 64 of word k / 64.</summary>
    public ReadOnlySpan<ulong> this[int row] => _bits.AsSpan(row * Words, Words);

    /// <summary>The supports of the rows of a matrix, [n, d].</summary>
    public static Supports Of<T>(Matrix<T> inputs)
        where T : unmanaged, INumberBase<T>
    {
        int words = (inputs.Columns + WordBits - 1) / WordBits;
        ulong[] bits = new ulong[inputs.Rows * words];
        for (int i = 0; i < inputs.Rows; i++)
        {
            ReadOnlySpan<T> row = inputs.Row(i);
            for (int word = 0; word < words; word++)
            {
                ReadOnlySpan<T> part = row.Slice(word * WordBits, Math.Min(WordBits, row.Length - (word * WordBits)));
                ulong support = 0;
                for (int k = 0; k < part.Length; k++)
                {
                    support |= (T.IsZero(part[k]) ? 0UL : 1UL) << k;
                }

                bits[(i * words) + word] = support;
            }
        }

        return new(bits, words);
    }

    /// <summary>How many coordinates of an input are not zero.</summary>
    public int CountOf(int row)
    {
        int count = 0;
        foreach (ulong word in this[row])
        {
            count += BitOperations.PopCount(word);
        }

        return count;
    }

    /// <summary>Whether an input is not zero somewhere in a run of at most 32 coordinates.</summary>
    public bool Touches(int row, int first, int length)
    {
        ReadOnlySpan<ulong> words = this[row];
        int word = first / WordBits;
        int shift = first % WordBits;
        ulong run = words[word] >> shift;
        if (shift + length > WordBits && word + 1 < words.Length)
        {
            run |= words[word + 1] << (WordBits - shift);
        }

        return (run & ((1UL << length) - 1)) != 0;
    }

    /// <summary>Adds an input's support to a union of supports.</summary>
    public void Unite(int row, Span<ulong> union)
    {
        ReadOnlySpan<ulong> words = this[row];
        for (int word = 0; word < union.Length; word++)
        {
            union[word] |= words[word];
        }
    }

    /// <summary>By how many coordinates an input would widen a union of supports.</summary>
    public int Growth(int row, ReadOnlySpan<ulong> union)
    {
        ReadOnlySpan<ulong> words = this[row];
        int growth = 0;
        for (int word = 0; word < union.Length; word++)
        {
            growth += BitOperations.PopCount(words[word] & ~union[word]);
        }

        return growth;
    }
}
