using OneStep.Certificates.Robustness;
using OneStep.Networks;
using OneStep.Tests.References;

namespace OneStep.Tests.Certificates.Robustness;

/// <summary>Proved spectral norms and lines around relu, against plain power iterations and dense points.</summary>
public class RowSpectralNormTests
{
    [Theory]
    [InlineData(60, 20)]
    [InlineData(10, 45)]
    [InlineData(1, 3)]
    public void The_bound_is_above_the_spectral_norm_by_little(int width, int dimension)
    {
        using TwoLayerNetwork network = NaiveNetwork.Random(width, dimension, 1).ToLibrary();
        double[][] rows = network.ToNaive().Weights;
        using var norm = new RowSpectralNorm(network.Weights, dimension, CancellationToken.None);
        foreach (int step in (int[])[1, 2])
        {
            // Every row and column, and every other one of both.
            double[] rates = [.. Enumerable.Range(0, width).Select(s => s % step == 0 ? 1.0 : 0)];
            bool[] columns = [.. Enumerable.Range(0, dimension).Select(k => k % step == 0)];
            double[][] counted = [.. rows.Where((_, s) => rates[s] > 0).Select(row => row.Where((_, k) => columns[k]).ToArray())];
            double expected = PowerIteration(counted);
            Assert.InRange(norm.Of(rates, columns), expected * (1 - 1e-9), expected * 1.01);
            Assert.True(norm.Of(rates) >= expected * (1 - 1e-9));
        }

        Assert.Equal(0, norm.Of(new double[width]));
    }

    [Fact]
    public void Rows_of_zeros_have_the_norm_zero()
    {
        using TwoLayerNetwork network = new NaiveNetwork([[0, 0], [0, 0]], [1, -1]).ToLibrary();
        using var norm = new RowSpectralNorm(network.Weights, 2, CancellationToken.None);
        Assert.Equal(0, norm.Of([1, 1]));
    }

    [Theory]
    [InlineData(-1, 2)]
    [InlineData(-1e-9, 3)]
    [InlineData(-5, 1e-12)]
    [InlineData(0, 1)]
    [InlineData(-2, 0)]
    [InlineData(-3, -1)]
    [InlineData(1, 4)]
    public void A_chord_is_above_relu_on_its_interval_and_touches_it_at_the_ends(double lower, double upper)
    {
        (double slope, double offset) = Relaxation.Chord(lower, upper);
        Assert.InRange(slope, 0, 1);
        for (int i = 0; i <= 100; i++)
        {
            double t = lower + ((upper - lower) * i / 100);
            Assert.True((slope * t) + offset >= Math.Max(t, 0) - 1e-16);
        }

        foreach (double end in (double[])[lower, upper])
        {
            Assert.Equal(Math.Max(end, 0), (slope * end) + offset, 1e-14);
        }
    }

    private static double PowerIteration(double[][] rows)
    {
        double[] vector = new RandomInputs(7).Unit(rows[0].Length);
        double square = 0;
        for (int step = 0; step < 3000; step++)
        {
            double[] image = new double[vector.Length];
            foreach (double[] row in rows)
            {
                double product = row.Zip(vector, (w, v) => w * v).Sum();
                for (int k = 0; k < image.Length; k++)
                {
                    image[k] += product * row[k];
                }
            }

            square = Math.Sqrt(image.Sum(v => v * v));
            vector = Array.ConvertAll(image, v => v / square);
        }

        return Math.Sqrt(square);
    }
}
