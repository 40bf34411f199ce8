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
    /// <param name="supports">Where the inputs are not zero.</param>
    /// <param name="dimension">How many coordinates an input has.</param>
    /// <param name="rows">Which inputs.</param>
    public static int[] Of(Supports supports, int dimension, ReadOnlySpan<int> rows)
    {
        int[] order = rows.ToArray();
        for (int first = 0; first < order.Length; first += Window)
        {
            Span<int> window = order.AsSpan(first, Math.Min(Window, order.Length - first));
            if (window.Length > TileEngine.TileRows && IsSparse(supports, dimension, window))
            {
                OrderWindow(supports, window);
            }
        }

        return order;
    }

    private static bool IsSparse(Supports supports, int dimension, ReadOnlySpan<int> window)
    {
        long count = 0;
        foreach (int row in window)
        {
            count += supports.CountOf(row);
        }

        return count <= WorthOrdering * window.Length * dimension;
    }

    // The first `placed` inputs have their tile; of the others the one that widens the tile's support least is next.
    private static void OrderWindow(Supports supports, Span<int> window)
    {
        ulong[] union = new ulong[supports.Words];
        for (int placed = 0; placed < window.Length; placed++)
        {
            int best = placed;
            if (placed % TileEngine.TileRows == 0)
            {
                Array.Clear(union);
            }
            else
            {
                int fewest = int.MaxValue;
                for (int i = placed; i < window.Length; i++)
                {
                    int growth = supports.Growth(window[i], union);
                    if (growth < fewest)
                    {
                        (best, fewest) = (i, growth);
                    }
                }
            }

            (window[placed], window[best]) = (window[best], window[placed]);
            supports.Unite(window[placed], union);
        }
    }
}
