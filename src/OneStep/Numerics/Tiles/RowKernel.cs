using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using OneStep.Numerics.Simd;

namespace OneStep.Numerics.Tiles;

/// <summary>What is done with the 32 rows of a panel beside products: their distances from the rows of another panel, and
/// moving them towards those. One lane is one row, so that all rows are done in one go.</summary>
internal static unsafe class RowKernel<TFloat, TFloatVector, TDouble, TDoubleVector>
    where TFloat : struct, IFloatSimd<TFloatVector>
    where TFloatVector : struct
    where TDouble : struct, ISimd<TDoubleVector, double>, ILoads<TDoubleVector, float>
    where TDoubleVector : struct
{
    // How far ahead in the other matrix, which is hardly ever near: 32 rows.
    private const int PrefetchDistance = 32 * TileEngine.Lanes;

    /// <summary>squares[lane] = Σ_k (rows[k, lane] − others[k, lane])², a chain in ascending k in float64.</summary>
    /// <param name="rows">[columns][32].</param>
    /// <param name="others">[columns][32]; null for zeros.</param>
    /// <param name="columns">How many weights a row.</param>
    /// <param name="squares">Receives [32].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SquaredDistances(float* rows, float* others, nint columns, double* squares)
    {
        TDoubleVector minusOne = TDouble.Broadcast(-1);

        // Four chains at a time hide the latency of an addition.
        for (int lane = 0; lane < TileEngine.Lanes; lane += 4 * TDouble.Count)
        {
            TDoubleVector sum0 = TDouble.Zero, sum1 = TDouble.Zero, sum2 = TDouble.Zero, sum3 = TDouble.Zero;
            float* row = rows + lane;
            float* other = others + lane;
            for (nint k = 0; k < columns; k++)
            {
                TDoubleVector value0 = TDouble.Load(row);
                TDoubleVector value1 = TDouble.Load(row + TDouble.Count);
                TDoubleVector value2 = TDouble.Load(row + (2 * TDouble.Count));
                TDoubleVector value3 = TDouble.Load(row + (3 * TDouble.Count));
                if (others is not null)
                {
                    if (Sse.IsSupported)
                    {
                        Sse.Prefetch0(other + PrefetchDistance);
                        Sse.Prefetch0(other + PrefetchDistance + (2 * TDouble.Count));
                    }

                    value0 = TDouble.MultiplyAdd(TDouble.Load(other), minusOne, value0);
                    value1 = TDouble.MultiplyAdd(TDouble.Load(other + TDouble.Count), minusOne, value1);
                    value2 = TDouble.MultiplyAdd(TDouble.Load(other + (2 * TDouble.Count)), minusOne, value2);
                    value3 = TDouble.MultiplyAdd(TDouble.Load(other + (3 * TDouble.Count)), minusOne, value3);
                    other += TileEngine.Lanes;
                }

                sum0 = TDouble.MultiplyAdd(value0, value0, sum0);
                sum1 = TDouble.MultiplyAdd(value1, value1, sum1);
                sum2 = TDouble.MultiplyAdd(value2, value2, sum2);
                sum3 = TDouble.MultiplyAdd(value3, value3, sum3);
                row += TileEngine.Lanes;
            }

            TDouble.Store(sum0, squares + lane);
            TDouble.Store(sum1, squares + lane + TDouble.Count);
            TDouble.Store(sum2, squares + lane + (2 * TDouble.Count));
            TDouble.Store(sum3, squares + lane + (3 * TDouble.Count));
        }
    }

    /// <summary>rows[k, lane] = centers[k, lane] + factors[lane] (rows[k, lane] − centers[k, lane]) where bit lane of
    /// <paramref name="moved"/> is set; other rows are not touched.</summary>
    /// <param name="rows">[columns][32].</param>
    /// <param name="centers">[columns][32].</param>
    /// <param name="columns">How many weights a row.</param>
    /// <param name="factors">[32].</param>
    /// <param name="moved">The rows to move.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MoveTowards(float* rows, float* centers, nint columns, float* factors, uint moved)
    {
        TFloatVector minusOne = TFloat.Broadcast(-1);
        for (int lane = 0; lane < TileEngine.Lanes; lane += TFloat.Count)
        {
            uint bits = moved >> lane;
            TFloatVector factor = TFloat.Load(factors + lane);
            float* row = rows + lane;
            float* center = centers + lane;
            for (nint k = 0; k < columns; k++)
            {
                TFloatVector value = TFloat.Load(row);
                TFloatVector from = TFloat.Load(center);
                TFloatVector target = TFloat.MultiplyAdd(factor, TFloat.MultiplyAdd(from, minusOne, value), from);
                TFloat.Store(TFloat.ChooseByBits(bits, target, value), row);
                row += TileEngine.Lanes;
                center += TileEngine.Lanes;
            }
        }
    }
}
