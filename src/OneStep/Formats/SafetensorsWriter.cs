using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace OneStep.Formats;

/// <summary>A tensor to be written: what it is, and where its elements come from.</summary>
/// <param name="Info">Name, type and shape.</param>
/// <param name="Write">Hands the elements to the sink in as many pieces as it likes, the last dimension fastest.</param>
public sealed record TensorSource(TensorInfo Info, Action<TensorSink> Write);

/// <summary>
/// Writes safetensors files: the length of the header in 8 bytes, little-endian; the header, one JSON object; the
/// elements. The bytes depend on nothing but the arguments: keys stand in the order given, and spaces pad the header so
/// that the elements begin at a multiple of 8. Tensors are streamed, so one need never be in memory as a whole.
/// </summary>
public static class SafetensorsWriter
{
    private const int Alignment = 8;

    // '+' in "0+2,1+3" and letters beyond ASCII stay readable; the file is never pasted into HTML.
    private static readonly JsonWriterOptions HeaderOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a file.</summary>
    /// <param name="stream">Receives the bytes.</param>
    /// <param name="metadata">What <c>__metadata__</c> holds, in this order.</param>
    /// <param name="tensors">The tensors, in this order; names are distinct.</param>
    /// <exception cref="ArgumentException">Two tensors or two entries of the metadata have the same name.</exception>
    /// <exception cref="InvalidOperationException">A source wrote another number or type of elements than it announced.</exception>
    public static void Write(
        Stream stream, IReadOnlyList<KeyValuePair<string, string>> metadata, IReadOnlyList<TensorSource> tensors)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(metadata);
        ArgumentNullException.ThrowIfNull(tensors);
        RequireDistinct(metadata.Select(entry => entry.Key), nameof(metadata));
        RequireDistinct(tensors.Select(tensor => tensor.Info.Name).Append(SafetensorsHeader.MetadataKey), nameof(tensors));

        byte[] header = Header(metadata, tensors);
        int padding = (Alignment - (header.Length % Alignment)) % Alignment;
        Span<byte> length = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length + padding);
        stream.Write(length);
        stream.Write(header);
        stream.Write("        "u8[..padding]);
        foreach (TensorSource tensor in tensors)
        {
            var sink = new TensorSink(stream, tensor.Info);
            tensor.Write(sink);
            sink.RequireComplete();
        }
    }

    private static byte[] Header(IReadOnlyList<KeyValuePair<string, string>> metadata, IReadOnlyList<TensorSource> tensors)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, HeaderOptions))
        {
            json.WriteStartObject();
            json.WriteStartObject(SafetensorsHeader.MetadataKey);
            foreach ((string key, string value) in metadata)
            {
                json.WriteString(key, value);
            }

            json.WriteEndObject();
            long offset = 0;
            foreach (TensorInfo tensor in tensors.Select(source => source.Info))
            {
                long end = checked(offset + (tensor.ElementCount * TensorInfo.ElementSize));
                WriteTensor(json, tensor, offset, end);
                offset = end;
            }

            json.WriteEndObject();
        }

        return bytes.ToArray();
    }

    private static void WriteTensor(Utf8JsonWriter json, TensorInfo tensor, long begin, long end)
    {
        json.WriteStartObject(tensor.Name);
        json.WriteString(SafetensorsHeader.TypeKey, tensor.Type.ToString());
        json.WriteStartArray(SafetensorsHeader.ShapeKey);
        foreach (long size in tensor.Shape)
        {
            json.WriteNumberValue(size);
        }

        json.WriteEndArray();
        json.WriteStartArray(SafetensorsHeader.OffsetsKey);
        json.WriteNumberValue(begin);
        json.WriteNumberValue(end);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void RequireDistinct(IEnumerable<string> names, string parameter)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        string? twice = names.FirstOrDefault(name => !seen.Add(name));
        if (twice is not null)
        {
            throw new ArgumentException($"The name '{twice}' stands twice in the file.", parameter);
        }
    }
}
