using OneStep.Numerics.Simd;

namespace OneStep.Numerics.Elementary;

/// <summary>
/// Logarithm, exponential, sine, cosine, hyperbolic tangent and the logistic function, from additions, multiplications, fused
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

    // Below this the result is subnormal or zero; above the other it is infinite.
    private const double ExpUnderflow = -708;
    private const double ExpOverflow = 709.78;

    /// <summary>The natural logarithm of a normal positive number. Error below 2 ulp, or 2⁻⁵² where |log x| &lt; 1.</summary>
    /// <param name="x">A normal positive number; the result for others is meaningless.</param>
    public static double Log(double x) => ElementaryLanes<DoubleLanes1, double>.Log(x);

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
        ElementaryLanes<DoubleLanes1, double>.SinCosPi(x, out double sine, out double cosine);
        return (sine, cosine);
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

    /// <summary>tanh x. Absolute error below 6 · 2⁻⁵³.</summary>
    public static double Tanh(double x)
    {
        double e = Exp(-2 * Math.Abs(x));
        return Math.CopySign((1 - e) / (1 + e), x);
    }

    /// <summary>log(1 + u) for u from 0 to 2⁵². Relative error below 8 · 2⁻⁵³.</summary>
    public static double LogOnePlus(double u)
    {
        // 1 + u is rounded to `one`; log(one) u/(one − 1) undoes the error of that rounding (Kahan).
        double one = 1 + u;
        return one == 1 ? u : Log(one) * (u / (one - 1));
    }

    private static double PowerOfTwo(int exponent) => BitConverter.Int64BitsToDouble((exponent + 1023L) << 52);
}
