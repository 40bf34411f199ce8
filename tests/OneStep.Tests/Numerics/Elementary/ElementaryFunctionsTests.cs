using OneStep.Numerics.Elementary;
using OneStep.Tests.References;

namespace OneStep.Tests.Numerics.Elementary;

/// <summary>Every function against arithmetic with hundreds of bits, to the error that its documentation states.</summary>
public class ElementaryFunctionsTests
{
    private const double TwoToMinus52 = 2.220446049250313e-16;

    private static readonly double[] Units = [.. Enumerable.Range(0, 400).Select(i => new Random(i).NextDouble())];

    // Uniform in the exponent, so that every magnitude has its turn.
    private static IEnumerable<double> Magnitudes(int lowestPower, int highestPower) =>
        Units.Select((unit, i) => Math.ScaleB(1 + unit, lowestPower + (i * 7919 % (highestPower - lowestPower))));

    private static double Ulps(FixedPoint exact, double computed) => Math.Abs(exact.UlpsFrom(computed));

    // |computed − exact| ≤ bound.
    private static void AssertWithin(double bound, FixedPoint exact, double computed, double argument)
    {
        System.Numerics.BigInteger error = System.Numerics.BigInteger.Abs((exact - FixedPoint.Of(computed)).Units);
        Assert.True(error <= FixedPoint.Of(bound).Units, $"at {argument:R}: {computed:R}");
    }

    [Fact]
    public void Logarithm_is_within_two_ulp_or_near_one_within_an_absolute_bound()
    {
        double[] arguments =
        [
            .. Magnitudes(-1021, 1023),
            .. Units.Select(unit => 0.5 + (1.5 * unit)),
            .. Magnitudes(-52, -1).Select(step => 1 + step),
            .. Magnitudes(-53, -1).Select(step => 1 - (step / 2)),
            1, 2, 0.5, Math.BitIncrement(1), Math.BitDecrement(1), Math.Sqrt(0.5), Math.BitDecrement(Math.Sqrt(0.5)), Math.Sqrt(2),
            Math.E, double.MaxValue, 2.2250738585072014e-308, Math.ScaleB(1, -33),
        ];
        Assert.All(arguments, x =>
        {
            FixedPoint exact = HighPrecision.Log(x);
            double computed = ElementaryFunctions.Log(x);
            if (Math.Abs(computed) < 1)
            {
                AssertWithin(TwoToMinus52, exact, computed, x);
            }
            else
            {
                Assert.True(Ulps(exact, computed) < 2, $"at {x:R}");
            }
        });
        Assert.Equal(0, ElementaryFunctions.Log(1));
    }

    [Fact]
    public void Exponential_is_within_two_ulp()
    {
        double[] arguments =
        [
            .. Units.Select(unit => (unit * 1417.78) - 708),
            .. Units.Select(unit => (4 * unit) - 2),
            .. Magnitudes(-60, 0), .. Magnitudes(-60, 0).Select(x => -x),
            0, 1, -1, -708, 709.78, 709.7, Math.Log(2) / 2, -Math.Log(2) / 2,
        ];
        Assert.All(arguments, x => Assert.True(Ulps(HighPrecision.Exp(x), ElementaryFunctions.Exp(x)) < 2, $"at {x:R}"));
        Assert.Equal(1, ElementaryFunctions.Exp(0));
    }

    [Theory]
    [InlineData(-708.0000001, 0)]
    [InlineData(-1e300, 0)]
    [InlineData(double.NegativeInfinity, 0)]
    [InlineData(709.7800001, double.PositiveInfinity)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData(double.NaN, double.NaN)]
    public void Exponential_beyond_its_range_is_zero_or_infinite(double x, double expected) =>
        Assert.Equal(expected, ElementaryFunctions.Exp(x));

