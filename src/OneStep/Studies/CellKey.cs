using System.Security.Cryptography;
using System.Text;
using OneStep.Experiments;

namespace OneStep.Studies;

/// <summary>
/// Names a cell by its content: the SHA-256 of everything that determines its numbers. Equal cells of different studies,
/// users and machines have equal keys, so stores can be merged by copying files. A parameter that has its default is left
/// out, whether it was written or not, and the others are sorted by name: so a parameter that the program learns one day
/// changes no key of the cells that do without it.
/// </summary>
public static class CellKey
{
    /// <summary>Names what is computed from the parameters. It changes whenever the same parameters give other numbers or
    /// another set of them, and whenever a parameter's default changes, so that no old cell is taken for a new one.</summary>
    public const string Protocol = "onestep-cell-1";

    /// <summary>The hexadecimal digits of a key: 128 bits, so that no two cells of mankind meet by chance.</summary>
    public const int Length = 32;

    internal const string FingerprintEntry = ExperimentMetadata.FingerprintKey;

    /// <summary>The key of a cell, in lower-case hexadecimal digits.</summary>
    /// <param name="parameters">The cell's parameters.</param>
    /// <param name="datasetFingerprint">Names the data; see <see cref="Data.ClassificationTask.DatasetFingerprint"/>.</param>
    public static string Of(ExperimentParameters parameters, string datasetFingerprint) => Of(Entries(parameters, datasetFingerprint));

    /// <summary>The key of a cell of any kind.</summary>
    /// <param name="experiment">What the cell runs.</param>
    /// <param name="datasetFingerprint">Names the data, which are part of the key where the kind needs images.</param>
    public static string Of(CellExperiment experiment, string datasetFingerprint)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        return Of(Entries(experiment, datasetFingerprint));
    }

    /// <summary>What is hashed, as a cell's file keeps it: the parameters that differ from their defaults, and the data.</summary>
    internal static IReadOnlyList<KeyValuePair<string, string>> Entries(ExperimentParameters parameters, string datasetFingerprint) =>
        Entries(new AttackCell(parameters), datasetFingerprint);

    /// <summary>The same for a cell of any kind: what it is an experiment of, where that is not the attack, the parameters that
    /// differ from their defaults, and the data where the kind needs images.</summary>
    internal static IReadOnlyList<KeyValuePair<string, string>> Entries(CellExperiment experiment, string datasetFingerprint) =>
        Entries(experiment.Kind, experiment.Entries, datasetFingerprint);

    /// <summary>The same, from all parameters of the cell.</summary>
    internal static IReadOnlyList<KeyValuePair<string, string>> Entries(CellKind kind, IReadOnlyList<KeyValuePair<string, string>> parameters, string datasetFingerprint)
    {
        KeyValuePair<string, string>[] data = kind.NeedsImages ? [new(FingerprintEntry, datasetFingerprint)] : [];
        return Sorted([.. kind.KeyEntries, .. parameters.Where(kind.IsNoDefault), .. data]);
    }

    /// <summary>The key of a cell with these entries, in whatever order.</summary>
    internal static string Of(IEnumerable<KeyValuePair<string, string>> entries)
    {
        var text = new StringBuilder(Protocol).Append('\n');
        foreach ((string name, string value) in Sorted(entries))
        {
            text.Append(name).Append('=').Append(value).Append('\n');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..Length];
    }

    /// <summary>Whether a text has the form of a key.</summary>
    internal static bool IsKey(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
        {
            if (!char.IsAsciiHexDigitLower(c))
            {
                return false;
            }
        }

        return text.Length == Length;
    }

    private static KeyValuePair<string, string>[] Sorted(IEnumerable<KeyValuePair<string, string>> entries) =>
        [.. entries.OrderBy(entry => entry.Key, StringComparer.Ordinal)];
}
