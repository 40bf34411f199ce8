using OneStep.Numerics;
using OneStep.Tests.Numerics.Tiles;
using OneStep.Tests.References;

namespace OneStep.Tests.Numerics;

/// <summary>Weighted Gram matrices in tiles and the factors of λI − A, against plain sums.</summary>
public sealed unsafe class ShiftedCholeskyTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 31)]
    [InlineData(300, 33)]
    [InlineData(700, 70)]
    public void A_weighted_gram_matrix_is_the_sum_of_its_rows_products_at_every_width(int rows, int columns)
    {
        double[][] w = Rows(rows, columns + 1);
        double[] rates = Rates(rows);
        using PackedWeights weights = Pack(w);
        double[]? first = null;
        foreach (int bits in Engines.Widths)
        {
            using var gram = new SymmetricTiles(columns);
            using var product = new WeightedGram(columns, Engines.Of(bits));
            Assert.Equal(rates.Count(rate => rate > 0), product.Compute(weights, rates, gram, CancellationToken.None));
            double[] values = Values(gram);
            first ??= values;
            Assert.Equal(first, values);
        }

        for (int k = 0; k < columns; k++)
        {
            for (int l = k; l < columns; l++)
            {
                double expected = Enumerable.Range(0, rows).Sum(s => rates[s] * w[s][k] * w[s][l]);
                Assert.Equal(expected, first![(k * columns) + l], 1e-9 * rows);
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(32)]
    [InlineData(75)]
    public void A_shifted_matrix_times_the_solution_is_the_right_side_at_every_width(int order)
    {
        using SymmetricTiles matrix = Gram(order + 9, order);
        double shift = 1.05 * matrix.Trace();
        double[] right = new double[matrix.PaddedOrder];
        new RandomInputs(4).Gaussian(order).CopyTo(right, 0);
        double[]? first = null;
        foreach (int bits in Engines.Widths)
        {
            using var factor = new ShiftedCholesky(order, Engines.Of(bits));
            Assert.True(factor.TryFactor(matrix, shift, CancellationToken.None));
            double[] solution = [.. right];
            factor.SolveLower(solution);
            factor.SolveUpper(solution);
            first ??= solution;
            Assert.Equal(first, solution);
        }

        double[] image = new double[matrix.PaddedOrder];
        matrix.Multiply(first, image);
        for (int k = 0; k < order; k++)
        {
            Assert.Equal(right[k], (shift * first![k]) - image[k], 1e-10);
        }
    }

    [Fact]
    public void A_factor_exists_above_the_largest_eigenvalue_alone()
    {
        // All eigenvalues of 3 times the identity, but for one that is 3 + 40.
        using var matrix = new SymmetricTiles(40);
        for (int k = 0; k < 40; k++)
        {
            for (int l = k; l < 40; l++)
            {
                matrix.Tile(k / 32, l / 32)[(k % 32 * 32) + (l % 32)] = k == l ? 4 : 1;
            }
        }

        Mirror(matrix);
        using var factor = new ShiftedCholesky(40);
        Assert.True(factor.TryFactor(matrix, 43.0001, CancellationToken.None));
        Assert.False(factor.TryFactor(matrix, 42.9999, CancellationToken.None));
        Assert.False(factor.TryFactor(matrix, double.NaN, CancellationToken.None));
    }

    [Fact]
    public void The_proved_margin_is_a_little_less_than_what_was_subtracted()
    {
        using SymmetricTiles matrix = Gram(100, 50);
        double shift = matrix.Trace();
        Assert.InRange(ShiftedCholesky.ProvedMargin(matrix, shift, 1e-6 * shift), 0.9e-6 * shift, 1e-6 * shift);
        Assert.InRange(ShiftedCholesky.ProvedMargin(matrix, shift, 0), -1e-9 * shift, 0);
    }

    [Fact]
    public void Rows_and_columns_that_do_not_count_are_set_to_zero()
    {
        using SymmetricTiles matrix = Gram(60, 40);
        double[] before = Values(matrix);
        matrix.Restrict([.. Enumerable.Range(0, 40).Select(k => k % 3 == 0)]);
        double[] after = Values(matrix);
        Assert.All(Enumerable.Range(0, after.Length), at =>
            Assert.Equal((at / 40 % 3) + (at % 40 % 3) == 0 ? before[at] : 0, after[at]));
    }

    private static SymmetricTiles Gram(int rows, int columns)
    {
        var gram = new SymmetricTiles(columns);
        using PackedWeights weights = Pack(Rows(rows, columns));
        using var product = new WeightedGram(columns);
        product.Compute(weights, Rates(rows), gram, CancellationToken.None);
        return gram;
    }

    private static double[][] Rows(int rows, int columns)
    {
        var random = new RandomInputs(1);
        return [.. Enumerable.Range(0, rows).Select(_ => Array.ConvertAll(random.Gaussian(columns), v => (double)(float)v))];
    }

    private static double[] Rates(int rows) => [.. Enumerable.Range(0, rows).Select(s => s % 3 == 1 ? 0 : 0.5 + (s % 7))];

    private static PackedWeights Pack(double[][] rows)
    {
        var weights = new PackedWeights(rows.Length, rows[0].Length);
        for (int s = 0; s < rows.Length; s++)
        {
            weights.SetRow(s, Array.ConvertAll(rows[s], v => (float)v));
        }

        return weights;
    }

    private static void Mirror(SymmetricTiles matrix)
    {
        for (int i = 0; i < matrix.Panels; i++)
        {
            for (int at = 0; at < SymmetricTiles.TileSize; at++)
            {
                (int r, int lane) = (at / 32, at % 32);
                matrix.Tile(i, i)[at] = r <= lane ? matrix.Tile(i, i)[at] : matrix.Tile(i, i)[(lane * 32) + r];
            }
        }
    }

    /// <summary>The upper triangle, and zeros below.</summary>
    private static double[] Values(SymmetricTiles matrix)
    {
        double[] values = new double[matrix.Order * matrix.Order];
        for (int k = 0; k < matrix.Order; k++)
        {
            for (int l = k; l < matrix.Order; l++)
            {
                values[(k * matrix.Order) + l] = matrix.Tile(k / 32, l / 32)[(k % 32 * 32) + (l % 32)];
            }
        }

        return values;
    }
}
