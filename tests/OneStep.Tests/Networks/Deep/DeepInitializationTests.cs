using OneStep.Networks.Deep;

namespace OneStep.Tests.Networks.Deep;

public class DeepInitializationTests
{
    [Theory]
    [InlineData(DeepInitializationScheme.He, 2.0, 1.0, 0.0)]
    [InlineData(DeepInitializationScheme.FanIn, 1.0, 1.0, 0.0)]
    [InlineData(DeepInitializationScheme.FanInWithBiases, 1.0, 1.0, 1.0)]
    public void Variances_are_those_of_the_scheme(DeepInitializationScheme scheme, double hidden, double last, double biases)
    {
        using DeepNetwork network = DeepInitialization.Draw([300, 400, 500, 90], bias: true, seed: 3, scheme);
        double[] expected = [hidden / 300, hidden / 400, last / 500];
        for (int l = 0; l < 3; l++)
        {
            float[][] rows = Rows(network, l);
            int fanIn = rows[0].Length - 1;
            Assert.Equal(1, rows.SelectMany(row => row.Take(fanIn)).Average(w => (double)w * w) / expected[l], 0.05);
            Assert.Equal(biases, rows.Average(row => (double)row[fanIn] * row[fanIn]) * fanIn, 0.35);
        }
    }

    [Fact]
    public void A_layer_does_not_depend_on_the_width_of_the_others()
    {
        using DeepNetwork small = DeepInitialization.Draw([10, 20, 30, 1], bias: true, seed: 3, DeepInitializationScheme.FanInWithBiases);
        using DeepNetwork large = DeepInitialization.Draw([10, 25, 30, 7], bias: true, seed: 3, DeepInitializationScheme.FanInWithBiases);
        Assert.Equal(Rows(small, 0), Rows(large, 0).Take(20));
        foreach ((float[] row, float[] wide) in Rows(small, 1).Zip(Rows(large, 1)))
        {
            Assert.All(row.Take(20).Zip(wide), pair => Assert.Equal(pair.First * Math.Sqrt(20), pair.Second * Math.Sqrt(25), 1e-5));
        }

        using DeepNetwork other = DeepInitialization.Draw([10, 20, 30, 1], bias: true, seed: 4, DeepInitializationScheme.FanInWithBiases);
        Assert.NotEqual(Rows(small, 0), Rows(other, 0));
        Assert.NotEqual(Rows(small, 1)[0].Take(5), Rows(small, 2)[0].Take(5));
    }

    [Fact]
    public void Wrong_widths_are_errors()
    {
        Assert.Throws<InvalidParameterException>(() => DeepInitialization.Draw([3], bias: false, seed: 1, DeepInitializationScheme.He));
        Assert.Throws<InvalidParameterException>(() => DeepInitialization.Draw([3, 0, 1], bias: false, seed: 1, DeepInitializationScheme.He));
    }

    private static float[][] Rows(DeepNetwork network, int layer) =>
        [.. Enumerable.Range(0, network.Layers[layer].Rows).Select(s =>
        {
            float[] row = new float[network.Layers[layer].Columns];
            network.Layers[layer].CopyRowTo(s, row);
            return row;
        })];
}
