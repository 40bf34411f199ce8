using System.Globalization;

namespace OneStep.Data;

/// <summary>Which classes of a data set make the two labels, written like <c>0,1</c> or <c>0+2,1+3</c>.</summary>
public sealed record ClassSplit
{
    /// <summary>Makes a split.</summary>
    /// <param name="negative">The classes with y = −1.</param>
    /// <param name="positive">The classes with y = +1.</param>
    /// <exception cref="InvalidParameterException">A side is empty, a class is not 0 to 9 or stands twice.</exception>
    public ClassSplit(IReadOnlyList<int> negative, IReadOnlyList<int> positive)
    {
        ArgumentNullException.ThrowIfNull(negative);
        ArgumentNullException.ThrowIfNull(positive);

        // The order in which a side names its classes means nothing, so equal splits are written alike.
        Negative = [.. negative.Order()];
        Positive = [.. positive.Order()];
        int[] all = [.. negative, .. positive];
        if (negative.Count == 0 || positive.Count == 0 || all.Any(c => c is < 0 or > 9) || all.Distinct().Count() != all.Length)
        {
            throw Invalid(ToString());
        }
    }

    /// <summary>Class 0 (y = −1) against class 1 (y = +1).</summary>
    public static ClassSplit ZeroVersusOne { get; } = new([0], [1]);

    /// <summary>The classes with y = −1, in ascending order.</summary>
    public IReadOnlyList<int> Negative { get; }

    /// <summary>The classes with y = +1, in ascending order.</summary>
    public IReadOnlyList<int> Positive { get; }

    /// <summary>Reads <c>0,1</c> or <c>0+2,1+3</c>.</summary>
    /// <exception cref="InvalidParameterException">The text is not of that form.</exception>
    public static ClassSplit Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] sides = text.Split(',');
        if (sides.Length != 2)
        {
            throw Invalid(text);
        }

        return new(ParseSide(sides[0], text), ParseSide(sides[1], text));
    }

    /// <summary>The label of a class: −1, +1, or 0 where the class is in neither side.</summary>
    public int LabelOf(int @class) => Negative.Contains(@class) ? -1 : Positive.Contains(@class) ? 1 : 0;

    /// <summary>The text that <see cref="Parse"/> reads.</summary>
    public override string ToString() => string.Join('+', Negative) + "," + string.Join('+', Positive);

    /// <summary>Whether both splits name the same classes.</summary>
    public bool Equals(ClassSplit? other) =>
        other is not null && Negative.SequenceEqual(other.Negative) && Positive.SequenceEqual(other.Positive);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(ToString());

    private static int[] ParseSide(string side, string text) =>
        [.. side.Split('+').Select(c => int.TryParse(c, NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : throw Invalid(text))];

    private static InvalidParameterException Invalid(string text) =>
        new("digits", $"'{text}'", "two different digits or two disjoint sums of digits from 0 to 9, like 0,1 or 0+2,1+3");
}
