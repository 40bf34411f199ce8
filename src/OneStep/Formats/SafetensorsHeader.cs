using System.Text.Json;

namespace OneStep.Formats;

/// <summary>
/// The header of a safetensors file, checked: every tensor has a known type, a shape that fits its bytes, and a place of
/// its own in the file, and together the tensors fill the file without a hole.
/// </summary>
/// <param name="Metadata">The strings of <c>__metadata__</c>.</param>
/// <param name="Tensors">The tensors in the order of their bytes, with the offset of the first, from the header's end.</param>
internal sealed record SafetensorsHeader(
    IReadOnlyDictionary<string, string> Metadata, IReadOnlyList<(TensorInfo Info, long Offset)> Tensors)
{
    public const string MetadataKey = "__metadata__";
    public const string TypeKey = "dtype";
    public const string ShapeKey = "shape";
    public const string OffsetsKey = "data_offsets";

    private const int LongestNameShown = 60;

    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false };

    /// <summary>Reads a header.</summary>
    /// <param name="json">The header's bytes, without its length.</param>
    /// <param name="dataLength">How many bytes follow the header in the file.</param>
    /// <param name="file">What errors call the file.</param>
    /// <exception cref="OneStepException">The header lies or is malformed; the message names the file.</exception>
    public static SafetensorsHeader Parse(ReadOnlyMemory<byte> json, long dataLength, string file)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Options);
            return Parse(document.RootElement, dataLength, file);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a string that is no text, such as half a surrogate pair.
            throw new OneStepException($"'{file}' is not a safetensors file: its header is not valid JSON.", exception);
        }
    }

    private static SafetensorsHeader Parse(JsonElement root, long dataLength, string file)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new OneStepException($"'{file}' is not a safetensors file: its header is not a JSON object.");
        }

        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        var tensors = new List<(TensorInfo Info, long Offset)>();
        foreach (JsonProperty property in root.EnumerateObject())
        {
            if (property.NameEquals(MetadataKey))
            {
                ReadMetadata(property.Value, metadata, file);
            }
            else
            {
                tensors.Add(ReadTensor(property.Name, property.Value, file));
            }
        }

        // Empty tensors share the offset of what follows them, so they come first among equals.
        tensors = [.. tensors.OrderBy(tensor => tensor.Offset).ThenBy(tensor => tensor.Info.ElementCount)];
        RequireGapless(tensors, dataLength, file);
        return new(metadata, tensors);
    }

    private static void ReadMetadata(JsonElement value, Dictionary<string, string> metadata, string file)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            throw new OneStepException($"'{file}' has a {MetadataKey} that is not a JSON object.");
        }

        foreach (JsonProperty entry in value.EnumerateObject())
        {
            metadata[entry.Name] = entry.Value.ValueKind == JsonValueKind.String
                ? entry.Value.GetString()!
                : throw new OneStepException($"'{file}' has a {MetadataKey} entry '{Shown(entry.Name)}' that is not a string.");
        }
    }

    private static (TensorInfo Info, long Offset) ReadTensor(string name, JsonElement value, string file)
    {
        string what = $"'{file}' has a tensor '{Shown(name)}'";
        if (value.ValueKind != JsonValueKind.Object
            || value.EnumerateObject().Count() != 3
            || !value.TryGetProperty(TypeKey, out JsonElement type)
            || !value.TryGetProperty(ShapeKey, out JsonElement shape)
            || !value.TryGetProperty(OffsetsKey, out JsonElement offsets))
        {
            throw new OneStepException($"{what} that is not described by {TypeKey}, {ShapeKey} and {OffsetsKey} alone.");
        }

        TensorType elementType = (type.ValueKind == JsonValueKind.String ? type.GetString() : null) switch
        {
            "F32" => TensorType.F32,
            "I32" => TensorType.I32,
            _ => throw new OneStepException($"{what} of {TypeKey} {Shown(type.GetRawText())}, but only \"F32\" and \"I32\" can be read."),
        };
        long[] sizes = ReadSizes(shape) ?? throw new OneStepException($"{what} whose {ShapeKey} is not a list of whole numbers from 0 on.");
        long[]? range = ReadSizes(offsets);
        if (range is not [long begin, long end] || begin > end)
        {
            throw new OneStepException($"{what} whose {OffsetsKey} are not a beginning and an end.");
        }

        var info = new TensorInfo(name, elementType, sizes);
        return (UInt128)(end - begin) == ByteCount(sizes)
            ? (info, begin)
            : throw new OneStepException(
                $"{what} whose {ShapeKey} {Shown(info.ShapeText)} does not fit the {end - begin} bytes of its {OffsetsKey}.");
    }

    private static long[]? ReadSizes(JsonElement list)
    {
        if (list.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        long[] sizes = new long[list.GetArrayLength()];
        for (int i = 0; i < sizes.Length; i++)
        {
            if (list[i].ValueKind != JsonValueKind.Number || !list[i].TryGetInt64(out sizes[i]) || sizes[i] < 0)
            {
                return null;
            }
        }

        return sizes;
    }

    /// <summary>The bytes of a shape, or at least 2⁶³ where they are that many: a size no file has.</summary>
    private static UInt128 ByteCount(long[] shape)
    {
        UInt128 bytes = TensorInfo.ElementSize;
        foreach (long size in shape)
        {
            if (size == 0)
            {
                return 0;
            }

            bytes = UInt128.Min(bytes * (ulong)size, (UInt128)1 << 63);
        }

        return bytes;
    }

    private static void RequireGapless(List<(TensorInfo Info, long Offset)> tensors, long dataLength, string file)
    {
        long end = 0;
        foreach ((TensorInfo info, long offset) in tensors)
        {
            if (offset != end)
            {
                throw new OneStepException(
                    $"'{file}' has a tensor '{Shown(info.Name)}' that {(offset < end ? "overlaps" : "leaves a hole behind")} the one before it.");
            }

            end = offset + (info.ElementCount * TensorInfo.ElementSize);
        }

        if (end != dataLength)
        {
            throw new OneStepException(
                $"'{file}' {(end > dataLength ? "is truncated" : "is too long")}: "
                + $"its header describes {end} bytes of tensors, but {dataLength} follow it.");
        }
    }

    /// <summary>Text from the file, made fit for one line of an error.</summary>
    private static string Shown(string text)
    {
        string line = string.Concat(text.Select(c => char.IsControl(c) ? '?' : c));
        return line.Length <= LongestNameShown ? line : line[..LongestNameShown] + "…";
    }
}
