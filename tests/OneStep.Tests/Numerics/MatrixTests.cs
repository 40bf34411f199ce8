using OneStep.Numerics;

namespace OneStep.Tests.Numerics;

public class MatrixTests
{
    private static Matrix<float> Numbered => new(3, 2, [0, 1, 10, 11, 20, 21]);

    [Fact]
    public void Elements_lie_row_after_row()
    {
        Assert.Equal(11, Numbered[1, 1]);
        Assert.Equal([20, 21], Numbered.Row(2).ToArray());
    }

    [Fact]
    public void A_row_is_a_view()
    {
        Matrix<float> matrix = Numbered;
        matrix.Row(1)[0] = 5;
        matrix[2, 1] = 6;
        Assert.Equal([0, 1, 5, 11, 20, 6], matrix.Data);
    }

    [Fact]
    public void Ranges_and_selections_are_copies()
    {
        Matrix<float> matrix = Numbered;
        Matrix<float> range = matrix.RowRange(1, 2);
        Matrix<float> selected = matrix.SelectRows([2, 0, 2]);
        matrix.Data.AsSpan().Clear();
        Assert.Equal([10, 11, 20, 21], range.Data);
        Assert.Equal([20, 21, 0, 1, 20, 21], selected.Data);
        Assert.Empty(matrix.RowRange(3, 0).Data);
        Assert.Equal(0, matrix.SelectRows([]).Rows);
    }

    [Fact]
    public void A_new_matrix_is_zero_and_may_have_no_rows()
    {
        Assert.Equal(new double[6], new Matrix<double>(2, 3).Data);
        Assert.Equal(0, new Matrix<double>(0, 3).Rows);
    }

    [Fact]
    public void Impossible_shapes_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Matrix<float>(-1, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Matrix<float>(3, 0));
        Assert.Throws<ArgumentException>(() => new Matrix<float>(2, 2, [1, 2, 3]));
    }

    [Fact]
    public void More_elements_than_an_array_can_hold_is_an_error_that_says_so()
    {
        OneStepException error = Assert.Throws<OneStepException>(() => new Matrix<float>(3_000_000, 784));
        Assert.Contains("3000000 x 784", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_outside_are_refused()
    {
        Assert.ThrowsAny<ArgumentException>(() => Numbered.Row(3).Length);
        Assert.ThrowsAny<ArgumentException>(() => Numbered.Row(-1).Length);
        Assert.ThrowsAny<ArgumentException>(() => Numbered.RowRange(2, 2));
    }
}
