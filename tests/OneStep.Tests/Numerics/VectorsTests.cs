using OneStep.Numerics;

namespace OneStep.Tests.Numerics;

public class VectorsTests
{
    [Fact]
    public void Norms_and_products_are_summed_in_double()
    {
        Assert.Equal(5, Vectors.Norm([3, 4]));
        Assert.Equal(11, Vectors.Dot([1, 2], [3, 4]));

        // In float32 the one would be lost.
        Assert.Equal(1e16 + 1e8, Vectors.Dot([1e8f, 1e4f], [1e8f, 1e4f]));
        Assert.Equal(Math.Sqrt(2) * float.MaxValue, Vectors.Norm([float.MaxValue, float.MaxValue]), float.MaxValue * 1e-15);
        Assert.Equal(float.Epsilon, Vectors.Norm([float.Epsilon]));
        Assert.Equal(0, Vectors.Norm([]));
    }

    [Fact]
    public void A_unit_vector_is_scaled_and_the_norm_returned()
    {
        float[] unit = new float[2];
        Assert.Equal(5, Vectors.SetUnit([3, 4], -10, unit));
        Assert.Equal([-6, -8], unit);
    }

    [Fact]
    public void Zero_has_no_direction()
    {
        float[] unit = [7, 7];
        Assert.Equal(0, Vectors.SetUnit([0, 0], 1, unit));
        Assert.Equal([0, 0], unit);
    }

    [Fact]
    public void A_subnormal_vector_has_a_direction()
    {
        float[] unit = new float[2];
        Vectors.SetUnit([float.Epsilon, 0], 1, unit);
        Assert.Equal([1, 0], unit);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(16)]
    [InlineData(37)]
    public void Products_and_sums_in_single_precision_are_those_of_a_plain_loop(int count)
    {
        var random = new Random(count);
        float[] a = [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)];
        float[] b = [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)];
        float[] scaled = new float[count];
        Vectors.Scale(a, 0.3f, scaled);
        Assert.Equal(a.Select(v => v * 0.3f), scaled);
        float[] sum = new float[count];
        Vectors.Sum(a, b, sum);
        Assert.Equal(a.Zip(b, (l, r) => l + r), sum);
        float[] total = [.. b];
        Vectors.AddScaled(a, 0.3f, total);
        Assert.Equal(scaled.Zip(b, (l, r) => r + l), total);
    }

    [Fact]
    public void Sums_are_taken_in_double_and_nothing_counts_as_zero()
    {
        double[] sum = new double[2];
        Vectors.Sum([1, 2], [1e-9f, 4], sum);
        Assert.Equal([1 + (double)1e-9f, 6], sum);
        Vectors.Sum([1, 2], [], sum);
        Assert.Equal([1, 2], sum);
    }
}
