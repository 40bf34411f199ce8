using OneStep.Data;
using OneStep.Numerics;

namespace OneStep.Tests.Data;

public class SphereInputsTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 1)]
    [InlineData(100, 10)]
    public void Inputs_have_the_norm_asked_for(int dimension, double norm)
    {
        Matrix<float> inputs = SphereInputs.Draw(50, dimension, norm, seed: 1);

        Assert.All(Enumerable.Range(0, 50), i => Assert.Equal(norm, Vectors.Norm(inputs.Row(i)), 1e-6 * norm));
    }

    [Fact]
    public void Directions_are_uniform()
    {
        const int Count = 20_000;
        Matrix<float> inputs = SphereInputs.Draw(Count, 3, norm: 1, seed: 2);

        // Each coordinate of a uniform direction in three dimensions is itself uniform on [−1, 1].
        for (int k = 0; k < 3; k++)
        {
            double[] sorted = [.. Enumerable.Range(0, Count).Select(i => (double)inputs[i, k]).Order()];
            double distance = sorted.Select((value, i) => Math.Abs(((value + 1) / 2) - ((i + 0.5) / Count))).Max();
            Assert.InRange(distance, 0, 1.95 / Math.Sqrt(Count));
        }
    }

    [Fact]
    public void A_row_is_the_same_however_many_there_are()
    {
        Matrix<float> few = SphereInputs.Draw(3, 7, norm: 2, seed: 3);
        Matrix<float> many = SphereInputs.Draw(9, 7, norm: 2, seed: 3);

        Assert.Equal(few.Data, many.Data[..few.Data.Length]);
        Assert.Equal(many.Data[(4 * 7)..(6 * 7)], SphereInputs.Draw(2, 7, norm: 2, seed: 3, first: 4).Data);
        Assert.NotEqual(few.Data, SphereInputs.Draw(3, 7, norm: 2, seed: 4).Data);
    }

    [Fact]
    public void A_norm_that_is_not_positive_is_refused()
    {
        var error = Assert.Throws<InvalidParameterException>(() => SphereInputs.Draw(1, 2, norm: 0, seed: 0));

        Assert.Equal("norm is 0, but must be a positive number.", error.Message);
    }
}
