using System.Globalization;
using System.Numerics;

namespace OneStep.Experiments;

/// <summary>Reads typed values from the string entries of a file, with errors that name the file and the entry.</summary>
/// <param name="entries">The entries.</param>
/// <param name="file">What errors call the file.</param>
/// <param name="invalid">Makes the error for an entry that is not what it must be, from its key, its value and what is wanted;
/// by default one that names the file.</param>
internal sealed class MetadataEntries(
    IReadOnlyDictionary<string, string> entries, string file, Func<string, string, string, OneStepException>? invalid = null)
{
    public const string True = "true";
    public const string False = "false";

    private const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
    private const int LongestValueShown = 60;

    /// <summary>How an enumeration's value is written: its name in lower case.</summary>
    public static string NameOf<T>(T value)
        where T : struct => value.ToString()!.ToLowerInvariant();

    /// <summary>How a number or an enumeration's value is written: numbers as shortly as they can be read back to the same bits.</summary>
    public static string TextOf<T>(T value)
        where T : struct, IFormattable => value switch
        {
            Enum => NameOf(value),

            // Adding zero makes an ordinary zero of a negative one, which is the same number.
            double number => (number + 0.0).ToString(CultureInfo.InvariantCulture),
            _ => value.ToString(null, CultureInfo.InvariantCulture),
        };

    /// <summary>An entry as it stands.</summary>
    public string Text(string key) =>
        entries.TryGetValue(key, out string? value) ? value : throw new OneStepException($"'{file}' has no metadata entry '{key}'.");

    /// <summary>An entry that older files lack.</summary>
    /// <param name="key">The entry.</param>
    /// <param name="absent">What stands for it where it is missing.</param>
    /// <param name="read">Reads it.</param>
    public T OrDefault<T>(string key, T absent, Func<string, T> read) => entries.ContainsKey(key) ? read(key) : absent;

    /// <summary>An entry that is <c>true</c> or <c>false</c>.</summary>
    public bool Flag(string key) => Text(key) switch
    {
        True => true,
        False => false,
        _ => throw Invalid(key, "true or false"),
    };

    /// <summary>An entry that is a number.</summary>
    /// <param name="key">The entry.</param>
    /// <param name="wanted">What errors say it must be; null for all that its type can hold.</param>
    public T Number<T>(string key, string? wanted = null)
        where T : struct, INumber<T>, IMinMaxValue<T> =>
        T.TryParse(Text(key), Style, CultureInfo.InvariantCulture, out T value)
            ? value
            : throw Invalid(key, wanted ?? Wanted<T>());

    /// <summary>An entry that names a value of an enumeration.</summary>
    public T Choice<T>(string key)
        where T : struct, Enum
    {
        string text = Text(key);
        T[] values = Enum.GetValues<T>();
        int index = Array.FindIndex(values, value => NameOf(value) == text);
        return index >= 0 ? values[index] : throw Invalid(key, string.Join(" or ", values.Select(NameOf)));
    }

    /// <summary>The error for an entry that is not what it must be.</summary>
    public OneStepException Invalid(string key, string wanted)
    {
        string line = string.Concat(Text(key).Take(LongestValueShown).Select(c => char.IsControl(c) ? '?' : c));
        return invalid is not null
            ? invalid(key, line, wanted)
            : new OneStepException($"'{file}' has a metadata entry '{key}' that is '{line}', but must be {wanted}.");
    }

    private static string Wanted<T>()
        where T : struct, INumber<T>, IMinMaxValue<T> =>
        typeof(T) == typeof(double) || typeof(T) == typeof(float) ? "a number"
        : T.IsZero(T.MinValue) ? $"an integer from 0 to {T.MaxValue}"
        : $"an integer up to {T.MaxValue}";
}
