using System.Numerics;

namespace OneStep.Tests.References;

/// <summary>
/// Elementary functions of a float64 argument to hundreds of bits, from their series alone: what the library's own
/// polynomials are measured against.
/// </summary>
internal static class HighPrecision
{
    /// <summary>log 2 = 2 artanh(1/3).</summary>
    public static FixedPoint Log2 { get; } = TwiceArtanh(FixedPoint.One / 3);

    /// <summary>π = 16 arctan(1/5) − 4 arctan(1/239) (Machin).</summary>
    public static FixedPoint Pi { get; } = (ArctanOfInverse(5) * 16) - (ArctanOfInverse(239) * 4);

    /// <summary>log x for x > 0.</summary>
    public static FixedPoint Log(double x)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(x);
        (BigInteger significand, int exponent) = FixedPoint.Split(x);
        int bits = (int)significand.GetBitLength();

        // x = mantissa · 2^power with the mantissa in [3/4, 3/2): artanh then takes at most 1/5.
        int power = exponent + bits;
        var mantissa = new FixedPoint(significand << (FixedPoint.FractionBits - bits));
        if (mantissa.Units * 4 < FixedPoint.One.Units * 3)
        {
            mantissa *= 2;
            power--;
        }

        return TwiceArtanh((mantissa - FixedPoint.One) / (mantissa + FixedPoint.One)) + (Log2 * power);
    }

    /// <summary>e^x for |x| ≤ 710, to more than 200 bits.</summary>
    public static FixedPoint Exp(double x)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Math.Abs(x), 710, nameof(x));
        FixedPoint argument = FixedPoint.Of(x);
        int power = (int)BigInteger.Divide(argument.Units, Log2.Units);
        FixedPoint rest = argument - (Log2 * power);
        return FixedPoint.Scale(Series(FixedPoint.One, term: FixedPoint.One, (term, k) => term * rest / k), power);
    }

    /// <summary>sin(πx), the product taken exactly.</summary>
    public static FixedPoint SinPi(double x)
    {
        FixedPoint angle = ReducedAngle(x);
        FixedPoint square = angle * angle;
        return Series(angle, angle, (term, k) => -(term * square) / (2 * k * ((2 * k) + 1)));
    }

    /// <summary>cos(πx), the product taken exactly.</summary>
    public static FixedPoint CosPi(double x)
    {
        FixedPoint angle = ReducedAngle(x);
        FixedPoint square = angle * angle;
        return Series(FixedPoint.One, FixedPoint.One, (term, k) => -(term * square) / (2 * k * ((2 * k) - 1)));
    }

    // π times x reduced to (−2, 2): both functions have period 2, and the reduction is exact.
    private static FixedPoint ReducedAngle(double x) =>
        new FixedPoint(BigInteger.Remainder(FixedPoint.Of(x).Units, (FixedPoint.One * 2).Units)) * Pi;

    private static FixedPoint TwiceArtanh(FixedPoint z)
    {
        FixedPoint square = z * z;
        FixedPoint power = z;
        return Series(z, z, (_, k) =>
        {
            power *= square;
            return power / ((2 * k) + 1);
        }) * 2;
    }

    private static FixedPoint ArctanOfInverse(int n)
    {
        FixedPoint power = FixedPoint.One / n;
        return Series(power, power, (_, k) =>
        {
            power = -(power / (n * n));
            return power / ((2 * k) + 1);
        });
    }

    // start + Σ_{k ≥ 1} term_k, until a term vanishes at the last bit.
    private static FixedPoint Series(FixedPoint start, FixedPoint term, Func<FixedPoint, int, FixedPoint> next)
    {
        FixedPoint sum = start;
        for (int k = 1; BigInteger.Abs(term.Units) > 1; k++)
        {
            term = next(term, k);
            sum += term;
        }

        return sum;
    }
}
