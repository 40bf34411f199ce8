using OneStep.Numerics;
using OneStep.Numerics.Tiles;

namespace OneStep.Tests.Numerics.Tiles;

/// <summary>What is done with the rows of a panel, against one row at a time, to the bit, for every vector width.</summary>
public unsafe class RowKernelTests
{
    private const int Lanes = TileEngine.Lanes;
    private static readonly int[] Columns = [0, 1, 2, 25, 70];

    public static TheoryData<int> Widths => Engines.Widths;

    [Theory]
    [MemberData(nameof(Widths))]
    public void Squared_distances_are_taken_in_double(int bits)
    {
        foreach (int columns in Columns)
        {
            foreach (bool hasOthers in (ReadOnlySpan<bool>)[true, false])
            {
                using NativeBuffer<float> rows = Engines.Floats((columns + 1) * Lanes, seed: columns);
                using NativeBuffer<float> others = Engines.Floats((columns + 1) * Lanes, seed: 100 + columns);
                using NativeBuffer<double> squares = Engines.Doubles(Lanes + 1, seed: 1);
                double[] expected = squares.Span().ToArray();
                for (int lane = 0; lane < Lanes; lane++)
                {
                    expected[lane] = 0;
                    for (int k = 0; k < columns; k++)
                    {
                        int at = (k * Lanes) + lane;
                        double difference = (double)rows.Pointer[at] - (hasOthers ? others.Pointer[at] : 0);
                        expected[lane] = Math.FusedMultiplyAdd(difference, difference, expected[lane]);
                    }
                }

                Engines.Of(bits).SquaredDistances(rows.Pointer, hasOthers ? others.Pointer : null, columns, squares.Pointer);
                Bits.AssertSame(expected, squares.Span());
            }
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Chosen_rows_move_towards_their_centers_and_others_stay(int bits)
    {
        foreach (int columns in Columns)
        {
            using NativeBuffer<float> rows = Engines.Floats((columns + 1) * Lanes, seed: columns);
            using NativeBuffer<float> centers = Engines.Floats((columns + 1) * Lanes, seed: 100 + columns);
            using NativeBuffer<float> factors = Engines.Floats(Lanes, seed: 1);
            uint moved = 0x9e3779b9;
            float[] expected = rows.Span().ToArray();
            for (int at = 0; at < columns * Lanes; at++)
            {
                if ((moved >> (at % Lanes) & 1) != 0)
                {
                    float center = centers.Pointer[at];
                    expected[at] = MathF.FusedMultiplyAdd(factors.Pointer[at % Lanes], expected[at] - center, center);
                }
            }

            Engines.Of(bits).MoveTowards(rows.Pointer, centers.Pointer, columns, factors.Pointer, moved);
            Bits.AssertSame(expected, rows.Span());
        }
    }
}
