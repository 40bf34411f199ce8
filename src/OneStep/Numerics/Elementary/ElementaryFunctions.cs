namespace OneStep.Numerics.Elementary;

/// <summary>
/// Logarithm, exponential, sine, cosine and the logistic function, from additions, multiplications, fused
/// multiply-adds, divisions and square roots alone. IEEE 754 fixes each of those to the last bit, so what reaches the
/// weights is bitwise the same on every machine; the platform's own functions are not.
/// </summary>
/// <remarks>Errors are stated in units in the last place (ulp) and tested against 30-digit arithmetic.</remarks>
public static class ElementaryFunctions
{
    // log 2 in two parts; the first has 21 trailing zero bits, so that its product with an exponent is exact.
    private const double Ln2High = 0.6931471803691238;
    private const double Ln2Low = 1.9082149292705877e-10;
    private const double Log2E = 1.4426950408889634;
    private const double SqrtHalf = 0.70710678118654752;

    // Below this the result is subnormal or zero; above the other it is infinite.
    private const double ExpUnderflow = -708;
    private const double ExpOverflow = 709.78;

    /// <summary>The natural logarithm of a normal positive number. Error below 2 ulp, or 2⁻⁵² where |log x| &lt; 1.</summary>
    /// <param name="x">A normal positive number; the result for others is meaningless.</param>
    public static double Log(double x)
    {
        // x = m 2^e with m in [√½, √2): log x = e log 2 + 2 artanh s, s = (m − 1)/(m + 1), |s| ≤ 0.172.
        long bits = BitConverter.DoubleToInt64Bits(x);
        int exponent = (int)((bits >> 52) & 0x7FF) - 1022;
        double mantissa = BitConverter.Int64BitsToDouble((bits & 0x000FFFFFFFFFFFFF) | 0x3FE0000000000000);
        if (mantissa < SqrtHalf)
        {
            mantissa *= 2;
            exponent--;
        }

        double s = (mantissa - 1) / (mantissa + 1);
        double z = s * s;

        // The series of artanh: the first term left out is below 2^-60 of the sum.
        double series = 1.0 / 23;
        series = Math.FusedMultiplyAdd(series, z, 1.0 / 21);
        series = Math.FusedMultiplyAdd(series, z, 1.0 / 19);
        series = Math.FusedMultiplyAdd(series, z, 1.0 / 17);
        series = Math.FusedMultiplyAdd(series, z, 1.0 / 15);
        series = Math.FusedMultiplyAdd(series, z, 1.0 / 13);
        series = Math.FusedMultiplyAdd(series, z, 1.0 / 11);
        series = Math.FusedMultiplyAdd(series, z, 1.0 / 9);
        series = Math.FusedMultiplyAdd(series, z, 1.0 / 7);
        series = Math.FusedMultiplyAdd(series, z, 1.0 / 5);
        series = Math.FusedMultiplyAdd(series, z, 1.0 / 3);
        double artanh = Math.FusedMultiplyAdd(s * z, series, s);
        double low = Math.FusedMultiplyAdd(exponent, Ln2Low, 2 * artanh);
        return Math.FusedMultiplyAdd(exponent, Ln2High, low);
    }

    /// <summary>eˣ. Error below 2 ulp; 0 below −708 (where the platform's would be subnormal or zero), +∞ above 709.78.</summary>
    public static double Exp(double x)
    {
        if (x < ExpUnderflow)
        {
            return 0;
        }

        if (x > ExpOverflow)
        {
            return double.PositiveInfinity;
        }

        // x = n log 2 + r with |r| ≤ ½ log 2; the Taylor polynomial of degree 13 leaves out less than 2^-57.
        double n = Math.Round(x * Log2E, MidpointRounding.ToEven);
        double r = Math.FusedMultiplyAdd(-n, Ln2High, x);
        r = Math.FusedMultiplyAdd(-n, Ln2Low, r);
        double p = 1.0 / 6227020800;
        p = Math.FusedMultiplyAdd(p, r, 1.0 / 479001600);
        p = Math.FusedMultiplyAdd(p, r, 1.0 / 39916800);
        p = Math.FusedMultiplyAdd(p, r, 1.0 / 3628800);
        p = Math.FusedMultiplyAdd(p, r, 1.0 / 362880);
        p = Math.FusedMultiplyAdd(p, r, 1.0 / 40320);
        p = Math.FusedMultiplyAdd(p, r, 1.0 / 5040);
        p = Math.FusedMultiplyAdd(p, r, 1.0 / 720);
        p = Math.FusedMultiplyAdd(p, r, 1.0 / 120);
        p = Math.FusedMultiplyAdd(p, r, 1.0 / 24);
        p = Math.FusedMultiplyAdd(p, r, 1.0 / 6);
        p = Math.FusedMultiplyAdd(p, r, 0.5);
        p = Math.FusedMultiplyAdd(p, r, 1);
        p = Math.FusedMultiplyAdd(p, r, 1);

        // In two factors: 2^1024 is no number, but n = 1024 occurs.
        int half = (int)n / 2;
        return p * PowerOfTwo(half) * PowerOfTwo((int)n - half);
    }

