using OneStep.Numerics.Elementary;

namespace OneStep.Tests.Numerics.Elementary;

/// <summary>Angles against the platform's arc tangent, whose own error is below one unit in the last place.</summary>
public class ElementaryAngleTests
{
    private const double HalfUlp = 1.1102230246251565e-16;

    [Fact]
    public void Angles_are_within_their_relative_bound_in_both_quadrants_and_at_every_size()
    {
        var random = new Random(1);
        for (int i = 0; i < 20_000; i++)
        {
            double y = Math.ScaleB(random.NextDouble(), -random.Next(0, 60));
            double x = Math.ScaleB((2 * random.NextDouble()) - 1, -random.Next(0, 60));
            double expected = Math.Atan2(y, x);
            Assert.InRange(Math.Abs(ElementaryAngle.Of(y, x) - expected), 0, 6 * HalfUlp * expected);
        }
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(0, 2, 0)]
    [InlineData(0, -2, Math.PI)]
    [InlineData(3, 0, Math.PI / 2)]
    [InlineData(5, 5, Math.PI / 4)]
    [InlineData(5, -5, 3 * Math.PI / 4)]
    public void Angles_of_the_axes_and_diagonals_are_right_to_the_bit(double y, double x, double expected) =>
        Assert.Equal(expected, ElementaryAngle.Of(y, x));
}
