using OneStep.Networks.Passes;
using OneStep.Numerics;

namespace OneStep.Tests.Networks.Passes;

public class SlabScheduleTests
{
    [Theory]
    [InlineData(64, 1000, 1, 64)]
    [InlineData(64, 1000, 2, 32)]
    [InlineData(64, 1000, 3, 22)]
    [InlineData(64, 1000, 16, 4)]
    [InlineData(200, 1000, 2, 96)]
    [InlineData(100, 1000, 2, 64)]
    [InlineData(500, 1000, 4, 96)]
    [InlineData(0, 1000, 2, 1)]
    [InlineData(1, 1000, 8, 1)]
    [InlineData(64, 3200, 2, 64)]
    [InlineData(64, 3200, 4, 16)]
    public void Small_batches_are_cut_up_where_slabs_are_too_few_for_the_threads(int inputs, int width, int threads, int expected)
    {
        using var weights = new PackedWeights(width, 1);
        Assert.Equal(expected, SlabSchedule.GroupSize(inputs, weights, threads));
    }
}
