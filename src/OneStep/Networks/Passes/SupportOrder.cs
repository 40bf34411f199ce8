using System.Numerics;
using OneStep.Numerics;
using OneStep.Numerics.Tiles;

namespace OneStep.Networks.Passes;

/// <summary>
/// Orders inputs so that those in one tile of 12 are zero at the same places: a tile's cost is the union of its inputs'
/// supports. Greedy, within windows; the order changes the speed alone, never a result.
/// </summary>
internal static class SupportOrder
{
    // Within a window all pairs are compared. Wider windows find better company at quadratic cost.
    private const int Window = 192;

    // Inputs that are seldom zero are left as they are.
    private const double WorthOrdering = 0.6;

    /// <summary>An order of the rows named in <paramref name="rows"/>; for dense inputs, the order given.</summary>
    public static int[] Of<T>(Matrix<T> inputs, ReadOnlySpan<int> rows)
        where T : unmanaged, INumberBase<T>
    {
        int[] order = rows.ToArray();
        for (int first = 0; first < order.Length; first += Window)
        {
            Span<int> window = order.AsSpan(first, Math.Min(Window, order.Length - first));
            if (window.Length > TileEngine.TileRows)
            {
                OrderWindow(inputs, window);
            }
        }

        return order;
    }

    private static void OrderWindow<T>(Matrix<T> inputs, Span<int> window)
        where T : unmanaged, INumberBase<T>
    {
        int words = (inputs.Columns + 63) / 64;
        ulong[] supports = new ulong[window.Length * words];
        long nonzero = 0;
        for (int i = 0; i < window.Length; i++)
        {
            nonzero += Support(inputs.Row(window[i]), supports.AsSpan(i * words, words));
        }

        if (nonzero > WorthOrdering * window.Length * inputs.Columns)
        {
            return;
        }

        // The first `placed` inputs have their tile; of the others the one that widens the tile's support least is next.
        Span<ulong> union = stackalloc ulong[words <= 256 ? words : 0];
        union = words <= 256 ? union : new ulong[words];
        for (int placed = 0; placed < window.Length; placed++)
        {
            if (placed % TileEngine.TileRows == 0)
            {
                union.Clear();
            }

            int best = placed;
            int fewest = int.MaxValue;
            for (int i = placed; i < window.Length && placed % TileEngine.TileRows != 0; i++)
            {
                int growth = Growth(union, supports.AsSpan(i * words, words));
                if (growth < fewest)
                {
                    (best, fewest) = (i, growth);
                }
            }

            (window[placed], window[best]) = (window[best], window[placed]);
            Swap(supports.AsSpan(placed * words, words), supports.AsSpan(best * words, words));
            Unite(union, supports.AsSpan(placed * words, words));
        }
    }

    private static long Support<T>(ReadOnlySpan<T> row, Span<ulong> bits)
        where T : unmanaged, INumberBase<T>
    {
        long count = 0;
        for (int k = 0; k < row.Length; k++)
        {
            if (!T.IsZero(row[k]))
            {
                bits[k / 64] |= 1UL << (k % 64);
                count++;
            }
        }

        return count;
    }

    private static int Growth(ReadOnlySpan<ulong> union, ReadOnlySpan<ulong> support)
    {
        int growth = 0;
        for (int word = 0; word < union.Length; word++)
        {
            growth += BitOperations.PopCount(support[word] & ~union[word]);
        }

        return growth;
    }

    private static void Unite(Span<ulong> union, ReadOnlySpan<ulong> support)
    {
        for (int word = 0; word < union.Length; word++)
        {
            union[word] |= support[word];
        }
    }

    private static void Swap(Span<ulong> a, Span<ulong> b)
    {
        for (int word = 0; word < a.Length; word++)
        {
            (a[word], b[word]) = (b[word], a[word]);
        }
    }
}
