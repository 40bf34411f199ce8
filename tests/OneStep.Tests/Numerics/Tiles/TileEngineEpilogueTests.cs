using OneStep.Numerics;
using OneStep.Numerics.Tiles;

namespace OneStep.Tests.Numerics.Tiles;

/// <summary>What is done with a tile, against the same done lane by lane, to the bit, for every vector width.</summary>
public unsafe class TileEngineEpilogueTests
{
    private const int Lanes = TileEngine.Lanes;

    public static TheoryData<int> Widths => Engines.Widths;

    [Theory]
    [MemberData(nameof(Widths))]
    public void Activation_adds_to_the_chains_and_keeps_a_bit_a_neuron(int bits)
    {
        for (int rows = 1; rows <= 12; rows++)
        {
            using NativeBuffer<float> tile = Engines.Floats(rows * Lanes, seed: rows);
            tile.Pointer[5] = float.NaN;
            using NativeBuffer<float> signs = Signs();
            using NativeBuffer<float> scores = Engines.Floats((rows + 1) * Lanes, seed: 50);
            using var active = new NativeBuffer<uint>(rows + 1);
            float[] expected = scores.Span().ToArray();
            uint[] expectedBits = new uint[rows + 1];
            for (int at = 0; at < rows * Lanes; at++)
            {
                float p = tile.Pointer[at];
                expected[at] = MathF.FusedMultiplyAdd(signs.Pointer[at % Lanes], p > 0 ? p : 0, expected[at]);
                expectedBits[at / Lanes] |= p > 0 ? 1u << (at % Lanes) : 0;
            }

            float[] before = scores.Span().ToArray();
            Engines.Of(bits).Activate(rows, tile.Pointer, signs.Pointer, scores.Pointer, active.Pointer);
            Bits.AssertSame(expected, scores.Span());
            Assert.Equal(expectedBits, active.Span().ToArray());

            before.CopyTo(scores.Span());
            Engines.Of(bits).Activate(rows, tile.Pointer, signs.Pointer, scores.Pointer, bits: null);
            Bits.AssertSame(expected, scores.Span());
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Activation_in_double_sums_magnitudes_beside_the_scores(int bits)
    {
        for (int rows = 1; rows <= 12; rows++)
        {
            using NativeBuffer<double> tile = Engines.Doubles(rows * Lanes, seed: rows);
            using NativeBuffer<float> signs = Engines.Floats(Lanes, seed: 3);
            using NativeBuffer<double> scores = Engines.Doubles((rows + 1) * Lanes, seed: 50);
            using NativeBuffer<double> magnitudes = Engines.Doubles((rows + 1) * Lanes, seed: 60);
            double[] expectedScores = scores.Span().ToArray();
            double[] expectedMagnitudes = magnitudes.Span().ToArray();
            for (int at = 0; at < rows * Lanes; at++)
            {
                double positive = tile.Pointer[at] > 0 ? tile.Pointer[at] : 0;
                expectedScores[at] = Math.FusedMultiplyAdd(signs.Pointer[at % Lanes], positive, expectedScores[at]);
                expectedMagnitudes[at] += positive;
            }

            Engines.Of(bits).Activate(rows, tile.Pointer, signs.Pointer, scores.Pointer, magnitudes.Pointer);
            Bits.AssertSame(expectedScores, scores.Span());
            Bits.AssertSame(expectedMagnitudes, magnitudes.Span());
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Gradient_coefficients_are_the_signs_of_the_active_neurons(int bits)
    {
        using NativeBuffer<float> signs = Signs();
        using NativeBuffer<uint> active = RandomBits(Lanes);
        using NativeBuffer<float> coefficients = Engines.Floats((Lanes + 1) * Lanes, seed: 2);
        float[] expected = coefficients.Span().ToArray();
        for (int at = 0; at < Lanes * Lanes; at++)
        {
            expected[at] = (active.Pointer[at % Lanes] >> (at / Lanes) & 1) == 1 ? signs.Pointer[at / Lanes] : 0;
        }

        Engines.Of(bits).ExpandForGradient(active.Pointer, signs.Pointer, coefficients.Pointer);
        Bits.AssertSame(expected, coefficients.Span());
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Update_coefficients_are_those_of_the_input_times_the_signs_of_its_active_neurons(int bits)
    {
        for (int count = 1; count <= 30; count++)
        {
            using NativeBuffer<float> signs = Signs();
            using NativeBuffer<uint> active = RandomBits(count);
            using NativeBuffer<float> inputs = Engines.Floats(count, seed: count);
            using NativeBuffer<float> coefficients = Engines.Floats((count + 1) * Lanes, seed: 2);
            float[] expected = coefficients.Span().ToArray();
            for (int at = 0; at < count * Lanes; at++)
            {
                bool isActive = (active.Pointer[at / Lanes] >> (at % Lanes) & 1) == 1;
                expected[at] = isActive ? inputs.Pointer[at / Lanes] * signs.Pointer[at % Lanes] : 0;
            }

            Engines.Of(bits).ExpandForUpdate(count, active.Pointer, inputs.Pointer, signs.Pointer, coefficients.Pointer);
            Bits.AssertSame(expected, coefficients.Span());
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void The_start_of_a_ray_gives_score_slope_and_the_neurons_that_change_up_to_the_horizon(int bits)
    {
        for (int rows = 1; rows <= 12; rows++)
        {
            using NativeBuffer<float> p = Engines.Floats(rows * Lanes, seed: rows);
            using NativeBuffer<float> q = Engines.Floats(rows * Lanes, seed: 100 + rows);
            using NativeBuffer<float> signs = Signs();
            using NativeBuffer<float> scores = Engines.Floats((rows + 1) * Lanes, seed: 50);
            using NativeBuffer<float> slopes = Engines.Floats((rows + 1) * Lanes, seed: 60);
            using var horizons = new NativeBuffer<float>(rows);
            using var kinks = new NativeBuffer<uint>(rows + 1);
            ReadOnlySpan<float> choices = [0.5f, 0, -1, float.PositiveInfinity, 3, 1e-20f, 1, float.NaN];
            for (int r = 0; r < rows; r++)
            {
                horizons.Pointer[r] = choices[r % choices.Length];
            }

            // A kink exactly at a horizon counts.
            (p.Pointer[9], q.Pointer[9]) = (-0.25f, 0.5f);
            float[] expectedScores = scores.Span().ToArray();
            float[] expectedSlopes = slopes.Span().ToArray();
            uint[] expectedKinks = new uint[rows + 1];
            for (int at = 0; at < rows * Lanes; at++)
            {
                (float start, float rate, float sign) = (p.Pointer[at], q.Pointer[at], signs.Pointer[at % Lanes]);
                expectedScores[at] = MathF.FusedMultiplyAdd(sign, start > 0 ? start : 0, expectedScores[at]);
                expectedSlopes[at] = MathF.FusedMultiplyAdd(sign, start > 0 || (start == 0 && rate > 0) ? rate : 0, expectedSlopes[at]);
                bool changes = (start > 0 && rate < 0) || (start < 0 && rate > 0);
                bool near = Math.Abs(start) <= Math.Abs(rate) * horizons.Pointer[at / Lanes];
                expectedKinks[at / Lanes] |= changes && near ? 1u << (at % Lanes) : 0;
            }

            Assert.Equal(1u, expectedKinks[0] >> 9 & 1);
            Engines.Of(bits).StartRays(
                rows, p.Pointer, q.Pointer, signs.Pointer, horizons.Pointer, scores.Pointer, slopes.Pointer, kinks.Pointer);
            Bits.AssertSame(expectedScores, scores.Span());
            Bits.AssertSame(expectedSlopes, slopes.Span());
            Assert.Equal(expectedKinks, kinks.Span().ToArray());
        }
    }

    [Fact]
    public void Lanes_are_added_in_halves()
    {
        using NativeBuffer<float> lanes = Engines.Floats(Lanes, seed: 8);
        using NativeBuffer<double> wide = Engines.Doubles(Lanes, seed: 8);
        Assert.Equal(Halve(lanes.Span().ToArray(), (a, b) => a + b), TileEngine.SumLanes(lanes.Pointer));
        Assert.Equal(Halve(wide.Span().ToArray(), (a, b) => a + b), TileEngine.SumLanes(wide.Pointer));
    }

    private static T Halve<T>(T[] values, Func<T, T, T> add)
    {
        while (values.Length > 1)
        {
            int half = values.Length / 2;
            values = [.. values[..half].Zip(values[half..], add)];
        }

        return values[0];
    }

    // The last lanes are behind the last neuron.
    private static NativeBuffer<float> Signs()
    {
        var signs = new NativeBuffer<float>(Lanes);
        for (int s = 0; s < Lanes - 3; s++)
        {
            signs.Pointer[s] = s % 3 == 0 ? -1 : 1;
        }

        return signs;
    }

    private static NativeBuffer<uint> RandomBits(int count)
    {
        var random = new Random(count);
        var bits = new NativeBuffer<uint>(count);
        for (int i = 0; i < count; i++)
        {
            bits.Pointer[i] = i switch { 0 => uint.MaxValue, 1 => 0, _ => (uint)random.NextInt64(1L << 32) };
        }

        return bits;
    }
}
