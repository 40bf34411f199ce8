using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
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
internal static unsafe class TileKernel<TSimd, TVector, TScalar, TRows, TRowStride, TSteps>
    where TSimd : struct, ISimd<TVector, TScalar>
    where TVector : struct
    where TScalar : unmanaged
    where TRows : struct, IConstant
    where TRowStride : struct, IConstant
    where TSteps : struct, IStepOrder
{
    /// <summary>Steps of B that are fetched ahead: far enough to hide the second-level cache.</summary>
    private const int PrefetchDistance = StepList.Padding;

    /// <summary>Computes one tile.</summary>
    /// <param name="a">A[r, k] lies at <c>a[r * TRowStride + k * aStep]</c>.</param>
    /// <param name="aStep">The distance between two k of A.</param>
    /// <param name="b">B[k, lane] lies at <c>b[k * bStep + lane]</c>.</param>
    /// <param name="bStep">The distance between two k of B.</param>
    /// <param name="list">Which k of B the steps are, padded; A holds those k alone. Not read where all k are taken.</param>
    /// <param name="steps">How many k.</param>
    /// <param name="c">C[r, lane] lies at <c>c[r * cRow + lane]</c>.</param>
    /// <param name="cRow">The distance between two rows of C.</param>
    /// <param name="accumulate">Whether the chains start from C rather than from zero.</param>
    /// <param name="segments">How many runs of steps make a chain: A and B go on behind each run.</param>
    /// <param name="aSegment">The distance between two runs of A.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(
        TScalar* a, nint aStep, TScalar* b, nint bStep, int* list, nint steps, TScalar* c, nint cRow, bool accumulate, int segments, nint aSegment)
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

        if (accumulate)
        {
            PrefetchNextTile(c, cRow);
            c0L = TSimd.Load(c);
            c0R = TSimd.Load(c + TSimd.Count);
            if (TRows.Value > 1)
            {
                c1L = TSimd.Load(c + (1 * cRow));
                c1R = TSimd.Load(c + (1 * cRow) + TSimd.Count);
            }

            if (TRows.Value > 2)
            {
                c2L = TSimd.Load(c + (2 * cRow));
                c2R = TSimd.Load(c + (2 * cRow) + TSimd.Count);
            }

            if (TRows.Value > 3)
            {
                c3L = TSimd.Load(c + (3 * cRow));
                c3R = TSimd.Load(c + (3 * cRow) + TSimd.Count);
            }

            if (TRows.Value > 4)
            {
                c4L = TSimd.Load(c + (4 * cRow));
                c4R = TSimd.Load(c + (4 * cRow) + TSimd.Count);
            }

            if (TRows.Value > 5)
            {
                c5L = TSimd.Load(c + (5 * cRow));
                c5R = TSimd.Load(c + (5 * cRow) + TSimd.Count);
            }

            if (TRows.Value > 6)
            {
                c6L = TSimd.Load(c + (6 * cRow));
                c6R = TSimd.Load(c + (6 * cRow) + TSimd.Count);
            }

            if (TRows.Value > 7)
            {
                c7L = TSimd.Load(c + (7 * cRow));
                c7R = TSimd.Load(c + (7 * cRow) + TSimd.Count);
            }

            if (TRows.Value > 8)
            {
                c8L = TSimd.Load(c + (8 * cRow));
                c8R = TSimd.Load(c + (8 * cRow) + TSimd.Count);
            }

            if (TRows.Value > 9)
            {
                c9L = TSimd.Load(c + (9 * cRow));
                c9R = TSimd.Load(c + (9 * cRow) + TSimd.Count);
            }

            if (TRows.Value > 10)
            {
                c10L = TSimd.Load(c + (10 * cRow));
                c10R = TSimd.Load(c + (10 * cRow) + TSimd.Count);
            }

            if (TRows.Value > 11)
            {
                c11L = TSimd.Load(c + (11 * cRow));
                c11R = TSimd.Load(c + (11 * cRow) + TSimd.Count);
            }
        }

        for (int segment = 0; segment < segments; segment++)
        {
            TScalar* first = a;
            for (nint k = 0; k < steps; k++)
            {
                if (Sse.IsSupported)
                {
                    TScalar* ahead = TSteps.IsList ? b + (list[k + PrefetchDistance] * bStep) : b + (PrefetchDistance * bStep);
                    Sse.Prefetch0(ahead);
                    Sse.Prefetch0(ahead + TSimd.Count);
                }

                TScalar* row = TSteps.IsList ? b + (list[k] * bStep) : b;
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
                    b += bStep;
                }
            }

            a = first + aSegment;
        }

        TSimd.Store(c0L, c);
        TSimd.Store(c0R, c + TSimd.Count);
        if (TRows.Value > 1)
        {
            TSimd.Store(c1L, c + (1 * cRow));
            TSimd.Store(c1R, c + (1 * cRow) + TSimd.Count);
        }

        if (TRows.Value > 2)
        {
            TSimd.Store(c2L, c + (2 * cRow));
            TSimd.Store(c2R, c + (2 * cRow) + TSimd.Count);
        }

        if (TRows.Value > 3)
        {
            TSimd.Store(c3L, c + (3 * cRow));
            TSimd.Store(c3R, c + (3 * cRow) + TSimd.Count);
        }

        if (TRows.Value > 4)
        {
            TSimd.Store(c4L, c + (4 * cRow));
            TSimd.Store(c4R, c + (4 * cRow) + TSimd.Count);
        }

        if (TRows.Value > 5)
        {
            TSimd.Store(c5L, c + (5 * cRow));
            TSimd.Store(c5R, c + (5 * cRow) + TSimd.Count);
        }

        if (TRows.Value > 6)
        {
            TSimd.Store(c6L, c + (6 * cRow));
            TSimd.Store(c6R, c + (6 * cRow) + TSimd.Count);
        }

        if (TRows.Value > 7)
        {
            TSimd.Store(c7L, c + (7 * cRow));
            TSimd.Store(c7R, c + (7 * cRow) + TSimd.Count);
        }

        if (TRows.Value > 8)
        {
            TSimd.Store(c8L, c + (8 * cRow));
            TSimd.Store(c8R, c + (8 * cRow) + TSimd.Count);
        }

        if (TRows.Value > 9)
        {
            TSimd.Store(c9L, c + (9 * cRow));
            TSimd.Store(c9R, c + (9 * cRow) + TSimd.Count);
        }

        if (TRows.Value > 10)
        {
            TSimd.Store(c10L, c + (10 * cRow));
            TSimd.Store(c10R, c + (10 * cRow) + TSimd.Count);
        }

        if (TRows.Value > 11)
        {
            TSimd.Store(c11L, c + (11 * cRow));
            TSimd.Store(c11R, c + (11 * cRow) + TSimd.Count);
        }
    }

    // Where C is read and the chains are short, as in a weight update, the next tile's rows must be on their way by now.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PrefetchNextTile(TScalar* c, nint cRow)
    {
        if (Sse.IsSupported)
        {
            for (int r = TRows.Value; r < 2 * TRows.Value; r++)
            {
                Sse.Prefetch0(c + (r * cRow));
                Sse.Prefetch0(c + (r * cRow) + TSimd.Count);
            }
        }
    }
}
