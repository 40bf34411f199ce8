using OneStep.Numerics;
using OneStep.Numerics.Tiles;

namespace OneStep.Networks.Passes;

/// <summary>
/// Orders inputs so that those in one tile of 12 are zero at the same places: a tile's cost is the union of its inputs'
/// supports. Coordinates are ordered the same way by the inputs that are not zero there. Greedy, within windows of inputs with
/// supports of like size; the order changes the speed alone, never a result.
/// </summary>
internal static class SupportOrder
{
    // Within a window all pairs are compared. Wider windows find better company at quadratic cost.
    private const int Window = 192;

    // What a coordinate costs that an input adds to a tile's union, and one of the union that it lacks.
    private const int Added = 4;
    private const int Lacking = 1;

    // Inputs that are seldom zero are left as they are.
    private const double WorthOrdering = 0.6;

    /// <summary>An order of the rows named in <paramref name="rows"/>; for dense inputs, the order given.</summary>
    /// <param name="supports">Where the inputs are not zero.</param>
    /// <param name="dimension">How many coordinates an input has.</param>
    /// <param name="rows">Which inputs.</param>
    /// <param name="threads">How many threads may be used; the order does not depend on it.</param>
    public static int[] Of(Supports supports, int dimension, ReadOnlySpan<int> rows, int threads = 1)
    {
        int[] order = rows.ToArray();
        if (order.Length > Window && IsSparse(supports, dimension, order))
        {
            order.AsSpan().Sort((a, b) => supports.CountOf(a) != supports.CountOf(b) ? supports.CountOf(a).CompareTo(supports.CountOf(b)) : a.CompareTo(b));
        }

        WorkGrid.Run(NetworkShape.Ceiling(order.Length, Window), threads, CancellationToken.None, (item, _) =>
        {
            int first = item * Window;
            Span<int> window = order.AsSpan(first, Math.Min(Window, order.Length - first));
            if (window.Length > TileEngine.TileRows && IsSparse(supports, dimension, window))
            {
                OrderWindow(supports, window);
            }
        });
        return order;
    }

    /// <summary>Whether inputs are zero so often that it pays to put them in order.</summary>
    /// <param name="supports">Where the inputs are not zero.</param>
    /// <param name="dimension">How many coordinates an input has.</param>
    /// <param name="rows">Which inputs.</param>
    public static bool IsSparse(Supports supports, int dimension, ReadOnlySpan<int> rows)
    {
        long count = 0;
        foreach (int row in rows)
        {
            count += supports.CountOf(row);
        }

        return count <= WorthOrdering * rows.Length * dimension;
    }

    // The first `placed` inputs have their tile; of the others the one that fits its union best is next: a coordinate that it
    // adds costs every input of the tile, one that it lacks wastes its own place.
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
                int least = int.MaxValue;
                for (int i = placed; i < window.Length; i++)
                {
                    // Added · |x \ u| + Lacking · |u \ x|, but for |u|, which is the same for all.
                    int misfit = (Added * supports.CountOf(window[i])) - ((Added + Lacking) * supports.Overlap(window[i], union));
                    if (misfit < least)
                    {
                        (best, least) = (i, misfit);
                    }
                }
            }

            (window[placed], window[best]) = (window[best], window[placed]);
            supports.Unite(window[placed], union);
        }
    }
}
