using OneStep.Networks.Deep;
using OneStep.Numerics;
using OneStep.Numerics.Tiles;

namespace OneStep.Tests.Networks.Deep;

public sealed unsafe class LayerProductsTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 33)]
    [InlineData(70, 200)]
    [InlineData(200, 70)]
    public void Products_of_a_layer_are_those_of_naive_sums(int columns, int width)
    {
        var random = new Random(columns + width);
        using var layer = new PackedWeights(width, columns);
        float[][] weights = [.. Enumerable.Range(0, width).Select(_ => Draw(random, columns))];
        for (int s = 0; s < width; s++)
        {
            layer.SetRow(s, weights[s]);
        }

        int rows = LayerProducts.RowsFor(layer);
        using var h = Fill(random, columns);
        using var z = new NativeBuffer<float>(rows * LayerProducts.Inputs);
        LayerProducts.Forward(TileEngine.Best, layer, h.Pointer, z.Pointer);

        using var g = new NativeBuffer<float>(rows * LayerProducts.Inputs);
        for (int at = 0; at < width * LayerProducts.Inputs; at++)
        {
            g.Pointer[at] = random.NextSingle() - 0.5f;
        }

        using var totals = new NativeBuffer<double>(columns * LayerProducts.Inputs);
        LayerProducts.AddBackward(TileEngine.Best, layer, columns, g.Pointer, totals.Pointer);
        for (int i = 0; i < LayerProducts.Inputs; i++)
        {
            for (int s = 0; s < width; s++)
            {
                double expected = Enumerable.Range(0, columns).Sum(k => (double)weights[s][k] * h.Pointer[(k * LayerProducts.Inputs) + i]);
                Assert.Equal(expected, z.Pointer[(s * LayerProducts.Inputs) + i], 1e-5);
            }

            for (int k = 0; k < columns; k++)
            {
                double expected = Enumerable.Range(0, width).Sum(s => (double)weights[s][k] * g.Pointer[(s * LayerProducts.Inputs) + i]);
                Assert.Equal(expected, totals.Pointer[(k * LayerProducts.Inputs) + i], 1e-5);
            }
        }

        for (int at = width * LayerProducts.Inputs; at < layer.PanelCount * PackedWeights.Lanes * LayerProducts.Inputs; at++)
        {
            Assert.Equal(0, z.Pointer[at]);
        }
    }

    [Fact]
    public void The_gradient_in_the_weights_sums_over_blocks_of_inputs()
    {
        const int Columns = 17;
        const int Blocks = 2;
        var random = new Random(1);
        using var h = Fill(random, Columns * Blocks);
        using var g = Fill(random, Blocks * PackedWeights.Lanes);
        using var totals = new NativeBuffer<double>(Columns * PackedWeights.Lanes);
        LayerProducts.AddWeightGradient(TileEngine.Best, Columns, h.Pointer, Columns * LayerProducts.Inputs, Blocks, g.Pointer, totals.Pointer);
        for (int k = 0; k < Columns; k++)
        {
            for (int s = 0; s < PackedWeights.Lanes; s++)
            {
                double expected = 0;
                for (int i = 0; i < Blocks * LayerProducts.Inputs; i++)
                {
                    int block = i / LayerProducts.Inputs;
                    expected += (double)h.Pointer[((((block * Columns) + k) * LayerProducts.Inputs) + (i % LayerProducts.Inputs))] * g.Pointer[(i * PackedWeights.Lanes) + s];
                }

                Assert.Equal(expected, totals.Pointer[(k * PackedWeights.Lanes) + s], 1e-5);
            }
        }
    }

    private static float[] Draw(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)];

    private static NativeBuffer<float> Fill(Random random, int rows)
    {
        var buffer = new NativeBuffer<float>(rows * LayerProducts.Inputs);
        for (int at = 0; at < buffer.Length; at++)
        {
            buffer.Pointer[at] = random.NextSingle() - 0.5f;
        }

        return buffer;
    }
}
