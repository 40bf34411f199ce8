using System.Runtime.CompilerServices;
using OneStep.Numerics.Simd;

namespace OneStep.Numerics.Tiles;

/// <summary>
/// The one kernel behind every product: C[r, lane] (+)= Σ_k A[r, k] · B[k, lane] for up to twelve rows and two vectors
/// of lanes, each element one chain of fused multiply-adds in ascending k. The A side is broadcast, the B side is
/// loaded, C lives in registers.
/// </summary>
/// <remarks>
/// The accumulators are separate locals on purpose: as an array or a span they would live in memory, at a quarter of the
/// speed. Rows behind <typeparamref name="TRows"/> vanish when the method is compiled.
/// </remarks>
internal static unsafe partial class TileKernel<TSimd, TVector, TScalar, TStored, TRows, TRowStride, TSteps, TTarget>
    where TSimd : struct, ISimd<TVector, TScalar>, ILoads<TVector, TStored>
    where TVector : struct
    where TScalar : unmanaged
    where TStored : unmanaged
    where TRows : struct, IConstant
    where TRowStride : struct, IConstant
    where TSteps : struct, IStepOrder
    where TTarget : struct, ITarget
{
    /// <summary>From one k of B, or row of C, to the next.</summary>
    private const int Row = TileEngine.Lanes;

    /// <summary>Computes one tile.</summary>
    /// <param name="a">A[r, k] lies at <c>a[r * TRowStride + k * aStep]</c>.</param>
    /// <param name="aStep">The distance between two k of A.</param>
    /// <param name="b">B[k, lane] lies at <c>b[k * 32 + lane]</c>.</param>
    /// <param name="list">Which k of B the steps are, padded; A holds those k alone. Not read where all k are taken.</param>
    /// <param name="steps">How many k.</param>
    /// <param name="c">C[r, lane] lies at <c>c[r * 32 + lane]</c>, r being the place of the row where it is added in place.</param>
    /// <param name="places">Where each row of the tile lies in C, counted in numbers, if it is added in place; the next tile's
    /// follow.</param>
    /// <param name="segments">How many runs of steps make a chain: A and B go on behind each run.</param>
    /// <param name="aSegment">The distance between two runs of A.</param>
    /// <param name="ahead">What is wanted soon: a cache line of it a step is fetched into the second-level cache, or where rows
    /// are added in place, the same rows of it. B or C itself where nothing is.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(
        TScalar* a, nint aStep, TStored* b, int* list, nint steps, TScalar* c, nint* places, int segments, nint aSegment, TStored* ahead)
    {
        TVector c0L = TSimd.Zero, c0R = TSimd.Zero;
        TVector c1L = TSimd.Zero, c1R = TSimd.Zero;
        TVector c2L = TSimd.Zero, c2R = TSimd.Zero;
        TVector c3L = TSimd.Zero, c3R = TSimd.Zero;
        TVector c4L = TSimd.Zero, c4R = TSimd.Zero;
        TVector c5L = TSimd.Zero, c5R = TSimd.Zero;
        TVector c6L = TSimd.Zero, c6R = TSimd.Zero;
        TVector c7L = TSimd.Zero, c7R = TSimd.Zero;
        TVector c8L = TSimd.Zero, c8R = TSimd.Zero;
        TVector c9L = TSimd.Zero, c9R = TSimd.Zero;
        TVector c10L = TSimd.Zero, c10R = TSimd.Zero;
        TVector c11L = TSimd.Zero, c11R = TSimd.Zero;
        if (TTarget.IsInPlace)
        {
            PrefetchRows(c, (TScalar*)ahead, places);
            c0L = TSimd.Load(RowOf(c, places, 0));
            c0R = TSimd.Load(RowOf(c, places, 0) + TSimd.Count);
            if (TRows.Value > 1)
            {
                c1L = TSimd.Load(RowOf(c, places, 1));
                c1R = TSimd.Load(RowOf(c, places, 1) + TSimd.Count);
            }

            if (TRows.Value > 2)
            {
                c2L = TSimd.Load(RowOf(c, places, 2));
                c2R = TSimd.Load(RowOf(c, places, 2) + TSimd.Count);
            }

            if (TRows.Value > 3)
            {
                c3L = TSimd.Load(RowOf(c, places, 3));
                c3R = TSimd.Load(RowOf(c, places, 3) + TSimd.Count);
            }

            if (TRows.Value > 4)
            {
                c4L = TSimd.Load(RowOf(c, places, 4));
                c4R = TSimd.Load(RowOf(c, places, 4) + TSimd.Count);
            }

            if (TRows.Value > 5)
            {
                c5L = TSimd.Load(RowOf(c, places, 5));
                c5R = TSimd.Load(RowOf(c, places, 5) + TSimd.Count);
            }

            if (TRows.Value > 6)
            {
                c6L = TSimd.Load(RowOf(c, places, 6));
                c6R = TSimd.Load(RowOf(c, places, 6) + TSimd.Count);
            }

            if (TRows.Value > 7)
            {
                c7L = TSimd.Load(RowOf(c, places, 7));
                c7R = TSimd.Load(RowOf(c, places, 7) + TSimd.Count);
            }

            if (TRows.Value > 8)
            {
                c8L = TSimd.Load(RowOf(c, places, 8));
                c8R = TSimd.Load(RowOf(c, places, 8) + TSimd.Count);
            }

            if (TRows.Value > 9)
            {
                c9L = TSimd.Load(RowOf(c, places, 9));
                c9R = TSimd.Load(RowOf(c, places, 9) + TSimd.Count);
            }

            if (TRows.Value > 10)
            {
                c10L = TSimd.Load(RowOf(c, places, 10));
                c10R = TSimd.Load(RowOf(c, places, 10) + TSimd.Count);
            }

            if (TRows.Value > 11)
            {
                c11L = TSimd.Load(RowOf(c, places, 11));
                c11R = TSimd.Load(RowOf(c, places, 11) + TSimd.Count);
            }
        }

        for (int segment = 0; segment < segments; segment++)
        {
            TScalar* first = a;
            for (nint k = 0; k < steps; k++)
            {
                PrefetchStep(first, b, list, k, ahead);
                TStored* row = TSteps.IsList ? b + ((nint)list[k] * Row) : b;
                TVector b0 = TSimd.Load(row);
                TVector b1 = TSimd.Load(row + TSimd.Count);
                TVector value;
                value = TSimd.Broadcast(*a);
                c0L = TSimd.MultiplyAdd(value, b0, c0L);
                c0R = TSimd.MultiplyAdd(value, b1, c0R);
                if (TRows.Value > 1)
                {
                    value = TSimd.Broadcast(a[1 * TRowStride.Value]);
                    c1L = TSimd.MultiplyAdd(value, b0, c1L);
                    c1R = TSimd.MultiplyAdd(value, b1, c1R);
                }

                if (TRows.Value > 2)
                {
                    value = TSimd.Broadcast(a[2 * TRowStride.Value]);
                    c2L = TSimd.MultiplyAdd(value, b0, c2L);
                    c2R = TSimd.MultiplyAdd(value, b1, c2R);
                }

                if (TRows.Value > 3)
                {
                    value = TSimd.Broadcast(a[3 * TRowStride.Value]);
                    c3L = TSimd.MultiplyAdd(value, b0, c3L);
                    c3R = TSimd.MultiplyAdd(value, b1, c3R);
                }

                if (TRows.Value > 4)
                {
                    value = TSimd.Broadcast(a[4 * TRowStride.Value]);
                    c4L = TSimd.MultiplyAdd(value, b0, c4L);
                    c4R = TSimd.MultiplyAdd(value, b1, c4R);
                }

                if (TRows.Value > 5)
                {
                    value = TSimd.Broadcast(a[5 * TRowStride.Value]);
                    c5L = TSimd.MultiplyAdd(value, b0, c5L);
                    c5R = TSimd.MultiplyAdd(value, b1, c5R);
                }

                if (TRows.Value > 6)
                {
                    value = TSimd.Broadcast(a[6 * TRowStride.Value]);
                    c6L = TSimd.MultiplyAdd(value, b0, c6L);
                    c6R = TSimd.MultiplyAdd(value, b1, c6R);
                }

                if (TRows.Value > 7)
                {
                    value = TSimd.Broadcast(a[7 * TRowStride.Value]);
                    c7L = TSimd.MultiplyAdd(value, b0, c7L);
                    c7R = TSimd.MultiplyAdd(value, b1, c7R);
                }

                if (TRows.Value > 8)
                {
                    value = TSimd.Broadcast(a[8 * TRowStride.Value]);
                    c8L = TSimd.MultiplyAdd(value, b0, c8L);
                    c8R = TSimd.MultiplyAdd(value, b1, c8R);
                }

                if (TRows.Value > 9)
                {
                    value = TSimd.Broadcast(a[9 * TRowStride.Value]);
                    c9L = TSimd.MultiplyAdd(value, b0, c9L);
                    c9R = TSimd.MultiplyAdd(value, b1, c9R);
                }

                if (TRows.Value > 10)
                {
                    value = TSimd.Broadcast(a[10 * TRowStride.Value]);
                    c10L = TSimd.MultiplyAdd(value, b0, c10L);
                    c10R = TSimd.MultiplyAdd(value, b1, c10R);
                }

                if (TRows.Value > 11)
                {
                    value = TSimd.Broadcast(a[11 * TRowStride.Value]);
                    c11L = TSimd.MultiplyAdd(value, b0, c11L);
                    c11R = TSimd.MultiplyAdd(value, b1, c11R);
                }

                a += aStep;
                if (!TSteps.IsList)
                {
                    b += Row;
                }
            }

            a = first + aSegment;
        }

        TSimd.Store(c0L, RowOf(c, places, 0));
        TSimd.Store(c0R, RowOf(c, places, 0) + TSimd.Count);
        if (TRows.Value > 1)
        {
            TSimd.Store(c1L, RowOf(c, places, 1));
            TSimd.Store(c1R, RowOf(c, places, 1) + TSimd.Count);
        }

        if (TRows.Value > 2)
        {
            TSimd.Store(c2L, RowOf(c, places, 2));
            TSimd.Store(c2R, RowOf(c, places, 2) + TSimd.Count);
        }

        if (TRows.Value > 3)
        {
            TSimd.Store(c3L, RowOf(c, places, 3));
            TSimd.Store(c3R, RowOf(c, places, 3) + TSimd.Count);
        }

        if (TRows.Value > 4)
        {
            TSimd.Store(c4L, RowOf(c, places, 4));
            TSimd.Store(c4R, RowOf(c, places, 4) + TSimd.Count);
        }

        if (TRows.Value > 5)
        {
            TSimd.Store(c5L, RowOf(c, places, 5));
            TSimd.Store(c5R, RowOf(c, places, 5) + TSimd.Count);
        }

        if (TRows.Value > 6)
        {
            TSimd.Store(c6L, RowOf(c, places, 6));
            TSimd.Store(c6R, RowOf(c, places, 6) + TSimd.Count);
        }

        if (TRows.Value > 7)
        {
            TSimd.Store(c7L, RowOf(c, places, 7));
            TSimd.Store(c7R, RowOf(c, places, 7) + TSimd.Count);
        }

        if (TRows.Value > 8)
        {
            TSimd.Store(c8L, RowOf(c, places, 8));
            TSimd.Store(c8R, RowOf(c, places, 8) + TSimd.Count);
        }

        if (TRows.Value > 9)
        {
            TSimd.Store(c9L, RowOf(c, places, 9));
            TSimd.Store(c9R, RowOf(c, places, 9) + TSimd.Count);
        }

        if (TRows.Value > 10)
        {
            TSimd.Store(c10L, RowOf(c, places, 10));
            TSimd.Store(c10R, RowOf(c, places, 10) + TSimd.Count);
        }

        if (TRows.Value > 11)
        {
            TSimd.Store(c11L, RowOf(c, places, 11));
            TSimd.Store(c11R, RowOf(c, places, 11) + TSimd.Count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TScalar* RowOf(TScalar* c, nint* places, int r) => c + (TTarget.IsInPlace ? places[r] : r * Row);
}
