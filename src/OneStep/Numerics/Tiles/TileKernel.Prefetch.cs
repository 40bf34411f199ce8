using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace OneStep.Numerics.Tiles;

/// <content>What the kernel fetches before it is needed. Fetching what does not exist does no harm, so nothing is checked.</content>
internal static unsafe partial class TileKernel<TSimd, TVector, TScalar, TStored, TRows, TRowStride, TSteps, TTarget>
{
    /// <summary>Steps of B that are fetched ahead: far enough to hide the second-level cache.</summary>
    private const int PrefetchDistance = StepList.Padding;

    private const int CacheLine = 64;

    /// <summary>What step k fetches.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PrefetchStep(TScalar* a, TStored* b, int* list, nint k, TStored* ahead)
    {
        if (!Sse.IsSupported || TTarget.IsInPlace)
        {
            return;
        }

        if (TRowStride.Value == 1)
        {
            TStored* near = TSteps.IsList ? b + ((nint)list[k + PrefetchDistance] * Row) : b + (PrefetchDistance * Row);
            Sse.Prefetch0(near);
            Sse.Prefetch0(near + TSimd.Count);
            Sse.Prefetch1((byte*)ahead + (k * CacheLine));
        }
        else
        {
            // A is the stored matrix here, and B is near: the rows of the next tile, a cache line a step.
            Sse.Prefetch0((byte*)(a + (TRows.Value * TRowStride.Value)) + (k * CacheLine));
        }
    }

    // The chains of a weight update are short, and its rows come from far away: while a tile is computed, the rows of the next
    // one come near, and this tile's rows of the next matrix come nearer.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PrefetchRows(TScalar* c, TScalar* next, nint* places)
    {
        if (Sse.IsSupported)
        {
            for (int r = 0; r < TRows.Value; r++)
            {
                Sse.Prefetch0(c + places[TRows.Value + r]);
                Sse.Prefetch0(c + places[TRows.Value + r] + TSimd.Count);
                Sse.Prefetch1(next + places[r]);
                Sse.Prefetch1(next + places[r] + TSimd.Count);
            }
        }
    }
}
