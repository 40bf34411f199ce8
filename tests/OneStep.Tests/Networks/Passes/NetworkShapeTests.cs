using OneStep.Networks.Passes;

namespace OneStep.Tests.Networks.Passes;

public class NetworkShapeTests
{
    [Theory]
    [InlineData(1, 8, 1)]
    [InlineData(64, 1, 64)]
    [InlineData(64, 2, 32)]
    [InlineData(480, 2, 60)]
    [InlineData(2115, 1, 96)]
    [InlineData(2115, 2, 96)]
    [InlineData(0, 2, 1)]
    public void Few_inputs_are_cut_into_smaller_groups(int inputs, int threads, int size) =>
        Assert.Equal(size, NetworkShape.GroupSizeFor(inputs, threads));

    [Theory]
    [InlineData(64, 1, 64)]
    [InlineData(480, 1, 192)]
    [InlineData(480, 2, 60)]
    [InlineData(1056, 2, 96)]
    [InlineData(1600, 2, 192)]
    public void Scores_of_sparse_inputs_are_taken_in_larger_groups(int inputs, int threads, int size) =>
        Assert.Equal(size, NetworkShape.GroupSizeFor(inputs, threads, NetworkShape.SparseGroupSize));

    [Fact]
    public void A_group_fits_its_buffers_and_many_inputs_keep_every_thread_busy()
    {
        for (int inputs = 1; inputs < 2000; inputs += 7)
        {
            for (int threads = 1; threads <= 16; threads++)
            {
                int size = NetworkShape.GroupSizeFor(inputs, threads);
                Assert.InRange(size, 1, Math.Min(inputs, NetworkShape.GroupSize));
                Assert.InRange(NetworkShape.GroupSizeFor(inputs, threads, NetworkShape.SparseGroupSize), size, Math.Max(size, NetworkShape.SparseGroupSize));
                Assert.True(threads == 1 || inputs < 32 * threads || NetworkShape.Ceiling(inputs, size) >= threads);
            }
        }
    }
}
