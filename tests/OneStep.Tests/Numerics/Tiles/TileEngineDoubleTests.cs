using OneStep.Numerics;
using OneStep.Numerics.Tiles;

namespace OneStep.Tests.Numerics.Tiles;

public sealed unsafe class TileEngineDoubleTests
{
    private const int Lanes = TileEngine.Lanes;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(8, 3)]
    [InlineData(9, 5)]
    [InlineData(11, 4)]
    [InlineData(13, 7)]
    [InlineData(20, 6)]
    [InlineData(31, 2)]
    [InlineData(32, 65)]
    public void Products_in_float64_are_those_of_naive_sums_at_every_width(int rows, int steps)
    {
        using NativeBuffer<double> a = Engines.Doubles(rows * steps, seed: 1);
        using NativeBuffer<double> b = Engines.Doubles(steps * Lanes, seed: 2);
        double[]? first = null;
        foreach (int bits in Engines.Widths)
        {
            using var c = new NativeBuffer<double>(rows * Lanes);
            Engines.Of(bits).MultiplyDoubles(rows, a.Pointer, rows, b.Pointer, steps, c.Pointer, ahead: b.Pointer);
            first ??= c.Span().ToArray();
            Assert.Equal(first, c.Span().ToArray());
        }

        for (int at = 0; at < first!.Length; at++)
        {
            double expected = Enumerable.Range(0, steps).Sum(k => a.Pointer[(k * rows) + (at / Lanes)] * b.Pointer[(k * Lanes) + (at % Lanes)]);
            Assert.Equal(expected, first[at], 1e-9);
        }
    }

    [Fact]
    public void Half_of_the_lanes_can_be_left_out_and_stay_as_they_are()
    {
        const int Rows = 32;
        const int Steps = 5;
        using NativeBuffer<double> a = Engines.Doubles(Rows * Steps, seed: 1);
        using NativeBuffer<double> b = Engines.Doubles(Steps * Lanes, seed: 2);
        foreach (int bits in Engines.Widths)
        {
            using var all = new NativeBuffer<double>(Rows * Lanes);
            using NativeBuffer<double> half = Engines.Doubles(Rows * Lanes, seed: 3);
            double[] before = half.Span().ToArray();
            Engines.Of(bits).MultiplyDoubles(Rows, a.Pointer, Rows, b.Pointer, Steps, all.Pointer, ahead: b.Pointer);
            Engines.Of(bits).MultiplyDoubles(Rows, a.Pointer, Rows, b.Pointer, Steps, half.Pointer, ahead: b.Pointer, Lanes / 2);
            for (int at = 0; at < before.Length; at++)
            {
                Assert.Equal(at % Lanes < Lanes / 2 ? all.Pointer[at] : before[at], half.Pointer[at]);
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(37)]
    public void Products_of_a_panel_in_float64_are_added_at_every_width(int rows)
    {
        using NativeBuffer<double> panel = Engines.Doubles(rows * Lanes, seed: 3);
        using NativeBuffer<double> b = Engines.Doubles(Lanes * Lanes, seed: 4);
        using NativeBuffer<double> before = Engines.Doubles(rows * Lanes, seed: 5);
        double[]? first = null;
        foreach (int bits in Engines.Widths)
        {
            using NativeBuffer<double> totals = Engines.Doubles(rows * Lanes, seed: 5);
            Engines.Of(bits).AddProductOfDoublePanel(rows, panel.Pointer, b.Pointer, totals.Pointer);
            first ??= totals.Span().ToArray();
            Assert.Equal(first, totals.Span().ToArray());
        }

        for (int at = 0; at < first!.Length; at++)
        {
            double sum = Enumerable.Range(0, Lanes).Sum(s => panel.Pointer[(at / Lanes * Lanes) + s] * b.Pointer[(s * Lanes) + (at % Lanes)]);
            Assert.Equal(before.Pointer[at] + sum, first[at], 1e-9);
        }
    }
}
