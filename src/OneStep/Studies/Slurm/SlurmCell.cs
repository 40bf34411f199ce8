using System.Text.RegularExpressions;

namespace OneStep.Studies.Slurm;

/// <summary>One cell of a study, as far as it must be known to place it on a cluster.</summary>
public sealed partial record SlurmCell
{
    /// <summary>Describes a cell.</summary>
    /// <param name="key">Names the cell in the store: 32 hexadecimal digits in lower case.</param>
    /// <param name="estimatedSeconds">How long the cell takes, in seconds of wall clock on the CPUs that a task is given;
    /// finite and above 0.</param>
    /// <param name="label">Names the cell to people.</param>
    /// <exception cref="ArgumentException">The key is not of that form, or the estimate is not such a number.</exception>
    public SlurmCell(string key, double estimatedSeconds, string label)
    {
        if (!IsKey(key))
        {
            throw new ArgumentException("A key has 32 hexadecimal digits in lower case.", nameof(key));
        }

        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(estimatedSeconds);
        if (!double.IsFinite(estimatedSeconds))
        {
            throw new ArgumentOutOfRangeException(nameof(estimatedSeconds), estimatedSeconds, "An estimate is finite.");
        }

        Key = key;
        EstimatedSeconds = estimatedSeconds;
        Label = label;
    }

    /// <summary>Names the cell in the store.</summary>
    public string Key { get; }

    /// <summary>How long the cell takes, in seconds of wall clock on the CPUs that a task is given.</summary>
    public double EstimatedSeconds { get; }

    /// <summary>Names the cell to people.</summary>
    public string Label { get; }

    /// <summary>Whether a text has the form of a key.</summary>
    internal static bool IsKey(string text) => Key32().IsMatch(text);

    [GeneratedRegex(@"\A[0-9a-f]{32}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Key32();
}
