using System.Globalization;

namespace OneStep.Data;

/// <summary>
/// Which classes of a data set make which labels, written like <c>0,1</c> or <c>0+2,1+3</c>. Two groups are the labels −1
/// and +1; three or more are the labels 0, 1, 2, … in the order in which they are written.
/// </summary>
public sealed record ClassSplit
{
    /// <summary>What a split must be, to be read after "must be".</summary>
    public const string Range = "two or more different digits or disjoint sums of digits from 0 to 9, like 0,1 or 0+2,1+3 or 0,1,2";

    /// <summary>What a split of two groups must be, to be read after "must be".</summary>
    public const string BinaryRange = "two digits or disjoint sums of digits from 0 to 9, like 0,1 or 0+2,1+3";

    private readonly int[][] _groups;

    /// <summary>Makes a split of two groups.</summary>
    /// <param name="negative">The classes with y = −1.</param>
    /// <param name="positive">The classes with y = +1.</param>
    /// <exception cref="InvalidParameterException">A side is empty, a class is not 0 to 9 or stands twice.</exception>
    public ClassSplit(IReadOnlyList<int> negative, IReadOnlyList<int> positive)
        : this([negative, positive])
    {
    }

    /// <summary>Makes a split of two groups or more.</summary>
    /// <param name="groups">The classes of each label, in the order of the labels.</param>
    /// <exception cref="InvalidParameterException">There are fewer than two groups, one is empty, a class is not 0 to 9 or stands
    /// twice.</exception>
    public ClassSplit(IReadOnlyList<IReadOnlyList<int>> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);

        // The order in which a group names its classes means nothing, so equal splits are written alike.
        _groups = [.. groups.Select(group => group.Order().ToArray())];
        int[] all = [.. _groups.SelectMany(group => group)];
        if (_groups.Length < 2 || _groups.Any(group => group.Length == 0) || all.Any(c => c is < 0 or > 9) || all.Distinct().Count() != all.Length)
        {
            throw Invalid(ToString());
        }
    }

    /// <summary>Class 0 (y = −1) against class 1 (y = +1).</summary>
    public static ClassSplit ZeroVersusOne { get; } = new([0], [1]);

    /// <summary>How many labels there are.</summary>
    public int Count => _groups.Length;

    /// <summary>Whether the labels are −1 and +1.</summary>
    public bool IsBinary => Count == 2;

    /// <summary>The classes of every label, each in ascending order.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Groups => _groups;

    /// <summary>Reads <c>0,1</c>, <c>0+2,1+3</c> or <c>0,1,2</c>.</summary>
    /// <exception cref="InvalidParameterException">The text is not of that form.</exception>
    public static ClassSplit Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new([.. text.Split(',').Select(group => ParseGroup(group, text))]);
    }

    /// <summary>The group of a class, from 0; −1 where the class is in none.</summary>
    public int GroupOf(int @class) => Array.FindIndex(_groups, group => group.Contains(@class));

    /// <summary>The label of a class that is in a group: −1 or +1 of two, 0, 1, 2, … of more.</summary>
    public int LabelOf(int @class) => IsBinary ? (2 * GroupOf(@class)) - 1 : GroupOf(@class);

    /// <summary>The classes behind a label, like <c>0+2</c>.</summary>
    public string TextOf(int label) => string.Join('+', ClassesOf(label));

    /// <summary>The classes behind a label, in ascending order.</summary>
    public IReadOnlyList<int> ClassesOf(int label) => _groups[IsBinary ? (label + 1) / 2 : label];

    /// <summary>The text that <see cref="Parse"/> reads.</summary>
    public override string ToString() => string.Join(',', _groups.Select(group => string.Join('+', group)));

    /// <summary>Whether both splits name the same classes in the same order.</summary>
    public bool Equals(ClassSplit? other) => other is not null && _groups.Length == other._groups.Length && ToString() == other.ToString();

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(ToString());

    private static int[] ParseGroup(string group, string text) =>
        [.. group.Split('+').Select(c => int.TryParse(c, NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : throw Invalid(text))];

    private static InvalidParameterException Invalid(string text) => new("digits", $"'{text}'", Range);
}
