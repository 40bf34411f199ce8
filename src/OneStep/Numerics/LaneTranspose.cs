using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace OneStep.Numerics;

/// <summary>Makes rows into lanes: 32 rows of numbers become <c>[k][32]</c>, the layout that tiles read.</summary>
internal static unsafe class LaneTranspose
{
    private const int Lanes = PackedWeights.Lanes;

    /// <summary>lanes[k, lane] = rows[lane][k].</summary>
    /// <param name="rows">The first number of every row, [32].</param>
    /// <param name="columns">How many numbers a row.</param>
    /// <param name="lanes">Receives [columns][32].</param>
    public static void Run(float** rows, int columns, float* lanes)
    {
        int k = 0;
        for (; k <= columns - 4; k += 4)
        {
            for (int lane = 0; lane < Lanes; lane += 4)
            {
                RunFour(rows + lane, k, lanes + ((nint)k * Lanes) + lane);
            }
        }

        for (; k < columns; k++)
        {
            for (int lane = 0; lane < Lanes; lane++)
            {
                lanes[((nint)k * Lanes) + lane] = rows[lane][k];
            }
        }
    }

    /// <summary>destination[j, i] = source[i, j], both [32][32].</summary>
    public static void RunSquare(float* source, float* destination)
    {
        float** rows = stackalloc float*[Lanes];
        for (int i = 0; i < Lanes; i++)
        {
            rows[i] = source + (i * Lanes);
        }

        Run(rows, Lanes, destination);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void RunFour(float** rows, int k, float* lanes)
    {
        Vector128<uint> a = Vector128.Load((uint*)rows[0] + k);
        Vector128<uint> b = Vector128.Load((uint*)rows[1] + k);
        Vector128<uint> c = Vector128.Load((uint*)rows[2] + k);
        Vector128<uint> d = Vector128.Load((uint*)rows[3] + k);

        // a0 b0 a1 b1 and so on: a number is the lower half of 64 bits, its neighbour the upper.
        Vector128<ulong> lowAB = Vector128.WidenLower(a) | (Vector128.WidenLower(b) << 32);
        Vector128<ulong> lowCD = Vector128.WidenLower(c) | (Vector128.WidenLower(d) << 32);
        Vector128<ulong> highAB = Vector128.WidenUpper(a) | (Vector128.WidenUpper(b) << 32);
        Vector128<ulong> highCD = Vector128.WidenUpper(c) | (Vector128.WidenUpper(d) << 32);
        LowerHalves(lowAB, lowCD).Store((ulong*)lanes);
        UpperHalves(lowAB, lowCD).Store((ulong*)(lanes + Lanes));
        LowerHalves(highAB, highCD).Store((ulong*)(lanes + (2 * Lanes)));
        UpperHalves(highAB, highCD).Store((ulong*)(lanes + (3 * Lanes)));
    }

    // Halves of 128 bits as vectors of their own would go through memory.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> LowerHalves(Vector128<ulong> first, Vector128<ulong> second) =>
        Vector128.ConditionalSelect(Vector128.Create(ulong.MaxValue, 0), first, Vector128.Shuffle(second, Vector128.Create(0ul, 0)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> UpperHalves(Vector128<ulong> first, Vector128<ulong> second) =>
        Vector128.ConditionalSelect(Vector128.Create(ulong.MaxValue, 0), Vector128.Shuffle(first, Vector128.Create(1ul, 1)), second);
}
