using OneStep.Numerics;
using OneStep.Tests.References;

namespace OneStep.Tests.Numerics;

/// <summary>The proved bound against eigenvalues that are known, and against rotations that find them all.</summary>
public class LargestEigenvalueBoundTests
{
    [Theory]
    [InlineData(1, 3)]
    [InlineData(5, 2)]
    [InlineData(40, 40)]
    [InlineData(70, 10)]
    [InlineData(130, 150)]
    public void The_bound_is_above_the_largest_eigenvalue_by_a_hundredth_at_most(int n, int rank)
    {
        Matrix<double> matrix = Gram(n, rank, scale: 1);
        double expected = LargestByRotations(matrix);
        double bound = LargestEigenvalueBound.Of(matrix, threads: 2, CancellationToken.None);
        Assert.InRange(bound, expected, expected * 1.01);
    }

    [Fact]
    public void A_bound_on_a_matrix_without_positive_eigenvalues_is_sound()
    {
        Matrix<double> matrix = Gram(20, 25, scale: -1);
        Assert.True(LargestEigenvalueBound.Of(matrix, threads: 1, CancellationToken.None) >= LargestByRotations(matrix));
    }

    [Fact]
    public void Two_equal_largest_eigenvalues_are_bounded_as_tightly()
    {
        var matrix = new Matrix<double>(3, 3, [2, 0, 0, 0, 2, 0, 0, 0, -7]);
        Assert.InRange(LargestEigenvalueBound.Of(matrix, threads: 1, CancellationToken.None), 2, 2.01);
    }

    [Fact]
    public void Zero_has_the_bound_zero() =>
        Assert.Equal(0, LargestEigenvalueBound.Of(new Matrix<double>(4, 4), threads: 1, CancellationToken.None));

    [Fact]
    public void What_is_not_a_number_has_no_bound()
    {
        var matrix = new Matrix<double>(2, 2, [1, 0, double.NaN, 1]);
        Assert.False(LargestEigenvalueBound.Of(matrix, threads: 1, CancellationToken.None) < double.PositiveInfinity);
    }

    private static Matrix<double> Gram(int n, int rank, double scale)
    {
        double[] root = new RandomInputs(n).Gaussian(n * rank);
        var matrix = new Matrix<double>(n, n);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                matrix[i, j] = scale * Enumerable.Range(0, rank).Sum(k => root[(i * rank) + k] * root[(j * rank) + k]);
            }
        }

        return matrix;
    }

    /// <summary>The largest eigenvalue by Jacobi rotations.</summary>
    private static double LargestByRotations(Matrix<double> matrix)
    {
        int n = matrix.Rows;
        double[][] a = [.. Enumerable.Range(0, n).Select(i => matrix.Row(i).ToArray())];
        for (int sweep = 0; sweep < 12; sweep++)
        {
            for (int p = 0; p < n; p++)
            {
                for (int q = p + 1; q < n; q++)
                {
                    double angle = 0.5 * Math.Atan2(2 * a[p][q], a[q][q] - a[p][p]);
                    (double sin, double cos) = Math.SinCos(angle);
                    for (int k = 0; k < n; k++)
                    {
                        (a[k][p], a[k][q]) = ((cos * a[k][p]) - (sin * a[k][q]), (sin * a[k][p]) + (cos * a[k][q]));
                    }

                    for (int k = 0; k < n; k++)
                    {
                        (a[p][k], a[q][k]) = ((cos * a[p][k]) - (sin * a[q][k]), (sin * a[p][k]) + (cos * a[q][k]));
                    }
                }
            }
        }

        return Enumerable.Range(0, n).Max(i => a[i][i]) * (1 - 1e-9);
    }
}