    /// <summary>sin πx and cos πx for |x| ≤ 2²⁰. Error below 2⁻⁵².</summary>
    public static (double Sine, double Cosine) SinCosPi(double x)
    {
        // x = q/2 + r with |r| ≤ ¼, exactly; then Taylor polynomials in y = (πr)², |y| ≤ 0.617.
        double quadrant = Math.Round(2 * x, MidpointRounding.ToEven);
        double angle = Math.FusedMultiplyAdd(-0.5, quadrant, x) * Math.PI;
        double y = angle * angle;

        double sine = 1.0 / 355687428096000;
        sine = Math.FusedMultiplyAdd(sine, y, -1.0 / 1307674368000);
        sine = Math.FusedMultiplyAdd(sine, y, 1.0 / 6227020800);
        sine = Math.FusedMultiplyAdd(sine, y, -1.0 / 39916800);
        sine = Math.FusedMultiplyAdd(sine, y, 1.0 / 362880);
        sine = Math.FusedMultiplyAdd(sine, y, -1.0 / 5040);
        sine = Math.FusedMultiplyAdd(sine, y, 1.0 / 120);
        sine = Math.FusedMultiplyAdd(sine, y, -1.0 / 6);
        sine = Math.FusedMultiplyAdd(sine * y, angle, angle);

        double cosine = 1.0 / 20922789888000;
        cosine = Math.FusedMultiplyAdd(cosine, y, -1.0 / 87178291200);
        cosine = Math.FusedMultiplyAdd(cosine, y, 1.0 / 479001600);
        cosine = Math.FusedMultiplyAdd(cosine, y, -1.0 / 3628800);
        cosine = Math.FusedMultiplyAdd(cosine, y, 1.0 / 40320);
        cosine = Math.FusedMultiplyAdd(cosine, y, -1.0 / 720);
        cosine = Math.FusedMultiplyAdd(cosine, y, 1.0 / 24);
        cosine = Math.FusedMultiplyAdd(cosine, y, -0.5);
        cosine = Math.FusedMultiplyAdd(cosine, y, 1);

        return ((long)quadrant & 3) switch
        {
            0 => (sine, cosine),
            1 => (cosine, -sine),
            2 => (-sine, -cosine),
            _ => (-cosine, sine),
        };
    }

    /// <summary>The logistic function 1/(1 + e⁻ˣ), without overflow. Error below 4 ulp; 0 below −708.</summary>
    public static double Logistic(double x)
    {
        double e = Exp(-Math.Abs(x));
        return x >= 0 ? 1 / (1 + e) : e / (1 + e);
    }

    /// <summary>log(1 + eˣ), without overflow. Relative error below 8 · 2⁻⁵³; 0 below −708.</summary>
    public static double Softplus(double x)
    {
        double e = Exp(-Math.Abs(x));
        return Math.Max(x, 0) + LogOnePlus(e);
    }

    /// <summary>log(1 + u) for u in [0, 1].</summary>
    private static double LogOnePlus(double u)
    {
        // 1 + u is rounded to `one`; log(one) u/(one − 1) undoes the error of that rounding (Kahan).
        double one = 1 + u;
        return one == 1 ? u : Log(one) * (u / (one - 1));
    }

    private static double PowerOfTwo(int exponent) => BitConverter.Int64BitsToDouble((exponent + 1023L) << 52);
}
