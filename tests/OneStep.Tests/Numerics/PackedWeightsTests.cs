using OneStep.Numerics;

namespace OneStep.Tests.Numerics;

public unsafe class PackedWeightsTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(31, 5)]
    [InlineData(32, 5)]
    [InlineData(33, 1)]
    [InlineData(100, 17)]
    public void Rows_come_back_as_they_were_set(int rows, int columns)
    {
        using PackedWeights weights = Numbered(rows, columns);
        float[] row = new float[columns];
        for (int s = 0; s < rows; s++)
        {
            weights.CopyRowTo(s, row);
            Assert.Equal(Enumerable.Range(0, columns).Select(k => Value(s, k)), row);
        }

        Assert.Equal((rows + 31) / 32, weights.PanelCount);
        Assert.Equal((long)weights.PanelCount * 32 * columns * sizeof(float), weights.ByteCount);
    }

    [Fact]
    public void Weight_k_of_the_neuron_in_lane_j_lies_at_32_k_plus_j()
    {
        using PackedWeights weights = Numbered(70, 3);
        Assert.Equal(Value(32 + 7, 2), weights.Panel(1)[(2 * 32) + 7]);
        Assert.Equal(Value(69, 0), weights.Panel(2)[5]);
        Assert.Equal(0, (nint)weights.Panel(0) % 64);
    }

    [Fact]
    public void Lanes_behind_the_last_neuron_stay_zero()
    {
        using PackedWeights weights = Numbered(33, 4);
        using PackedWeights copy = weights.Clone();
        for (int k = 0; k < 4; k++)
        {
            Assert.Equal(new float[31], new Span<float>(weights.Panel(1) + (k * 32) + 1, 31).ToArray());
            Assert.Equal(new float[31], new Span<float>(copy.Panel(1) + (k * 32) + 1, 31).ToArray());
        }
    }

    [Fact]
    public void A_copy_has_memory_of_its_own()
    {
        using PackedWeights weights = Numbered(40, 3);
        using PackedWeights copy = weights.Clone();
        weights.SetRow(35, [-1, -2, -3]);
        float[] row = new float[3];
        copy.CopyRowTo(35, row);
        Assert.Equal([Value(35, 0), Value(35, 1), Value(35, 2)], row);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(5)]
    [InlineData(31)]
    public void A_row_that_does_not_exist_is_refused(int row)
    {
        using PackedWeights weights = Numbered(5, 2);
        Assert.Throws<ArgumentOutOfRangeException>(() => weights.SetRow(row, [1, 2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => weights.CopyRowTo(row, new float[2]));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(-3, 2)]
    public void A_shape_without_elements_is_refused(int rows, int columns) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new PackedWeights(rows, columns));

    [Fact]
    public void Use_after_disposal_is_an_error_and_not_a_crash()
    {
        PackedWeights weights = Numbered(5, 2);
        weights.Dispose();
        weights.Dispose();
        Assert.Throws<ObjectDisposedException>(() => weights.SetRow(0, [1, 2]));
        Assert.Throws<ObjectDisposedException>(() => weights.CopyRowTo(0, new float[2]));
        Assert.Throws<ObjectDisposedException>(() => weights.Clone());
    }

    [Fact]
    public void A_matrix_that_no_machine_can_hold_says_how_much_it_needs()
    {
        OneStepException error = Assert.Throws<OneStepException>(() => new PackedWeights(int.MaxValue, 100_000_000));
        Assert.Contains("2147483647 x 100000000", error.Message, StringComparison.Ordinal);
    }

    private static float Value(int row, int column) => 1 + row + (column / 64f);

    private static PackedWeights Numbered(int rows, int columns)
    {
        var weights = new PackedWeights(rows, columns);
        for (int s = 0; s < rows; s++)
        {
            weights.SetRow(s, [.. Enumerable.Range(0, columns).Select(k => Value(s, k))]);
        }

        return weights;
    }
}
