using System.Numerics;

namespace OneStep.Tests.References;

/// <summary>A fraction of integers of any size, in lowest terms, the denominator above zero.</summary>
internal readonly record struct Rational : IComparable<Rational>
{
    public Rational(BigInteger numerator, BigInteger denominator)
    {
        BigInteger divisor = BigInteger.GreatestCommonDivisor(numerator, denominator) * (denominator.Sign < 0 ? -1 : 1);
        Numerator = numerator / divisor;
        Denominator = denominator / divisor;
    }

    public BigInteger Numerator { get; }

    public BigInteger Denominator { get; }

    public int Sign => Numerator.Sign;

    public static implicit operator Rational(int value) => new(value, 1);

    public static Rational operator +(Rational a, Rational b) => new((a.Numerator * b.Denominator) + (b.Numerator * a.Denominator), a.Denominator * b.Denominator);

    public static Rational operator -(Rational a, Rational b) => new((a.Numerator * b.Denominator) - (b.Numerator * a.Denominator), a.Denominator * b.Denominator);

    public static Rational operator *(Rational a, Rational b) => new(a.Numerator * b.Numerator, a.Denominator * b.Denominator);

    public static Rational operator /(Rational a, Rational b) => new(a.Numerator * b.Denominator, a.Denominator * b.Numerator);

    /// <summary>The exact value of a float64.</summary>
    public static Rational Of(double value)
    {
        if (value == 0)
        {
            return 0;
        }

        int exponent = Math.ILogB(value) - 52;
        var significand = (BigInteger)Math.ScaleB(value, -exponent);
        return exponent >= 0 ? new(significand << exponent, 1) : new(significand, BigInteger.One << -exponent);
    }

    /// <summary>The nearest float64, or next to it.</summary>
    public double ToDouble()
    {
        // 64 bits more than the denominator has are enough for a quotient of 53.
        int shift = (int)(Denominator.GetBitLength() - Numerator.GetBitLength()) + 64;
        BigInteger quotient = shift >= 0 ? (Numerator << shift) / Denominator : Numerator / (Denominator << -shift);
        return Math.ScaleB((double)quotient, -shift);
    }

    public int CompareTo(Rational other) => (this - other).Sign;
}
