using OneStep.Numerics;
using OneStep.Tests.References;

namespace OneStep.Tests.Numerics;

public class SpectralNormBoundTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 40)]
    [InlineData(40, 1)]
    [InlineData(33, 70)]
    [InlineData(100, 64)]
    public void The_bound_is_above_the_norm_and_near_it(int rows, int columns)
    {
        var random = new RandomInputs(rows + columns);
        using var weights = new PackedWeights(rows, columns + 1);
        double[][] matrix = [.. Enumerable.Range(0, rows).Select(_ => Array.ConvertAll(random.Gaussian(columns + 1), w => (double)(float)w))];
        for (int s = 0; s < rows; s++)
        {
            // The last column does not count.
            weights.SetRow(s, [.. matrix[s].Take(columns).Select(w => (float)w), 1000]);
        }

        // Power iteration gives a lower bound, which is near the norm after many steps.
        double[] v = random.Unit(columns);
        double norm = 0;
        for (int step = 0; step < 500; step++)
        {
            double[] image = [.. matrix.Select(row => v.Select((vk, k) => vk * row[k]).Sum())];
            norm = Math.Sqrt(image.Sum(z => z * z));
            double[] back = [.. Enumerable.Range(0, columns).Select(k => matrix.Select((row, s) => row[k] * image[s]).Sum())];
            double length = Math.Sqrt(back.Sum(z => z * z));
            v = [.. back.Select(z => z / length)];
        }

        Assert.InRange(SpectralNormBound.Of(weights, columns), norm, 1.05 * norm);
    }

    [Theory]
    [InlineData(1e-30)]
    [InlineData(1e30)]
    public void Matrices_of_any_size_of_numbers_have_a_bound(double size)
    {
        using var weights = new PackedWeights(2, 2);
        weights.SetRow(0, [(float)(3 * size), 0]);
        weights.SetRow(1, [0, (float)(4 * size)]);
        Assert.InRange(SpectralNormBound.Of(weights, 2) / size, 4 * (1 - 1e-6), 4.1);
    }

    [Fact]
    public void A_large_matrix_has_its_Frobenius_norm_for_a_bound()
    {
        const int Size = 1030;
        using var weights = new PackedWeights(Size, Size + 1);
        float[] row = new float[Size + 1];
        for (int s = 0; s < Size; s++)
        {
            // The last column does not count.
            Array.Fill(row, s % 3);
            weights.SetRow(s, row);
        }

        double frobenius = Math.Sqrt(Enumerable.Range(0, Size).Sum(s => (double)Size * (s % 3) * (s % 3)));
        Assert.InRange(SpectralNormBound.Of(weights, Size), frobenius, frobenius * (1 + 1e-5));
    }

    [Fact]
    public void A_matrix_of_zeros_has_the_norm_zero()
    {
        using var weights = new PackedWeights(5, 3);
        Assert.Equal(0, SpectralNormBound.Of(weights, 3));
    }
}
