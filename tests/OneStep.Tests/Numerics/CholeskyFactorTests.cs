using OneStep.Numerics;
using OneStep.Tests.References;

namespace OneStep.Tests.Numerics;

/// <summary>Row products and the factor against plain sums.</summary>
public class CholeskyFactorTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(150)]
    public void A_system_is_solved(int n)
    {
        Matrix<double> matrix = Positive(n, n + 5);
        var random = new RandomInputs(2);
        double[] x = random.Gaussian(n);
        double[] values = [.. Enumerable.Range(0, n).Select(i => Enumerable.Range(0, n).Sum(j => matrix[i, j] * x[j]))];
        CholeskyFactor? factor = CholeskyFactor.TryFactor(matrix, threads: 2, CancellationToken.None);
        Assert.NotNull(factor);
        factor.Solve(values);
        Assert.All(Enumerable.Range(0, n), i => Assert.Equal(x[i], values[i], 1e-7));
    }

    [Theory]
    [InlineData(40, 10)]
    [InlineData(100, 70)]
    public void A_matrix_of_lower_rank_has_no_factor(int n, int rank) =>
        Assert.Null(CholeskyFactor.TryFactor(Positive(n, rank), threads: 1, CancellationToken.None));

    [Fact]
    public void Products_do_not_depend_on_threads_or_company()
    {
        var random = new RandomInputs(3);
        var a = new Matrix<double>(37, 45, random.Gaussian(37 * 45));
        var b = new Matrix<double>(21, 45, random.Gaussian(21 * 45));
        var products = new Matrix<double>(37, 21);
        RowProducts.Multiply(a, b, products, threads: 3, CancellationToken.None);
        for (int i = 0; i < 37; i++)
        {
            for (int j = 0; j < 21; j++)
            {
                Assert.Equal(RowProducts.Dot(a.Row(i), b.Row(j)), products[i, j]);
                Assert.Equal(Enumerable.Range(0, 45).Sum(k => a[i, k] * b[j, k]), products[i, j], 1e-12);
            }
        }
    }

    private static Matrix<double> Positive(int n, int rank)
    {
        var random = new RandomInputs(1);
        var root = new Matrix<double>(n, rank, random.Gaussian(n * rank));
        var matrix = new Matrix<double>(n, n);
        RowProducts.Multiply(root, root, matrix, threads: 1, CancellationToken.None);
        return matrix;
    }
}
