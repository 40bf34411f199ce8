using System.Collections;
using System.Globalization;

namespace OneStep.Experiments;

/// <summary>The widths of a deep network's hidden layers from the input on, written like <c>512,256</c>.</summary>
public sealed class HiddenWidths : IReadOnlyList<int>, IEquatable<HiddenWidths>
{
    /// <summary>What a list must be, to be read after "must be".</summary>
    public const string Range = "1 to 20 integers from 1 to 100000, like 512,256";

    private const int MostLayers = 20;
    private const int LargestWidth = 100_000;
    private const int LongestTextShown = 60;

    private readonly int[] _widths;

    /// <summary>Makes a list.</summary>
    /// <exception cref="InvalidParameterException">A width is not 1 to 100000, or there are more than 20.</exception>
    public HiddenWidths(IEnumerable<int> widths)
    {
        _widths = [.. widths];
        InvalidParameterException.Require(
            _widths.Length <= MostLayers && Array.TrueForAll(_widths, width => width is >= 1 and <= LargestWidth), "hidden", Quoted(ToString()), Range);
    }

    /// <summary>No hidden layers of that kind: the two-layer network of the lazy ball.</summary>
    public static HiddenWidths None { get; } = new([]);

    /// <inheritdoc/>
    public int Count => _widths.Length;

    /// <inheritdoc/>
    public int this[int index] => _widths[index];

    /// <summary>Reads integers between commas; an empty text is an empty list.</summary>
    /// <exception cref="InvalidParameterException">The text is not of that form.</exception>
    public static HiddenWidths Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length == 0 ? None : new(text.Split(',').Select(part =>
            int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int width)
                ? width
                : throw new InvalidParameterException("hidden", Quoted(text), Range)));
    }

    /// <inheritdoc/>
    public bool Equals(HiddenWidths? other) => other is not null && _widths.AsSpan().SequenceEqual(other._widths);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as HiddenWidths);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(ToString());

    /// <summary>The text that <see cref="Parse"/> reads.</summary>
    public override string ToString() => string.Join(',', _widths);

    /// <inheritdoc/>
    public IEnumerator<int> GetEnumerator() => ((IEnumerable<int>)_widths).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static string Quoted(string text) => text.Length <= LongestTextShown ? $"'{text}'" : $"'{text[..LongestTextShown]}...'";
}
