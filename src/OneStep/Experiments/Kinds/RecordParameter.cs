using System.Numerics;
using OneStep.Data;

namespace OneStep.Experiments.Kinds;

/// <summary>A parameter of a kind of experiment and the property of a record that holds it: one place says how it is read,
/// written and shown.</summary>
/// <typeparam name="T">The record.</typeparam>
internal sealed class RecordParameter<T>
{
    private const string None = "none";

    private RecordParameter()
    {
    }

    /// <summary>The name, in lower case with dashes.</summary>
    public required string Name { get; init; }

    /// <summary>Whether the value is a number; else it is a word.</summary>
    public required bool IsNumber { get; init; }

    /// <summary>The value in its shortest form.</summary>
    public required Func<T, string> Text { get; init; }

    /// <summary>The record with the value of an entry.</summary>
    public required Func<T, MetadataEntries, T> Read { get; init; }

    /// <summary>What stands for a number where there is none; null where there always is one.</summary>
    public string? Absent { get; private init; }

    private string Placeholder { get; init; } = string.Empty;

    private string Description { get; init; } = string.Empty;

    private string Range { get; init; } = string.Empty;

    /// <summary>A parameter that is an integer.</summary>
    /// <param name="name">The name, in lower case with dashes.</param>
    /// <param name="description">What it is, with units.</param>
    /// <param name="range">What values are allowed, to be read after "must be".</param>
    /// <param name="get">Reads the property.</param>
    /// <param name="set">The record with another value.</param>
    public static RecordParameter<T> Integer(string name, string description, string range, Func<T, int> get, Func<T, int, T> set) =>
        Number(name, "N", description, range, get, set);

    /// <summary>A parameter that is a number.</summary>
    /// <param name="name">The name, in lower case with dashes.</param>
    /// <param name="description">What it is, with units.</param>
    /// <param name="range">What values are allowed, to be read after "must be".</param>
    /// <param name="get">Reads the property.</param>
    /// <param name="set">The record with another value.</param>
    public static RecordParameter<T> Number(string name, string description, string range, Func<T, double> get, Func<T, double, T> set) =>
        Number(name, "X", description, range, get, set);

    /// <summary>A parameter that is one of a few values.</summary>
    /// <param name="name">The name, in lower case with dashes.</param>
    /// <param name="description">What it is.</param>
    /// <param name="values">The values.</param>
    /// <param name="word">What users type for one.</param>
    /// <param name="get">Reads the property.</param>
    /// <param name="set">The record with another value.</param>
    public static RecordParameter<T> Choice<TValue>(
        string name, string description, IReadOnlyList<TValue> values, Func<TValue, string> word, Func<T, TValue> get, Func<T, TValue, T> set)
    {
        string[] words = [.. values.Select(word)];
        string range = $"{string.Join(", ", words[..^1])} or {words[^1]}";
        return new()
        {
            Name = name,
            IsNumber = false,
            Placeholder = string.Join('|', words),
            Description = description,
            Range = range,
            Text = record => word(get(record)),
            Read = (record, entries) =>
            {
                int index = Array.IndexOf(words, entries.Text(name));
                return index >= 0 ? set(record, values[index]) : throw entries.Invalid(name, range);
            },
        };
    }

    /// <summary>A parameter that is true or false.</summary>
    /// <param name="name">The name, in lower case with dashes.</param>
    /// <param name="description">What it is.</param>
    /// <param name="get">Reads the property.</param>
    /// <param name="set">The record with another value.</param>
    public static RecordParameter<T> Truth(string name, string description, Func<T, bool> get, Func<T, bool, T> set) =>
        Choice(name, description, [true, false], value => value ? MetadataEntries.True : MetadataEntries.False, get, set);

    /// <summary>A parameter that is an integer, or a word for none.</summary>
    /// <param name="name">The name, in lower case with dashes.</param>
    /// <param name="description">What it is, with units.</param>
    /// <param name="range">What values are allowed, to be read after "must be".</param>
    /// <param name="get">Reads the property.</param>
    /// <param name="set">The record with another value.</param>
    /// <param name="absent">The word for none.</param>
    public static RecordParameter<T> Optional(
        string name, string description, string range, Func<T, int?> get, Func<T, int?, T> set, string absent = None) => new()
    {
        Name = name,
        IsNumber = true,
        Placeholder = "N",
        Description = description,
        Range = range,
        Absent = absent,
        Text = record => get(record) is int number ? MetadataEntries.TextOf(number) : absent,
        Read = (record, entries) => set(record, entries.Text(name) == absent ? null : entries.Number<int>(name, range)),
    };

    /// <summary>A parameter with a text of its own.</summary>
    /// <param name="name">The name, in lower case with dashes.</param>
    /// <param name="placeholder">Stands for the value on a help page.</param>
    /// <param name="description">What it is.</param>
    /// <param name="range">What values are allowed, to be read after "must be".</param>
    /// <param name="parse">The value of a text, whose shortest form its <see cref="object.ToString"/> is; null where it has none.</param>
    /// <param name="get">Reads the property.</param>
    /// <param name="set">The record with another value.</param>
    public static RecordParameter<T> Parsed<TValue>(
        string name, string placeholder, string description, string range, Func<string, TValue?> parse, Func<T, TValue> get, Func<T, TValue, T> set)
        where TValue : class => new()
        {
            Name = name,
            IsNumber = false,
            Placeholder = placeholder,
            Description = description,
            Range = range,
            Text = record => get(record).ToString()!,
            Read = (record, entries) => parse(entries.Text(name)) is { } value ? set(record, value) : throw entries.Invalid(name, range),
        };

    /// <summary>The two classes of a task.</summary>
    /// <param name="get">Reads the property.</param>
    /// <param name="set">The record with another value.</param>
    public static RecordParameter<T> TwoClasses(Func<T, ClassSplit> get, Func<T, ClassSplit, T> set) => new()
    {
        Name = "digits",
        IsNumber = false,
        Placeholder = "A,B",
        Description = "The two classes, y = -1 and y = +1",
        Range = ClassSplit.BinaryRange,
        Text = record => get(record).ToString(),
        Read = (record, entries) =>
        {
            try
            {
                return set(record, ClassSplit.Parse(entries.Text("digits")));
            }
            catch (InvalidParameterException)
            {
                throw entries.Invalid("digits", ClassSplit.BinaryRange);
            }
        },
    };

    /// <summary>What help pages and errors show.</summary>
    /// <param name="defaults">The record with every default.</param>
    public ExperimentParameter Show(T defaults) => new(Name, Text(defaults), Placeholder, Description, Range);

    private static RecordParameter<T> Number<TValue>(
        string name, string placeholder, string description, string range, Func<T, TValue> get, Func<T, TValue, T> set)
        where TValue : struct, INumber<TValue>, IMinMaxValue<TValue> => new()
        {
            Name = name,
            IsNumber = true,
            Placeholder = placeholder,
            Description = description,
            Range = range,
            Text = record => MetadataEntries.TextOf(get(record)),
            Read = (record, entries) => set(record, entries.Number<TValue>(name, range)),
        };
}
