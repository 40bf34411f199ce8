using System.Globalization;
using System.Text.Json;

namespace OneStep.Cli.Parsing;

/// <summary>The kinds of options that verbs are made of.</summary>
internal static class Options
{
    /// <summary>An integer; its range is checked by whoever takes it.</summary>
    public static DocumentedOption<int> Integer(string name, string description, string range, string? defaultText = null) =>
        new(name, "N", description, range, ReadInteger) { ShowsRange = true, DefaultText = defaultText };

    /// <summary>A number, which may have a fraction or an exponent.</summary>
    public static DocumentedOption<double> Number(string name, string description, string range, string? defaultText = null) =>
        new(name, "X", description, range, ReadNumber) { ShowsRange = true, DefaultText = defaultText };

    /// <summary>A seed.</summary>
    public static DocumentedOption<ulong> Seed(string description) =>
        new("--seed", "N", description, $"an integer from 0 to {ulong.MaxValue}", ReadSeed) { ShowsRange = true, DefaultText = "0" };

    /// <summary>An integer that may be left out, which is not the same as any integer.</summary>
    public static DocumentedOption<int?> OptionalInteger(string name, string description, string range, string defaultText)
    {
        return new(name, "N", description, range, Read) { ShowsRange = true, DefaultText = defaultText };

        static bool Read(string text, out int? value)
        {
            bool isInteger = ReadInteger(text, out int number);
            value = number;
            return isInteger;
        }
    }

    /// <summary>A number that may be left out, which is not the same as any number.</summary>
    public static DocumentedOption<double?> OptionalNumber(string name, string description, string range, string defaultText)
    {
        return new(name, "X", description, range, Read) { ShowsRange = true, DefaultText = defaultText };

        static bool Read(string text, out double? value)
        {
            bool isNumber = ReadNumber(text, out double number);
            value = number;
            return isNumber;
        }
    }

    /// <summary>One of a few words, the values of an enumeration in lower case.</summary>
    public static DocumentedOption<T> Choice<T>(string name, string description, string? defaultText = null)
        where T : struct, Enum
    {
        string[] words = [.. Enum.GetValues<T>().Select(Word)];
        return new(name, string.Join('|', words), description, "one of " + string.Join(", ", words), ReadWord) { DefaultText = defaultText };

        bool ReadWord(string text, out T value)
        {
            int index = Array.IndexOf(words, text);
            value = index < 0 ? default : Enum.GetValues<T>()[index];
            return index >= 0;
        }
    }

    /// <summary>Yes or no with the value spelled out.</summary>
    public static DocumentedOption<bool> Truth(string name, string description, string? defaultText = null) =>
        new(name, "true|false", description, "true or false", ReadTruth) { DefaultText = defaultText };

    /// <summary>Off unless it stands on the command line.</summary>
    public static DocumentedOption<bool> Flag(string name, string description) =>
        new(name, string.Empty, description, "true or false", ReadTruth);

    /// <summary>A file or a folder.</summary>
    public static DocumentedOption<string> Path(string name, string placeholder, string description, string range, string? defaultText = null) =>
        new(name, placeholder, description, range, ReadPath) { DefaultText = defaultText };

    /// <summary>The word that <see cref="Choice{T}"/> reads.</summary>
    public static string Word<T>(T value)
        where T : struct, Enum => Word((Enum)value);

    /// <summary>The word of a value whose type is not known.</summary>
    public static string Word(Enum value) => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    private static bool ReadInteger(string text, out int value) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    private static bool ReadSeed(string text, out ulong value) => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);

    private static bool ReadNumber(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);

    private static bool ReadTruth(string text, out bool value) => bool.TryParse(text, out value);

    private static bool ReadPath(string text, out string value)
    {
        value = text;
        return !string.IsNullOrWhiteSpace(text) && !text.Contains('\0', StringComparison.Ordinal);
    }
}
