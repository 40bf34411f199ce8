using System.Globalization;
using System.Numerics;

namespace OneStep.Tests.References;

/// <summary>
/// A number with 1280 bits behind the binary point: every float64 is one, and e^−709 still has 250 bits. Every operation
/// truncates there.
/// </summary>
/// <param name="Units">The number times 2^1280.</param>
internal readonly record struct FixedPoint(BigInteger Units)
{
    public const int FractionBits = 1280;

    public static FixedPoint One { get; } = new(BigInteger.One << FractionBits);

    public static FixedPoint operator +(FixedPoint left, FixedPoint right) => new(left.Units + right.Units);

    public static FixedPoint operator -(FixedPoint left, FixedPoint right) => new(left.Units - right.Units);

    public static FixedPoint operator -(FixedPoint value) => new(-value.Units);

    public static FixedPoint operator *(FixedPoint left, FixedPoint right) => new((left.Units * right.Units) >> FractionBits);

    public static FixedPoint operator /(FixedPoint left, FixedPoint right) => new((left.Units << FractionBits) / right.Units);

    public static FixedPoint operator *(FixedPoint left, int right) => new(left.Units * right);

    public static FixedPoint operator /(FixedPoint left, int right) => new(left.Units / right);

    /// <summary>The exact value of a float64.</summary>
    public static FixedPoint Of(double value)
    {
        (BigInteger significand, int exponent) = Split(value);
        return new(Shift(significand, exponent + FractionBits));
    }

    /// <summary>value · 2^power.</summary>
    public static FixedPoint Scale(FixedPoint value, int power) => new(Shift(value.Units, power));

    /// <summary>The distance of a computed float64 from this exact value, in units in the last place of the computed
    /// one.</summary>
    public double UlpsFrom(double computed)
    {
        double ulp = Math.BitIncrement(Math.Abs(computed)) - Math.Abs(computed);

        // Divided as integers, with 64 bits to spare: either may be beyond the range of a float64.
        return Math.ScaleB((double)(((Of(computed) - this).Units << 64) / Of(ulp).Units), -64);
    }

    /// <summary>The first <paramref name="digits"/> decimals, cut off, not rounded.</summary>
    public string ToDecimals(int digits)
    {
        BigInteger scaled = (BigInteger.Abs(Units) * BigInteger.Pow(10, digits)) >> FractionBits;
        string text = scaled.ToString(CultureInfo.InvariantCulture).PadLeft(digits + 1, '0');
        return (Units.Sign < 0 ? "-" : string.Empty) + text[..^digits] + "." + text[^digits..];
    }

    /// <summary>A float64 as significand · 2^exponent.</summary>
    internal static (BigInteger Significand, int Exponent) Split(double value)
    {
        long bits = BitConverter.DoubleToInt64Bits(value);
        int biased = (int)((bits >> 52) & 0x7FF);
        long fraction = bits & 0xFFFFFFFFFFFFF;
        if (biased == 0x7FF)
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, "The value must be finite.");
        }

        long significand = biased == 0 ? fraction : fraction | (1L << 52);
        return (bits < 0 ? -significand : significand, Math.Max(biased, 1) - 1075);
    }

    private static BigInteger Shift(BigInteger value, int power) => power >= 0 ? value << power : value >> -power;
}
