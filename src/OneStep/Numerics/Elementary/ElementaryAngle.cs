namespace OneStep.Numerics.Elementary;

/// <summary>
/// The arc tangent of two arguments from additions, multiplications, fused multiply-adds and divisions alone, so that angles
/// are bitwise the same on every machine: see <see cref="ElementaryFunctions"/>.
/// </summary>
public static class ElementaryAngle
{
    private const double StepsToOne = 8;
    private const double PiLow = 1.2246467991473532e-16;

    // arctan(k/8), k = 0 … 8.
    private static ReadOnlySpan<double> ArcTangents =>
    [
        0,
        0.12435499454676144,
        0.24497866312686414,
        0.35877067027057225,
        0.4636476090008061,
        0.5585993153435624,
        0.6435011087932844,
        0.7188299996216245,
        0.7853981633974483,
    ];

    /// <summary>The angle in [0, π] whose sine and cosine are as y to x; 0 where both are zero. Error below 4 · 2⁻⁵³ of it.</summary>
    /// <param name="y">In proportion to the sine, finite and not negative.</param>
    /// <param name="x">In proportion to the cosine, finite.</param>
    public static double Of(double y, double x)
    {
        double width = Math.Abs(x);
        if (y <= width)
        {
            double acute = width == 0 ? 0 : Acute(y, width);
            return x >= 0 ? acute : Math.PI - (acute - PiLow);
        }

        double rest = Acute(width, y);
        double right = Math.PI / 2;
        return x >= 0 ? right - (rest - (PiLow / 2)) : right + (rest + (PiLow / 2));
    }

    /// <summary>arctan(y/x) for 0 ≤ y ≤ x.</summary>
    private static double Acute(double y, double x)
    {
        // arctan(y/x) = arctan c + arctan r with c = k/8 next to y/x and r = (y − c x)/(x + c y), |r| ≤ 1/16.
        double k = Math.Round(y / x * StepsToOne, MidpointRounding.ToEven);
        double c = k / StepsToOne;
        double r = Math.FusedMultiplyAdd(-c, x, y) / Math.FusedMultiplyAdd(c, y, x);
        double z = r * r;

        // The series of the arc tangent: the first term left out is below 2^-59 of the sum.
        double p = 1.0 / 13;
        p = Math.FusedMultiplyAdd(p, z, -1.0 / 11);
        p = Math.FusedMultiplyAdd(p, z, 1.0 / 9);
        p = Math.FusedMultiplyAdd(p, z, -1.0 / 7);
        p = Math.FusedMultiplyAdd(p, z, 1.0 / 5);
        p = Math.FusedMultiplyAdd(p, z, -1.0 / 3);
        return ArcTangents[(int)k] + Math.FusedMultiplyAdd(r * z, p, r);
    }
}
