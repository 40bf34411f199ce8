using OneStep.Numerics;

namespace OneStep.Tests.Numerics;

public unsafe class LaneTransposeTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(785)]
    public void Rows_become_lanes(int columns)
    {
        // Rows lie anywhere; here backwards, with a gap.
        int step = columns + 1;
        using var source = new NativeBuffer<float>(32 * step);
        using var lanes = new NativeBuffer<float>((columns + 1) * 32);
        float** rows = stackalloc float*[32];
        for (int lane = 0; lane < 32; lane++)
        {
            rows[lane] = source.Pointer + ((31 - lane) * step);
            for (int k = 0; k < columns; k++)
            {
                rows[lane][k] = (1000 * lane) + k + 1;
            }
        }

        LaneTranspose.Run(rows, columns, lanes.Pointer);
        for (int k = 0; k <= columns; k++)
        {
            for (int lane = 0; lane < 32; lane++)
            {
                Assert.Equal(k < columns ? (1000 * lane) + k + 1 : 0, lanes.Pointer[(k * 32) + lane]);
            }
        }
    }

    [Fact]
    public void A_square_is_mirrored_at_its_diagonal_to_the_bit()
    {
        using var source = new NativeBuffer<float>(32 * 32);
        using var destination = new NativeBuffer<float>(32 * 32);
        for (int at = 0; at < 32 * 32; at++)
        {
            source.Pointer[at] = at % 3 == 0 ? -0f : BitConverter.UInt32BitsToSingle(0xFFC00000 + (uint)at);
        }

        LaneTranspose.RunSquare(source.Pointer, destination.Pointer);
        for (int i = 0; i < 32; i++)
        {
            for (int j = 0; j < 32; j++)
            {
                Assert.Equal(
                    BitConverter.SingleToUInt32Bits(source.Pointer[(i * 32) + j]), BitConverter.SingleToUInt32Bits(destination.Pointer[(j * 32) + i]));
            }
        }
    }
}
