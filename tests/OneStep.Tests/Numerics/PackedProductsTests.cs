using OneStep.Networks;
using OneStep.Numerics;
using OneStep.Tests.References;

namespace OneStep.Tests.Numerics;

public class PackedProductsTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(33, 7)]
    [InlineData(2100, 19)]
    public void Products_and_weighted_sums_are_those_of_the_formulas_for_every_number_of_threads(int rows, int columns)
    {
        using TwoLayerNetwork network = NaiveNetwork.Random(rows, columns, 1).ToLibrary();
        double[][] weights = network.Weights.ToRows();
        double[] v = new RandomInputs(2).Gaussian(columns);
        double[] u = new RandomInputs(3).Gaussian(rows);
        double[] products = new double[rows];
        PackedProducts.Multiply(network.Weights, v, products, threads: 1, default);
        double[] sum = PackedProducts.WeightedSum(network.Weights, u, threads: 1, default);
        double[] again = new double[rows];
        PackedProducts.Multiply(network.Weights, v, again, threads: 3, default);

        Assert.Equal(products, again);
        Assert.Equal(sum, PackedProducts.WeightedSum(network.Weights, u, threads: 3, default));
        Assert.All(products.Zip(weights), pair => Assert.Equal(pair.Second.Zip(v, (a, b) => a * b).Sum(), pair.First, 1e-12));
        Assert.All(Enumerable.Range(0, columns), k => Assert.Equal(weights.Zip(u, (w, factor) => factor * w[k]).Sum(), sum[k], 1e-10));
    }
}
