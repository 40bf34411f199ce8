using OneStep.Numerics;
using OneStep.Numerics.Tiles;

namespace OneStep.Tests.Numerics.Tiles;

/// <summary>Every product is one chain of fused multiply-adds in ascending k, to the bit, for every vector width.</summary>
public unsafe class TileEngineProductTests
{
    private const int Lanes = TileEngine.Lanes;
    private const int MostRows = 30;
    private static readonly int[] StepCounts = [0, 1, 2, 3, 7, 25, 33, 101];

    public static TheoryData<int> Widths => Engines.Widths;

    [Theory]
    [MemberData(nameof(Widths))]
    public void A_product_is_a_chain_of_fused_multiply_adds(int bits)
    {
        TileEngine engine = Engines.Of(bits);
        Assert.Equal(bits, engine.Bits);
        foreach ((int rows, int steps, int gap, bool accumulate) in Cases())
        {
            int step = rows + gap;
            using NativeBuffer<float> a = Engines.Floats((steps + 1) * step, seed: rows);
            using NativeBuffer<float> b = Engines.Floats((steps + 1) * Lanes, seed: 100 + steps);
            using NativeBuffer<float> c = Engines.Floats((rows + 1) * Lanes, seed: 7);
            float[] expected = c.Span().ToArray();
            for (int at = 0; at < rows * Lanes; at++)
            {
                float sum = accumulate ? expected[at] : 0;
                for (int k = 0; k < steps; k++)
                {
                    sum = MathF.FusedMultiplyAdd(a.Pointer[(at / Lanes) + (k * step)], b.Pointer[(k * Lanes) + (at % Lanes)], sum);
                }

                expected[at] = sum;
            }

            engine.Multiply(rows, a.Pointer, step, b.Pointer, steps, c.Pointer, accumulate);
            Bits.AssertSame(expected, c.Span());
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void A_product_in_double_is_a_chain_of_fused_multiply_adds(int bits)
    {
        TileEngine engine = Engines.Of(bits);
        foreach ((int rows, int steps, int gap, bool accumulate) in Cases())
        {
            int step = rows + gap;
            using NativeBuffer<double> a = Engines.Doubles((steps + 1) * step, seed: rows);
            using NativeBuffer<double> b = Engines.Doubles((steps + 1) * Lanes, seed: 100 + steps);
            using NativeBuffer<double> c = Engines.Doubles((rows + 1) * Lanes, seed: 7);
            double[] expected = c.Span().ToArray();
            for (int at = 0; at < rows * Lanes; at++)
            {
                double sum = accumulate ? expected[at] : 0;
                for (int k = 0; k < steps; k++)
                {
                    sum = Math.FusedMultiplyAdd(a.Pointer[(at / Lanes) + (k * step)], b.Pointer[(k * Lanes) + (at % Lanes)], sum);
                }

                expected[at] = sum;
            }

            engine.Multiply(rows, a.Pointer, step, b.Pointer, steps, c.Pointer, accumulate);
            Bits.AssertSame(expected, c.Span());
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void A_product_with_panels_is_one_chain_over_their_neurons(int bits)
    {
        TileEngine engine = Engines.Of(bits);
        for (int rows = 1; rows <= MostRows; rows++)
        {
            foreach (int count in (ReadOnlySpan<int>)[1, 2, 5])
            {
                int panelSize = (rows + (count % 2)) * Lanes;
                using NativeBuffer<float> panels = Engines.Floats(count * panelSize, seed: rows);
                using NativeBuffer<float> b = Engines.Floats(count * Lanes * Lanes, seed: 100 + rows);
                using NativeBuffer<float> c = Engines.Floats((rows + 1) * Lanes, seed: 7);
                float[] expected = c.Span().ToArray();
                for (int at = 0; at < rows * Lanes; at++)
                {
                    float sum = 0;
                    for (int s = 0; s < count * Lanes; s++)
                    {
                        float weight = panels.Pointer[(s / Lanes * panelSize) + (at / Lanes * Lanes) + (s % Lanes)];
                        sum = MathF.FusedMultiplyAdd(weight, b.Pointer[(s * Lanes) + (at % Lanes)], sum);
                    }

                    expected[at] = sum;
                }

                engine.MultiplyPanels(rows, panels.Pointer, count, panelSize, b.Pointer, c.Pointer);
                Bits.AssertSame(expected, c.Span());
            }
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Leaving_out_steps_at_which_a_is_zero_changes_no_bit(int bits)
    {
        TileEngine engine = Engines.Of(bits);
        foreach ((int rows, int steps, _, bool accumulate) in Cases())
        {
            int[] there = [.. Enumerable.Range(0, steps).Where(k => (k * 7) % 3 != 1)];
            using NativeBuffer<float> whole = Engines.Floats((steps + 1) * rows, seed: rows);
            using NativeBuffer<float> part = new((steps + 1) * rows);
            using NativeBuffer<int> list = new(steps + StepList.Padding);
            for (int k = 0; k < steps; k++)
            {
                int place = Array.IndexOf(there, k);
                for (int r = 0; r < rows; r++)
                {
                    if (place < 0)
                    {
                        whole.Pointer[(k * rows) + r] = (k + r) % 2 == 0 ? 0f : -0f;
                    }
                    else
                    {
                        part.Pointer[(place * rows) + r] = whole.Pointer[(k * rows) + r];
                        list.Pointer[place] = k;
                    }
                }
            }

            using NativeBuffer<float> b = Ordinary((steps + 1) * Lanes, seed: 100 + steps);
            using NativeBuffer<float> expected = Ordinary(rows * Lanes, seed: 7);
            using NativeBuffer<float> c = Ordinary(rows * Lanes, seed: 7);
            engine.Multiply(rows, whole.Pointer, rows, b.Pointer, steps, expected.Pointer, accumulate);
            engine.Multiply(rows, part.Pointer, rows, b.Pointer, new StepList(list.Pointer, there.Length), c.Pointer, accumulate);
            Bits.AssertSame(expected.Span().ToArray(), c.Span());
        }
    }

    [Fact]
    public void Subnormal_and_infinite_numbers_keep_their_bits_in_every_width()
    {
        using NativeBuffer<float> a = Engines.Floats(3 * 5, seed: 1);
        using NativeBuffer<float> b = Engines.Floats(5 * Lanes, seed: 2);
        foreach (ref float value in b.Span())
        {
            value *= 1e-41f;
        }

        b.Pointer[Lanes] = float.PositiveInfinity;
        b.Pointer[Lanes + 1] = float.MaxValue;
        var results = new float[3][];
        for (int i = 0; i < 3; i++)
        {
            using var c = new NativeBuffer<float>(3 * Lanes);
            Engines.Of(128 << i).Multiply(3, a.Pointer, 3, b.Pointer, 5, c.Pointer, accumulate: false);
            results[i] = c.Span().ToArray();
        }

        Assert.Contains(results[0], float.IsSubnormal);
        Bits.AssertSame(results[0], results[1]);
        Bits.AssertSame(results[0], results[2]);
    }

    [Fact]
    public void The_best_engine_is_as_wide_as_the_processor()
    {
        int bits = System.Runtime.Intrinsics.Vector512.IsHardwareAccelerated ? 512
            : System.Runtime.Intrinsics.Vector256.IsHardwareAccelerated ? 256 : 128;
        Assert.Equal(bits, TileEngine.Best.Bits);
    }

    // Zero times infinity is no number, and minus zero plus zero is zero: weights are neither.
    private static NativeBuffer<float> Ordinary(int count, int seed)
    {
        NativeBuffer<float> floats = Engines.Floats(count, seed);
        foreach (ref float value in floats.Span())
        {
            value = float.IsFinite(value) && value != 0 ? value : 0.5f;
        }

        return floats;
    }

    private static IEnumerable<(int Rows, int Steps, int Gap, bool Accumulate)> Cases() =>
        from rows in Enumerable.Range(1, MostRows)
        from steps in StepCounts
        from accumulate in new[] { false, true }
        select (rows, steps, (rows + steps) % 2 == 0 ? 0 : 5, accumulate);
}
