using System.Globalization;
using OneStep.Statistics;

namespace OneStep.Cli.Rendering;

/// <summary>Numbers as people read them.</summary>
internal static class NumberText
{
    /// <summary>What stands where there is no number.</summary>
    public const string None = "-";

    private const int SmallestExponent = -4;
    private const int LargestExponent = 6;

    /// <summary>A measured number with <paramref name="digits"/> significant digits.</summary>
    public static string Significant(double? value, int digits = 3)
    {
        if (value is not double number || !double.IsFinite(number))
        {
            return None;
        }

        if (number == 0)
        {
            return "0";
        }

        // Rounding decides the exponent: 0.99999 has four digits as 1.000.
        string rounded = number.ToString("E" + (digits - 1), CultureInfo.InvariantCulture);
        int mark = rounded.IndexOf('E', StringComparison.Ordinal);
        int exponent = int.Parse(rounded.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return exponent is < SmallestExponent or > LargestExponent
            ? $"{rounded[..mark]}e{exponent}"
            : number.ToString("F" + Math.Max(0, digits - 1 - exponent), CultureInfo.InvariantCulture);
    }

    /// <summary>A number from 0 on of which more would not be true, with <paramref name="digits"/> significant digits.</summary>
    public static string RoundedDown(double? value, int digits = 3) =>
        Significant(value is { } number ? SignificantDigits.RoundDown(number, digits) : null, digits);

    /// <summary>A part of a whole as a percentage, never rounded to 100 % where something is missing.</summary>
    public static string Percent(double part)
    {
        // What lies a rounding error below a number of two decimals is that number: 100 · 0.29 is 28.999999999999996.
        double percent = Math.Round(Math.Round(100 * part, 9), 2, part < 1 ? MidpointRounding.ToZero : MidpointRounding.ToEven);
        return percent.ToString("0.##", CultureInfo.InvariantCulture) + " %";
    }

    /// <summary>A wall time.</summary>
    public static string Seconds(double seconds)
    {
        // Rounded first, or 119.6 s were 1 min 60 s.
        double whole = Math.Round(seconds);
        return whole >= 60
            ? string.Create(CultureInfo.InvariantCulture, $"{(long)(whole / 60)} min {whole % 60:F0} s")
            : seconds.ToString("F1", CultureInfo.InvariantCulture) + " s";
    }

    /// <summary>A number of things.</summary>
    public static string Count(int number, string noun, string? plural = null) => number == 1 ? $"1 {noun}" : $"{number} {plural ?? noun + "s"}";
}
