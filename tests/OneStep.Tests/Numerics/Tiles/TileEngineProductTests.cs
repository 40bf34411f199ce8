using OneStep.Networks.Passes;
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
        foreach ((int rows, int steps, int gap) in Cases())
        {
            int step = rows + gap;
            using NativeBuffer<float> a = Engines.Floats((steps + 1) * step, seed: rows);
            using NativeBuffer<float> b = Engines.Floats((steps + 1) * Lanes, seed: 100 + steps);
            using NativeBuffer<float> c = Engines.Floats((rows + 1) * Lanes, seed: 7);
            float[] expected = c.Span().ToArray();
            for (int at = 0; at < rows * Lanes; at++)
            {
                float sum = 0;
                for (int k = 0; k < steps; k++)
                {
                    sum = MathF.FusedMultiplyAdd(a.Pointer[(at / Lanes) + (k * step)], b.Pointer[(k * Lanes) + (at % Lanes)], sum);
                }

                expected[at] = sum;
            }

            engine.Multiply(rows, a.Pointer, step, b.Pointer, steps, c.Pointer, ahead: b.Pointer);
            Bits.AssertSame(expected, c.Span());
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void A_product_in_double_is_a_chain_of_fused_multiply_adds(int bits)
    {
        TileEngine engine = Engines.Of(bits);
        foreach ((int rows, int steps, int gap) in Cases())
        {
            int step = rows + gap;
            using NativeBuffer<double> a = Engines.Doubles((steps + 1) * step, seed: rows);
            using NativeBuffer<float> b = Engines.Floats((steps + 1) * Lanes, seed: 100 + steps);
            using NativeBuffer<double> c = Engines.Doubles((rows + 1) * Lanes, seed: 7);
            double[] expected = c.Span().ToArray();
            for (int at = 0; at < rows * Lanes; at++)
            {
                double sum = 0;
                for (int k = 0; k < steps; k++)
                {
                    sum = Math.FusedMultiplyAdd(a.Pointer[(at / Lanes) + (k * step)], b.Pointer[(k * Lanes) + (at % Lanes)], sum);
                }

                expected[at] = sum;
            }

            engine.Multiply(rows, a.Pointer, step, b.Pointer, steps, c.Pointer, ahead: b.Pointer);
            Bits.AssertSame(expected, c.Span());
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void A_product_with_panels_is_one_chain_over_their_neurons_added_in_double(int bits)
    {
        TileEngine engine = Engines.Of(bits);
        for (int rows = 1; rows <= MostRows; rows++)
        {
            foreach (int count in (ReadOnlySpan<int>)[1, 2, 5])
            {
                int panelSize = (rows + (count % 2)) * Lanes;
                using NativeBuffer<float> panels = Engines.Floats(count * panelSize, seed: rows);
                using NativeBuffer<float> b = Engines.Floats(count * Lanes * Lanes, seed: 100 + rows);
                using NativeBuffer<double> totals = Engines.Doubles((rows + 1) * Lanes, seed: 7);
                double[] expected = totals.Span().ToArray();
                for (int at = 0; at < rows * Lanes; at++)
                {
                    float sum = 0;
                    for (int s = 0; s < count * Lanes; s++)
                    {
                        float weight = panels.Pointer[(s / Lanes * panelSize) + (at / Lanes * Lanes) + (s % Lanes)];
                        sum = MathF.FusedMultiplyAdd(weight, b.Pointer[(s * Lanes) + (at % Lanes)], sum);
                    }

                    expected[at] += sum;
                }

                engine.AddProductOfPanels(rows, panels.Pointer, count, panelSize, b.Pointer, totals.Pointer);
                Bits.AssertSame(expected, totals.Span());
            }
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Products_are_added_to_rows_that_lie_in_any_order(int bits)
    {
        const int Capacity = 9;
        for (int rows = 1; rows <= MostRows; rows++)
        {
            int tiles = NetworkShape.Ceiling(rows, TileEngine.TileRows);
            using NativeBuffer<float> values = Engines.Floats(tiles * TileEngine.TileRows * Capacity, seed: rows);
            using var lists = new NativeBuffer<int>(tiles * (Capacity + StepList.Padding));
            using var counts = new NativeBuffer<int>(tiles);
            using var places = new NativeBuffer<nint>(rows + TileEngine.TileRows);
            using NativeBuffer<float> b = Engines.Floats(Capacity * Lanes, seed: 100 + rows);
            using NativeBuffer<float> c = Engines.Floats((rows + 1) * Lanes, seed: 7);
            float[] expected = c.Span().ToArray();
            for (int r = 0; r < places.Length; r++)
            {
                // From the last row to the first.
                places.Pointer[r] = Math.Max(rows - 1 - r, 0) * Lanes;
            }

            for (int tile = 0; tile < tiles; tile++)
            {
                int first = tile * TileEngine.TileRows;
                int height = Math.Min(TileEngine.TileRows, rows - first);
                int count = (rows + (4 * tile)) % (Capacity + 1);
                counts.Pointer[tile] = count;
                for (int step = 0; step < count; step++)
                {
                    int k = Capacity - count + step;
                    lists.Pointer[(tile * (Capacity + StepList.Padding)) + step] = k;
                    for (int at = 0; at < height * Lanes; at++)
                    {
                        ref float sum = ref expected[(int)places.Pointer[first + (at / Lanes)] + (at % Lanes)];
                        float a = values.Pointer[(first * Capacity) + (step * height) + (at / Lanes)];
                        sum = MathF.FusedMultiplyAdd(a, b.Pointer[(k * Lanes) + (at % Lanes)], sum);
                    }
                }
            }

            var placed = new PlacedTiles
            {
                Rows = rows,
                Capacity = Capacity,
                Values = values.Pointer,
                Lists = lists.Pointer,
                Counts = counts.Pointer,
                Places = places.Pointer,
            };
            Engines.Of(bits).AddInPlace(placed, b.Pointer, c.Pointer, next: c.Pointer);
            Bits.AssertSame(expected, c.Span());
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Leaving_out_steps_at_which_a_is_zero_changes_no_bit(int bits)
    {
        TileEngine engine = Engines.Of(bits);
        foreach ((int rows, int steps, _) in Cases())
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
            engine.Multiply(rows, whole.Pointer, rows, b.Pointer, steps, expected.Pointer, ahead: b.Pointer);
            engine.Multiply(rows, part.Pointer, rows, b.Pointer, new StepList(list.Pointer, there.Length), c.Pointer, ahead: b.Pointer);
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
            Engines.Of(128 << i).Multiply(3, a.Pointer, 3, b.Pointer, 5, c.Pointer, ahead: b.Pointer);
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

    private static IEnumerable<(int Rows, int Steps, int Gap)> Cases() =>
        from rows in Enumerable.Range(1, MostRows)
        from steps in StepCounts
        select (rows, steps, (rows + steps) % 2 == 0 ? 0 : 5);
}
