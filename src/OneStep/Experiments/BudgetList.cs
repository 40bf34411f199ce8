using System.Collections;
using System.Globalization;
using OneStep.Training;

namespace OneStep.Experiments;

/// <summary>Attack budgets ε in ascending order, written like <c>0.1,0.2</c>.</summary>
public sealed class BudgetList : IReadOnlyList<double>, IEquatable<BudgetList>
{
    /// <summary>What a list must be, to be read after "must be".</summary>
    public const string Range = "numbers from 0 to 1000000, at most 1000 of them, like 0.1,0.2";

    private const int MostBudgets = 1000;
    private const int LongestTextShown = 60;

    private readonly double[] _values;

    /// <summary>Makes a list: sorted, each value once.</summary>
    /// <exception cref="InvalidParameterException">A value is negative or above 1000000 or no number, or there are more than 1000.</exception>
    public BudgetList(IEnumerable<double> values)
        : this(Ascending(values)) =>
        InvalidParameterException.Require(
            _values.Length <= MostBudgets && Array.TrueForAll(_values, AdversarialOptions.IsBudget), "robust-budgets", Quoted(ToString()), Range);

    private BudgetList(double[] ascending) => _values = ascending;

    /// <summary>No budget at all.</summary>
    public static BudgetList None { get; } = new([]);

    /// <inheritdoc/>
    public int Count => _values.Length;

    /// <inheritdoc/>
    public double this[int index] => _values[index];

    /// <summary>Reads numbers between commas; an empty text is an empty list.</summary>
    /// <exception cref="InvalidParameterException">The text is not of that form.</exception>
    public static BudgetList Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length == 0 ? None : new(text.Split(',').Select(part =>
            double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
                ? value
                : throw new InvalidParameterException("robust-budgets", Quoted(text), Range)));
    }

    /// <summary>This list and one more budget, which is a valid one.</summary>
    internal BudgetList With(double budget) => new(Ascending(_values.Append(budget)));

    /// <inheritdoc/>
    public bool Equals(BudgetList? other) => other is not null && _values.AsSpan().SequenceEqual(other._values);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as BudgetList);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(ToString());

    /// <summary>The text that <see cref="Parse"/> reads.</summary>
    public override string ToString() => string.Join(',', _values.Select(value => value.ToString(CultureInfo.InvariantCulture)));

    /// <inheritdoc/>
    public IEnumerator<double> GetEnumerator() => ((IEnumerable<double>)_values).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    // Adding zero turns −0 into 0, which would be another text for the same list.
    private static double[] Ascending(IEnumerable<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return [.. values.Select(value => value + 0.0).Distinct().Order()];
    }

    private static string Quoted(string text) => text.Length <= LongestTextShown ? $"'{text}'" : $"'{text[..LongestTextShown]}...'";
}
