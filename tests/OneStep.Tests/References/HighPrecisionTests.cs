namespace OneStep.Tests.References;

/// <summary>Against published decimals and identities; the last digit shown is cut off, not rounded.</summary>
public class HighPrecisionTests
{
    [Fact]
    public void Logarithm_of_two() =>
        Assert.Equal("0.69314718055994530941723212145817656807550013436025", HighPrecision.Log(2).ToDecimals(50));

    [Fact]
    public void Pi() => Assert.Equal("3.14159265358979323846264338327950288419716939937510", HighPrecision.Pi.ToDecimals(50));

    [Fact]
    public void E() => Assert.Equal("2.71828182845904523536028747135266249775724709369995", HighPrecision.Exp(1).ToDecimals(50));

    [Fact]
    public void Logarithm_of_ten_and_of_a_tenth_of_a_million()
    {
        Assert.Equal("2.30258509299404568401799145468436420760110148862877", HighPrecision.Log(10).ToDecimals(50));
        Assert.Equal((HighPrecision.Log(10) * 5).ToDecimals(90), HighPrecision.Log(100_000).ToDecimals(90));
    }

    [Fact]
    public void Logarithm_of_one_is_zero_and_that_of_powers_of_two_is_exact()
    {
        Assert.Equal(FixedPoint.One - FixedPoint.One, HighPrecision.Log(1));
        Assert.Equal(HighPrecision.Log2 * -1074, HighPrecision.Log(double.Epsilon));
        Assert.Equal(HighPrecision.Log2 * 60, HighPrecision.Log(Math.ScaleB(1, 60)));
        Assert.Equal("0.00000000000000022204460492503128", HighPrecision.Log(1 + Math.ScaleB(1, -52)).ToDecimals(32));
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(-0.7)]
    [InlineData(-20.5)]
    [InlineData(700.125)]
    public void Exponentials_of_opposite_arguments_are_reciprocal(double x) =>
        Assert.Equal(1, (HighPrecision.Exp(x) * HighPrecision.Exp(-x)).UlpsFrom(1) + 1, 15);

    [Fact]
    public void Sines_and_cosines_of_simple_angles()
    {
        const string rootOfHalf = "0.7071067811865475244008443621048490392848359376884740";
        Assert.Equal(rootOfHalf, HighPrecision.SinPi(0.25).ToDecimals(52));
        Assert.Equal(rootOfHalf, HighPrecision.CosPi(0.25).ToDecimals(52));
        Assert.Equal("-" + rootOfHalf, HighPrecision.CosPi(0.75).ToDecimals(52));
        Assert.Equal("-" + rootOfHalf, HighPrecision.SinPi(1.25).ToDecimals(52));
        Assert.Equal(rootOfHalf, HighPrecision.CosPi(-1.75).ToDecimals(52));
        Assert.Equal(0, HighPrecision.SinPi(0.5).UlpsFrom(1), 15);
        Assert.Equal(0, HighPrecision.CosPi(7).UlpsFrom(-1), 15);
    }

    [Fact]
    public void Sine_of_thirty_degrees_is_one_half()
    {
        // 1/6 is not a float64; its rounding error e changes the sine by e π cos(π/6) and no more.
        FixedPoint error = FixedPoint.Of(1 / 6.0) - (FixedPoint.One / 6);
        FixedPoint correction = error * HighPrecision.Pi * HighPrecision.CosPi(1 / 6.0);
        string decimals = (HighPrecision.SinPi(1 / 6.0) - correction).ToDecimals(31);
        Assert.True(decimals is "0.5000000000000000000000000000000" or "0.4999999999999999999999999999999", decimals);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.9999)]
    [InlineData(-1.3)]
    [InlineData(123456.789)]
    public void Squares_of_sine_and_cosine_add_up_to_one(double x)
    {
        FixedPoint sine = HighPrecision.SinPi(x);
        FixedPoint cosine = HighPrecision.CosPi(x);
        Assert.Equal(0, ((sine * sine) + (cosine * cosine)).UlpsFrom(1), 15);
    }

    [Theory]
    [InlineData(0.6180339887498949)]
    [InlineData(3e-17)]
    [InlineData(700.25)]
    public void Platform_functions_lie_within_an_ulp(double x)
    {
        Assert.InRange(HighPrecision.Log(x).UlpsFrom(Math.Log(x)), -1, 1);
        Assert.InRange(HighPrecision.Exp(x).UlpsFrom(Math.Exp(x)), -1, 1);
        Assert.InRange(HighPrecision.SinPi(x).UlpsFrom(double.SinPi(x)), -2, 2);
        Assert.InRange(HighPrecision.CosPi(x).UlpsFrom(double.CosPi(x)), -2, 2);
    }

    [Fact]
    public void Ulps_are_those_of_the_computed_number() =>
        Assert.Equal(3, FixedPoint.Of(1).UlpsFrom(1 + (3 * Math.ScaleB(1, -52))));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void What_is_not_finite_is_refused(double x) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => FixedPoint.Of(x));
}
