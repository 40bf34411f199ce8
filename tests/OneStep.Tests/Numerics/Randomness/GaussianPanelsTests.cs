using System.Runtime.Intrinsics;
using OneStep.Numerics;
using OneStep.Numerics.Randomness;
using OneStep.Numerics.Simd;

namespace OneStep.Tests.Numerics.Randomness;

public class GaussianPanelsTests
{
    /// <summary>Generators by their lanes; the framework emulates those that the processor lacks.</summary>
    public static TheoryData<int> Lanes { get; } = [1, 2, 4, 8];

    [Theory]
    [MemberData(nameof(Lanes))]
    public void A_panel_is_to_the_bit_what_the_stream_gives_row_by_row(int lanes)
    {
        ulong[] rows = [.. Enumerable.Range(0, 32).Select(lane => ((ulong)lane * 0x30000001) + (ulong)(lane % 3))];
        foreach (int columns in (ReadOnlySpan<int>)[1, 2, 3, 4, 5, 49, 100])
        {
            foreach (ulong seed in (ReadOnlySpan<ulong>)[0, 7, ulong.MaxValue])
            {
                var stream = new RandomStream(seed, RandomPurpose.HiddenWeights);
                Bits.AssertSame(Expected(stream, rows, columns), Fill(Of(lanes), stream, rows, columns));
            }
        }
    }

    [Fact]
    public void The_generator_in_use_is_one_of_them()
    {
        ulong[] rows = [.. Enumerable.Range(0, 32).Select(lane => (ulong)lane)];
        var stream = new RandomStream(3, RandomPurpose.RandomInputs);
        Bits.AssertSame(Expected(stream, rows, 30), Fill(GaussianPanels.Best, stream, rows, 30));
    }

    // Numbers once drawn are part of every published result: this is what they hashed to before vectors drew them.
    [Fact]
    public void The_numbers_of_a_seed_never_change()
    {
        var stream = new RandomStream(0x123456789ABCDEF, RandomPurpose.HiddenWeights);
        ulong[] rows = [.. Enumerable.Range(0, 32).Select(lane => (ulong)lane * 0x30000001)];
        float[] panel = Fill(GaussianPanels.Best, stream, rows, 785);
        ulong hash = 0;
        for (int lane = 0; lane < 32; lane++)
        {
            for (int k = 0; k < 785; k++)
            {
                hash = unchecked((hash * 31) + BitConverter.SingleToUInt32Bits(panel[(k * 32) + lane]));
            }
        }

        Assert.Equal(0x8B1B7822528C5A2CUL, hash);
    }

    [Fact]
    public void A_panel_needs_a_row_for_every_lane() =>
        Assert.Throws<ArgumentException>(() => Fill(GaussianPanels.Best, new(1, RandomPurpose.HiddenWeights), [1, 2], 3));

    private static GaussianPanels Of(int lanes) => lanes switch
    {
        8 => new GaussianPanels<DoubleLanes8, Vector512<double>>(),
        4 => new GaussianPanels<DoubleLanes4, Vector256<double>>(),
        2 => new GaussianPanels<DoubleLanes2, Vector128<double>>(),
        1 => new GaussianPanels<DoubleLanes1, double>(),
        _ => throw new ArgumentOutOfRangeException(nameof(lanes)),
    };

    private static unsafe float[] Fill(GaussianPanels generator, RandomStream stream, ulong[] rows, int columns)
    {
        float[] panel = new float[columns * PackedWeights.Lanes];
        fixed (float* pointer = panel)
        {
            generator.Fill(stream, rows, columns, pointer);
        }

        return panel;
    }

    private static float[] Expected(RandomStream stream, ulong[] rows, int columns)
    {
        float[] panel = new float[columns * PackedWeights.Lanes];
        float[] row = new float[columns];
        for (int lane = 0; lane < rows.Length; lane++)
        {
            stream.Gaussians((long)rows[lane], row);
            for (int k = 0; k < columns; k++)
            {
                panel[(k * PackedWeights.Lanes) + lane] = row[k];
            }
        }

        return panel;
    }
}
