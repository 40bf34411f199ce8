using System.Text;
using OneStep.Formats;

namespace OneStep.Studies;

/// <summary>The rows beside a cell's numbers: one an attacked image, or a network, or what else its experiment counts.</summary>
/// <param name="Columns">The names of the columns.</param>
/// <param name="Rows">Numbers and plain words, without a comma; empty where there is no number.</param>
public sealed record CellRows(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    private static readonly System.Buffers.SearchValues<char> Special = System.Buffers.SearchValues.Create(",\"\r\n");

    /// <summary>The file: a line of names, then the rows.</summary>
    /// <exception cref="InvalidOperationException">A row has not as many fields as there are columns, or a field is no plain word.</exception>
    internal byte[] Format()
    {
        var text = new StringBuilder();
        CsvText.AppendLine(text, Columns);
        foreach (IReadOnlyList<string> row in Rows)
        {
            if (row.Count != Columns.Count || row.Any(field => field.AsSpan().ContainsAny(Special)))
            {
                throw new InvalidOperationException($"A row must have {Columns.Count} fields without commas, but one is '{string.Join("', '", row)}'.");
            }

            CsvText.AppendLine(text, row);
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>Reads the file back: a comma always separates two fields.</summary>
    internal static CellRows Parse(byte[] file)
    {
        string[] lines = Encoding.UTF8.GetString(file).Split('\n');
        string[] columns = lines[0].Length == 0 ? [] : lines[0].Split(',');

        // The last line ends with a line feed as well, and nothing follows.
        return new(columns, [.. lines[1..^1].Select(line => line.Split(','))]);
    }
}