    [Fact]
    public void Sine_and_cosine_are_within_their_absolute_bound_in_every_quadrant_and_for_large_arguments()
    {
        double[] arguments =
        [
            .. Units.Select(unit => (4 * unit) - 2),
            .. Units.Select(unit => (unit - 0.5) * Math.ScaleB(1, 21)),
            .. Magnitudes(-60, 20), .. Magnitudes(-60, 20).Select(x => -x),
            .. Enumerable.Range(-16, 33).Select(i => i / 8.0),
            .. Enumerable.Range(-8, 17).Select(i => Math.BitIncrement(i / 4.0)),
            Math.ScaleB(1, 20), -Math.ScaleB(1, 20),
        ];
        Assert.All(arguments, x =>
        {
            (double sine, double cosine) = ElementaryFunctions.SinCosPi(x);
            AssertWithin(TwoToMinus52, HighPrecision.SinPi(x), sine, x);
            AssertWithin(TwoToMinus52, HighPrecision.CosPi(x), cosine, x);
        });
    }

    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(0.5, 1, 0)]
    [InlineData(1, 0, -1)]
    [InlineData(1.5, -1, 0)]
    [InlineData(-0.5, -1, 0)]
    [InlineData(1048575.5, -1, 0)]
    public void Sine_and_cosine_of_multiples_of_a_right_angle_are_exact(double x, double sine, double cosine) =>
        Assert.Equal((sine + 0.0, cosine + 0.0), Add(ElementaryFunctions.SinCosPi(x)));

    [Fact]
    public void Logistic_is_within_four_ulp()
    {
        double[] arguments =
        [
            .. Units.Select(unit => (unit * 1416) - 708), .. Units.Select(unit => (80 * unit) - 40), .. Magnitudes(-60, 0),
            0, 1, -1, 36.7, 37, 40, 709, 1e300, -708,
        ];
        Assert.All(arguments, x =>
        {
            FixedPoint e = x > 700 ? FixedPoint.One - FixedPoint.One : HighPrecision.Exp(-x);
            FixedPoint exact = FixedPoint.One / (FixedPoint.One + e);
            Assert.True(Ulps(exact, ElementaryFunctions.Logistic(x)) < 4, $"at {x:R}");
        });
        Assert.Equal(0.5, ElementaryFunctions.Logistic(0));
        Assert.Equal(0, ElementaryFunctions.Logistic(-708.5));
        Assert.Equal(1, ElementaryFunctions.Logistic(double.PositiveInfinity));
        Assert.Equal(0, ElementaryFunctions.Logistic(double.NegativeInfinity));
    }

    [Fact]
    public void Softplus_is_within_its_relative_bound()
    {
        double[] arguments =
        [
            .. Units.Select(unit => (unit * 1416) - 708), .. Units.Select(unit => (80 * unit) - 40), .. Magnitudes(-60, 0),
            .. Magnitudes(-60, 0).Select(x => -x), 0, 1, -1, -36.7, -37, 37, 700, -708,
        ];
        Assert.All(arguments, x =>
        {
            // log(1 + e^x) = max(x, 0) + 2 artanh(e/(2 + e)), e = e^−|x| ≤ 1.
            FixedPoint e = HighPrecision.Exp(-Math.Abs(x));
            FixedPoint exact = FixedPoint.Of(Math.Max(x, 0)) + TwiceArtanh(e / (FixedPoint.One + FixedPoint.One + e));
            double computed = ElementaryFunctions.Softplus(x);
            AssertWithin(4 * TwoToMinus52 * computed, exact, computed, x);
        });
        Assert.Equal(0, ElementaryFunctions.Softplus(-709));
        Assert.Equal(1e300, ElementaryFunctions.Softplus(1e300));
        Assert.Equal(double.PositiveInfinity, ElementaryFunctions.Softplus(double.PositiveInfinity));
    }

    [Fact]
    public void Logarithm_of_one_plus_is_within_its_relative_bound()
    {
        double[] arguments = [.. Units, .. Units.Select(unit => 100 * unit), .. Magnitudes(-60, 52), 0, 1, 2, Math.ScaleB(1, 52), Math.BitDecrement(1)];
        Assert.All(arguments, u =>
        {
            // log(1 + u) = 2 artanh(u/(2 + u)), for large u log(1 + 1/u) + log u.
            FixedPoint exact = u <= 1
                ? TwiceArtanh(FixedPoint.Of(u) / (FixedPoint.One + FixedPoint.One + FixedPoint.Of(u)))
                : TwiceArtanh(FixedPoint.One / ((FixedPoint.Of(u) * 2) + FixedPoint.One)) + HighPrecision.Log(u);
            double computed = ElementaryFunctions.LogOnePlus(u);
            AssertWithin(4 * TwoToMinus52 * computed, exact, computed, u);
        });
    }

    [Fact]
    public void Hyperbolic_tangent_is_within_its_absolute_bound()
    {
        double[] arguments = [.. Units, .. Units.Select(unit => -20 * unit), .. Magnitudes(-40, 5), 0, 1, -1, 19.5];
        Assert.All(arguments, x =>
        {
            FixedPoint e = HighPrecision.Exp(-2 * Math.Abs(x));
            FixedPoint exact = (FixedPoint.One - e) / (FixedPoint.One + e);
            AssertWithin(3 * TwoToMinus52, exact, Math.Abs(ElementaryFunctions.Tanh(x)), x);
            Assert.Equal(Math.Sign(x), Math.Sign(ElementaryFunctions.Tanh(x)));
        });
        Assert.Equal(1, ElementaryFunctions.Tanh(800));
        Assert.Equal(-1, ElementaryFunctions.Tanh(double.NegativeInfinity));
    }

    private static FixedPoint TwiceArtanh(FixedPoint z)
    {
        FixedPoint square = z * z;
        FixedPoint power = z;
        FixedPoint sum = z;
        for (int k = 3; !power.Units.IsZero; k += 2)
        {
            power *= square;
            sum += power / k;
        }

        return sum * 2;
    }

    // Takes the sign from −0.
    private static (double Sine, double Cosine) Add((double Sine, double Cosine) values) => (values.Sine + 0.0, values.Cosine + 0.0);
}
