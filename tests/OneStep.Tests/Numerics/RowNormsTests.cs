using OneStep.Numerics;
using OneStep.Tests.References;

namespace OneStep.Tests.Numerics;

public class RowNormsTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(33, 7)]
    [InlineData(100, 25)]
    public void Squares_and_distances_of_a_panel_are_those_of_its_rows(int rows, int columns)
    {
        double[][] w = NaiveNetwork.Random(rows, columns, seed: 1).Weights;
        double[][] w0 = NaiveNetwork.Random(rows, columns, seed: 2).Weights;
        using PackedWeights weights = Pack(w);
        using PackedWeights initial = Pack(w0);
        Span<double> squares = stackalloc double[32];
        Span<double> distances = stackalloc double[32];
        for (int panel = 0; panel < weights.PanelCount; panel++)
        {
            RowNorms.PanelSquares(weights, panel, squares);
            RowNorms.PanelSquaredDistances(weights, initial, panel, distances);
            for (int lane = 0; lane < 32; lane++)
            {
                int row = (panel * 32) + lane;
                double square = row < rows ? w[row].Sum(v => (double)(float)v * (float)v) : 0;
                double distance = row < rows ? w[row].Zip(w0[row], (v, v0) => Math.Pow((double)(float)v - (float)v0, 2)).Sum() : 0;
                Assert.Equal(square, squares[lane], 1e-13 * square);
                Assert.Equal(distance, distances[lane], 1e-13 * distance);
            }
        }
    }

    [Fact]
    public void The_sum_of_norms_is_the_same_for_every_number_of_threads()
    {
        // Three work items of 64 panels, the last one short.
        double[][] w = NaiveNetwork.Random(5000, 3, seed: 3).Weights;
        using PackedWeights weights = Pack(w);
        double sum = RowNorms.Sum(weights, threads: 1);
        Assert.Equal(w.Sum(row => Math.Sqrt(row.Sum(v => v * v))), sum, 1e-6 * sum);
        Assert.Equal(sum, RowNorms.Sum(weights, threads: 2));
        Assert.Equal(sum, RowNorms.Sum(weights, threads: 8));
    }

    private static PackedWeights Pack(double[][] rows)
    {
        var weights = new PackedWeights(rows.Length, rows[0].Length);
        for (int s = 0; s < rows.Length; s++)
        {
            weights.SetRow(s, Array.ConvertAll(rows[s], v => (float)v));
        }

        return weights;
    }
}
