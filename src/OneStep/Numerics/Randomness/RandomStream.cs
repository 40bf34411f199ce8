using OneStep.Numerics.Simd;

namespace OneStep.Numerics.Randomness;

/// <summary>
/// The random numbers of one (seed, purpose, row): the seed is the generator's key, purpose and row stand in its counter.
/// Row s of a stream is the same however many rows there are (docs/mathematics.md, "Random numbers").
/// </summary>
/// <param name="Seed">The seed of the whole experiment.</param>
/// <param name="Purpose">What the numbers are for.</param>
public readonly record struct RandomStream(ulong Seed, RandomPurpose Purpose)
{
    /// <summary>Fills <paramref name="destination"/> with independent N(0, 1) numbers, rounded to float32.</summary>
    /// <remarks>Box–Muller: each pair of words (u, v) gives √(−2 log U) cos 2πV and √(−2 log U) sin 2πV with
    /// U = (u + ½)/2³² and V = v/2³². The largest magnitude that can occur is 6.77.</remarks>
    public void Gaussians(long row, Span<float> destination)
    {
        int k = 0;
        for (uint block = 0; k < destination.Length; block++)
        {
            (uint w0, uint w1, uint w2, uint w3) = Words(row, block);
            (float g0, float g1) = Pair(w0, w1);
            (float g2, float g3) = Pair(w2, w3);
            destination[k++] = g0;
            if (k < destination.Length)
            {
                destination[k++] = g1;
            }

            if (k < destination.Length)
            {
                destination[k++] = g2;
            }

            if (k < destination.Length)
            {
                destination[k++] = g3;
            }
        }
    }

    /// <summary>Fills <paramref name="destination"/> with independent numbers, uniform on (−1, 1): (2w + 1)/2²³ − 1 for 23 bits w,
    /// which float32 holds exactly.</summary>
    public void SymmetricUniforms(long row, Span<float> destination)
    {
        Span<uint> words = stackalloc uint[4];
        for (int k = 0; k < destination.Length; k++)
        {
            if (k % words.Length == 0)
            {
                (words[0], words[1], words[2], words[3]) = Words(row, (uint)(k / words.Length));
            }

            long odd = (2L * (words[k % words.Length] >> 9)) + 1;
            destination[k] = (odd - (1L << 23)) / (float)(1 << 23);
        }
    }

    /// <summary>A sign, −1 or +1 with equal probability.</summary>
    public int Sign(long row) => (Words(row, 0).W0 & 1) == 0 ? -1 : 1;

    /// <summary>64 uniform random bits: a seed for streams of their own.</summary>
    public ulong Bits(long row)
    {
        (uint high, uint low, _, _) = Words(row, 0);
        return ((ulong)high << 32) | low;
    }

    /// <summary>A uniformly random order of 0 … <paramref name="count"/> − 1 (Fisher–Yates).</summary>
    public int[] Permutation(long row, int count)
    {
        int[] order = new int[count];
        for (int i = 0; i < count; i++)
        {
            order[i] = i;
        }

        for (int i = count - 1; i > 0; i--)
        {
            (uint high, uint low, _, _) = Words(row, (uint)i);
            int j = Below(i + 1, high, low);
            (order[i], order[j]) = (order[j], order[i]);
        }

        return order;
    }

    /// <summary>Fills <paramref name="destination"/> with independent integers, uniform on 0 … <paramref name="bound"/> − 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The bound is not positive.</exception>
    public void Indices(long row, int bound, Span<int> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        for (int k = 0; k < destination.Length; k++)
        {
            (uint w0, uint w1, uint w2, uint w3) = Words(row, (uint)(k / 2));
            destination[k] = k % 2 == 0 ? Below(bound, w0, w1) : Below(bound, w2, w3);
        }
    }

    // 64 random bits make the bias of the multiplication below 2^-32: beyond measure.
    private static int Below(int bound, uint high, uint low) =>
        (int)(((UInt128)(((ulong)high << 32) | low) * (ulong)bound) >> 64);

    private static (float Cosine, float Sine) Pair(uint u, uint v)
    {
        BoxMuller<DoubleLanes1, double>.Gaussians(
            DoubleLanes1.BroadcastBits(u), DoubleLanes1.BroadcastBits(v), out double cosine, out double sine);
        return ((float)cosine, (float)sine);
    }

    private (uint W0, uint W1, uint W2, uint W3) Words(long row, uint block) =>
        Philox4x32.Block(block, (uint)row, (uint)(row >> 32), (uint)Purpose, Seed);
}
