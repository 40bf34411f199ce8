using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace OneStep.Studies;

/// <summary>A finished cell as its files hold it.</summary>
/// <param name="Result">The numbers, as the experiment wrote them.</param>
/// <param name="Rows">One row an attacked example, or a network: CSV in UTF-8 with a line of names.</param>
/// <param name="Provenance">How they were computed; null where the file does not say.</param>
internal sealed record StoredCell(JsonElement Result, byte[] Rows, CellProvenance? Provenance);

/// <summary>The files have been changed, cut short, or belong to something else; the message says how.</summary>
/// <param name="Reason">To be read after the file's name and "is damaged:".</param>
internal readonly record struct CellDamage(string Reason);

/// <summary>
/// The text of a cell's two files. The JSON document says which cell it is, sums the rows of the CSV file up in a hash, and
/// its own numbers too, so that a change of either shows. A cell that could not be computed has a document with a sentence
/// in place of numbers.
/// </summary>
internal static class CellFile
{
    private const string FormatName = "format";
    private const string KeyName = "key";
    private const string ParametersName = "parameters";
    private const string ExamplesName = "examples";
    private const string RowsName = "rows";
    private const string HashName = "sha256";
    private const string ResultHashName = "resultSha256";
    private const string ResultName = "result";
    private const string ErrorName = "error";
    private const string ProvenanceName = "provenance";
    private const string VersionName = "version";
    private const string InstructionSetName = "instructionSet";
    private const string ThreadsName = "threads";
    private const string SecondsName = "seconds";

    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The JSON document.</summary>
    /// <param name="cell">The cell's numbers and rows.</param>
    /// <param name="provenance">How they were computed.</param>
    public static byte[] Format(FinishedCell cell, CellProvenance provenance)
    {
        byte[] numbers = Encoding.UTF8.GetBytes(cell.Json);
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Indented))
        {
            json.WriteStartObject();
            WriteIdentity(json, cell.Entries);
            json.WriteStartObject(ExamplesName);
            json.WriteNumber(RowsName, cell.RowCount);
            json.WriteString(HashName, Hash(cell.Rows));
            json.WriteEndObject();
            json.WriteString(ResultHashName, Hash(numbers));
            json.WritePropertyName(ResultName);
            json.WriteRawValue(numbers);
            WriteProvenance(json, provenance);
            json.WriteEndObject();
        }

        return [.. buffer.ToArray(), (byte)'\n'];
    }

    /// <summary>Reads the two files back.</summary>
    /// <param name="key">The key that their names say.</param>
    /// <param name="document">The JSON document.</param>
    /// <param name="readExamples">Reads the CSV file; null where there is none.</param>
    /// <param name="damage">What is wrong, where something is.</param>
    /// <returns>The cell; null where something is wrong.</returns>
    public static StoredCell? Read(string key, byte[] document, Func<byte[]?> readExamples, out CellDamage damage)
    {
        try
        {
            using var json = JsonDocument.Parse(document);
            return Read(key, json.RootElement, readExamples, out damage);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            damage = new("it is not the file of a cell");
            return null;
        }
    }

    /// <summary>The JSON document of a cell that could not be computed.</summary>
    /// <param name="entries">Which cell it is: see <see cref="CellKey"/>.</param>
    /// <param name="error">Why, in one sentence.</param>
    /// <param name="provenance">How it was tried.</param>
    public static byte[] FormatFailure(IReadOnlyList<KeyValuePair<string, string>> entries, string error, CellProvenance provenance)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Indented))
        {
            json.WriteStartObject();
            WriteIdentity(json, entries);
            json.WriteString(ErrorName, error);
            WriteProvenance(json, provenance);
            json.WriteEndObject();
        }

        return [.. buffer.ToArray(), (byte)'\n'];
    }

    /// <summary>The sentence of such a document; null where it is damaged.</summary>
    public static string? ReadFailure(byte[] document)
    {
        try
        {
            using var json = JsonDocument.Parse(document);
            return json.RootElement.GetProperty(ErrorName).GetString();
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    private static StoredCell? Read(string key, JsonElement root, Func<byte[]?> readExamples, out CellDamage damage)
    {
        JsonElement examples = root.GetProperty(ExamplesName);
        JsonElement result = root.GetProperty(ResultName);
        KeyValuePair<string, string>[] entries =
            [.. root.GetProperty(ParametersName).EnumerateObject().Select(p => KeyValuePair.Create(p.Name, p.Value.GetString()!))];
        byte[]? rows = null;
        string? reason =
            root.GetProperty(FormatName).GetString() != CellKey.Protocol ? $"its format is not '{CellKey.Protocol}'"
            : CellKey.Of(entries) != key || root.GetProperty(KeyName).GetString() != key ? "its name is not that of the cell it holds"
            : Hash(Encoding.UTF8.GetBytes(result.GetRawText())) != root.GetProperty(ResultHashName).GetString() ? "its numbers have been changed"
            : (rows = readExamples()) is null ? "the rows of its examples are missing"
            : Hash(rows) != examples.GetProperty(HashName).GetString() ? "the rows of its examples have been changed"
            : rows.Count(b => b == (byte)'\n') - 1 != examples.GetProperty(RowsName).GetInt32() ? "the number of its rows is wrong"
            : null;
        damage = new(reason ?? string.Empty);
        return reason is null ? new(result.Clone(), rows!, ReadProvenance(root)) : null;
    }

    private static void WriteIdentity(Utf8JsonWriter json, IReadOnlyList<KeyValuePair<string, string>> entries)
    {
        json.WriteString(FormatName, CellKey.Protocol);
        json.WriteString(KeyName, CellKey.Of(entries));
        json.WriteStartObject(ParametersName);
        foreach ((string name, string value) in entries)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
    }

    // No hash covers the provenance, and no number depends on it: where it makes no sense, it is left out.
    private static CellProvenance? ReadProvenance(JsonElement root) =>
        root.TryGetProperty(ProvenanceName, out JsonElement json) && json.ValueKind == JsonValueKind.Object
        && json.TryGetProperty(VersionName, out JsonElement version) && version.ValueKind == JsonValueKind.String
        && json.TryGetProperty(InstructionSetName, out JsonElement set) && set.ValueKind == JsonValueKind.String
        && json.TryGetProperty(ThreadsName, out JsonElement threads) && threads.TryGetInt32(out int count)
        && json.TryGetProperty(SecondsName, out JsonElement seconds) && seconds.TryGetDouble(out double time)
            ? new(version.GetString()!, set.GetString()!, count, time)
            : null;

    private static void WriteProvenance(Utf8JsonWriter json, CellProvenance provenance)
    {
        json.WriteStartObject(ProvenanceName);
        json.WriteString(VersionName, provenance.Version);
        json.WriteString(InstructionSetName, provenance.InstructionSet);
        json.WriteNumber(ThreadsName, provenance.Threads);
        json.WriteNumber(SecondsName, provenance.Seconds);
        json.WriteEndObject();
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
