using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using OneStep.Formats;

namespace OneStep.Studies;

/// <summary>Writes the rows of a <see cref="StudyTable"/>, of which the first names the columns.</summary>
public static class TableWriter
{
    private const int BufferSize = 1 << 16;

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>As comma-separated values: RFC 4180 with line feeds, UTF-8 without a mark.</summary>
    public static void WriteCsv(Stream stream, IEnumerable<IReadOnlyList<string>> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), BufferSize, leaveOpen: true);
        var line = new StringBuilder();
        foreach (IReadOnlyList<string> row in rows)
        {
            CsvText.AppendLine(line.Clear(), row);
            writer.Write(line);
        }
    }

    /// <summary>As a JSON array of one object a row; an empty field is null.</summary>
    public static void WriteJson(Stream stream, IEnumerable<IReadOnlyList<string>> rows)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(rows);
        using var json = new Utf8JsonWriter(stream, Plain);
        json.WriteStartArray();
        IReadOnlyList<string>? columns = null;
        foreach (IReadOnlyList<string> row in rows)
        {
            if (columns is null)
            {
                columns = row;
                continue;
            }

            json.WriteStartObject();
            for (int i = 0; i < row.Count; i++)
            {
                WriteValue(json, columns[i], row[i]);
            }

            json.WriteEndObject();

            // The writer keeps what is not flushed in memory, and tables may be larger than that.
            if (json.BytesPending > BufferSize)
            {
                json.Flush();
            }
        }

        json.WriteEndArray();
        json.Flush();
        stream.WriteByte((byte)'\n');
    }

    private static void WriteValue(Utf8JsonWriter json, string column, string text)
    {
        json.WritePropertyName(column);
        if (text.Length == 0)
        {
            json.WriteNullValue();
        }
        else if (text is "true" or "false")
        {
            json.WriteBooleanValue(text == "true");
        }
        else if (column != StudyTable.KeyColumn && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number))
        {
            // As it stands: a seed has more digits than a double.
            json.WriteRawValue(text);
        }
        else
        {
            json.WriteStringValue(text);
        }
    }
}
