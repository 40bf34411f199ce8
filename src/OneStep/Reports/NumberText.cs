using System.Globalization;
using OneStep.Attacks;
using OneStep.Statistics;

namespace OneStep.Reports;

/// <summary>Numbers as people read them: few digits, no culture.</summary>
internal static class NumberText
{
    /// <summary>What stands where there is no number.</summary>
    public const string None = "–";

    private const char ThinSpace = '\u202f';

    private static readonly NumberFormatInfo Grouped = new() { NumberGroupSeparator = ThinSpace.ToString(), NumberGroupSizes = [3] };

    /// <summary>A count, in groups of three digits.</summary>
    public static string Count(int value) => value.ToString("#,0", Grouped);

    /// <summary>A measured number with <paramref name="digits"/> significant digits; "–" for null.</summary>
    public static string Significant(double? value, int digits = 3)
    {
        if (value is not { } number)
        {
            return None;
        }

        if (number == 0 || !double.IsFinite(number))
        {
            return number.ToString(CultureInfo.InvariantCulture).Replace('-', '−');
        }

        int exponent = Exponent(number, digits);
        string text = exponent is >= -4 and < 6
            ? number.ToString("F" + Math.Max(0, digits - 1 - exponent), CultureInfo.InvariantCulture)
            : Scientific(number, digits);
        return text.Replace('-', '−');
    }

    /// <summary>A number from 0 on of which more would not be true, with <paramref name="digits"/> significant digits.</summary>
    public static string RoundedDown(double? value, int digits = 3) =>
        Significant(value is { } number ? SignificantDigits.RoundDown(number, digits) : null, digits);

    /// <summary>A size in a norm: whole numbers of changed pixels as counts, everything else with three digits; "–" for null.</summary>
    public static string Size(double? value, NormKind norm) =>
        norm == NormKind.L0 && value is { } pixels && double.IsInteger(pixels) ? Count((int)pixels) : Significant(value);

    /// <summary>A number that was given, as it was given.</summary>
    public static string Exact<T>(T value)
        where T : struct, IFormattable => value.ToString(null, CultureInfo.InvariantCulture).Replace('-', '−');

    /// <summary>A part of a whole as a percentage with one decimal; "–" for null.</summary>
    /// <remarks>Never rounds to 0 % or 100 % what is not: one image in ten thousand counts.</remarks>
    public static string Percent(double? part)
    {
        if (part is not { } value)
        {
            return None;
        }

        double percent = 100 * value;
        return percent switch
        {
            0 or 100 => percent.ToString("F0", CultureInfo.InvariantCulture) + " %",
            > 0 and < 0.1 => "< 0.1 %",
            > 99.9 and < 100 => "> 99.9 %",
            _ => percent.ToString("F1", CultureInfo.InvariantCulture) + " %",
        };
    }

    /// <summary>A wall time.</summary>
    public static string Seconds(double value)
    {
        // Rounded first, or 119.6 s were 1 min 60 s.
        double whole = Math.Round(value);
        return whole < 60
            ? Significant(value, value < 10 ? 2 : 3) + " s"
            : string.Create(CultureInfo.InvariantCulture, $"{(long)(whole / 60)} min {whole % 60:F0} s");
    }

    // 0.9996 has three significant digits as 1.00, not as 1.000: rounding decides the exponent.
    private static int Exponent(double number, int digits)
    {
        string rounded = number.ToString("E" + (digits - 1), CultureInfo.InvariantCulture);
        return int.Parse(rounded.AsSpan(rounded.IndexOf('E', StringComparison.Ordinal) + 1), CultureInfo.InvariantCulture);
    }

    private static string Scientific(double number, int digits)
    {
        string rounded = number.ToString("E" + (digits - 1), CultureInfo.InvariantCulture);
        int mark = rounded.IndexOf('E', StringComparison.Ordinal);
        string exponent = int.Parse(rounded.AsSpan(mark + 1), CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);
        return $"{rounded[..mark]}·10{Superscript(exponent)}";
    }

    private static string Superscript(string digits) =>
        string.Concat(digits.Select(digit => digit == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit - '0']));
}
