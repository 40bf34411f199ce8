using System.Buffers.Binary;
using System.Text;
using OneStep.Formats;

namespace OneStep.Tests.Formats;

public sealed class SafetensorsTests
{
    private const string Name = "file.safetensors";

    [Fact]
    public void The_bytes_are_those_of_the_format()
    {
        byte[] file = Write(
            [new("digits", "0+2,1+3")],
            Floats("v", [2], [1f, -2f]),
            Ints("k", [1], [7]));
        string json = """{"__metadata__":{"digits":"0+2,1+3"},"v":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"k":{"dtype":"I32","shape":[1],"data_offsets":[8,12]}}""";
        string padded = json.PadRight((json.Length + 7) / 8 * 8);
        byte[] expected =
        [
            (byte)padded.Length, 0, 0, 0, 0, 0, 0, 0, .. Encoding.UTF8.GetBytes(padded),
            0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0, 7, 0, 0, 0,
        ];
        Assert.Equal(expected, file);
    }

    [Fact]
    public void Elements_begin_at_a_multiple_of_eight_whatever_the_header_is_long()
    {
        for (int length = 0; length < 20; length++)
        {
            byte[] file = Write([new("key", new string('v', length))], Floats("v", [1], [1f]));
            Assert.Equal(0, BinaryPrimitives.ReadInt64LittleEndian(file) % 8);
            Assert.Equal([1f], Open(file).ReadAll<float>("v"));
        }
    }

    [Fact]
    public void What_is_written_is_read()
    {
        float[] values = [1.5f, -0f, float.Epsilon, float.MaxValue, float.NaN, float.NegativeInfinity];
        using SafetensorsReader reader = Open(Write(
            [new("é \"\\\n", "ü\t€")],
            Floats("scalar", [], [3f]),
            Floats("empty", [0, 5], []),
            Floats("matrix", [3, 2], values),
            Ints("numbers", [2, 1], [int.MinValue, int.MaxValue])));

        Assert.Equal("ü\t€", Assert.Single(reader.Metadata).Value);
        Assert.Equal(["scalar", "empty", "matrix", "numbers"], reader.Tensors.Select(tensor => tensor.Name));
        Assert.Equal([3f], reader.ReadAll<float>("scalar"));
        Assert.Empty(reader.ReadAll<float>("empty"));
        Assert.Equal(values.Select(BitConverter.SingleToInt32Bits), reader.ReadAll<float>("matrix").Select(BitConverter.SingleToInt32Bits));
        Assert.Equal([int.MinValue, int.MaxValue], reader.ReadAll<int>("numbers"));
        Assert.Equal("[3, 2]", reader.Find("matrix")!.ShapeText);
        Assert.Null(reader.Find("missing"));
    }

    [Fact]
    public void Rows_come_one_by_one_in_any_order_of_tensors()
    {
        using SafetensorsReader reader = Open(Write([], Floats("a", [2, 1, 2], [1, 2, 3, 4]), Ints("b", [2], [5, 6]), Floats("c", [0, 2], []), Floats("s", [], [8])));
        Assert.Equal(["0: 5", "1: 6"], Rows<int>(reader, "b"));
        Assert.Equal(["0: 1 2", "1: 3 4"], Rows<float>(reader, "a"));
        Assert.Empty(Rows<float>(reader, "c"));
        Assert.Equal(["0: 8"], Rows<float>(reader, "s"));
    }

    [Fact]
    public void A_source_may_write_in_pieces()
    {
        byte[] whole = Write([], Floats("v", [4], [1, 2, 3, 4]));
        var pieces = new TensorSource(new("v", TensorType.F32, [4]), sink =>
        {
            sink.Write([1f]);
            sink.Write(ReadOnlySpan<float>.Empty);
            sink.Write([2f, 3f, 4f]);
        });
        Assert.Equal(whole, Write([], pieces));
    }

    [Fact]
    public void A_tensor_of_many_blocks_survives()
    {
        int[] numbers = [.. Enumerable.Range(0, (5 << 19) + 3)];
        Assert.Equal(numbers, Open(Write([], Ints("k", [numbers.Length], numbers))).ReadAll<int>("k"));
    }

    [Fact]
    public void A_source_that_writes_too_little_too_much_or_another_type_is_a_mistake()
    {
        Assert.Throws<InvalidOperationException>(() => Write([], Floats("v", [3], [1, 2])));
        Assert.Throws<InvalidOperationException>(() => Write([], Floats("v", [1], [1, 2])));
        Assert.Throws<InvalidOperationException>(() => Write([], new TensorSource(new("v", TensorType.I32, [1]), sink => sink.Write([1f]))));
    }

    [Fact]
    public void A_name_that_stands_twice_is_a_mistake()
    {
        Assert.Throws<ArgumentException>(() => Write([], Floats("v", [0], []), Floats("v", [0], [])));
        Assert.Throws<ArgumentException>(() => Write([], Floats("__metadata__", [0], [])));
        Assert.Throws<ArgumentException>(() => Write([new("k", "1"), new("k", "2")]));
    }

    [Fact]
    public void Unordered_tensors_and_missing_metadata_are_read()
    {
        using SafetensorsReader reader = Open(File(
            """{"b":{"dtype":"I32","shape":[1],"data_offsets":[4,8]},"a":{"dtype":"I32","shape":[],"data_offsets":[0,4]}}   """, 8));
        Assert.Equal(["a", "b"], reader.Tensors.Select(tensor => tensor.Name));
        Assert.Empty(reader.Metadata);
    }

    [Fact]
    public void Asking_for_what_is_not_there_is_one_sentence()
    {
        using SafetensorsReader reader = Open(Write([], Floats("v", [1], [1f])));
        Sentences.AssertFails(() => reader.ReadAll<float>("w"), Name, "'w'");
        Sentences.AssertFails(() => reader.ReadAll<int>("v"), Name, "'v'", "F32", "I32");
        Assert.Throws<ArgumentException>(() => reader.ReadAll<double>("v"));
    }

    [Fact]
    public void A_missing_file_is_named() =>
        Sentences.AssertFails(() => SafetensorsReader.Open("nowhere.safetensors"), "nowhere.safetensors", "does not exist");

    [Fact]
    public void A_file_that_shrinks_while_it_is_read_is_one_sentence()
    {
        using var stream = new MemoryStream();
        stream.Write(Write([], Floats("v", [4], [1, 2, 3, 4])));
        stream.Position = 0;
        using var reader = new SafetensorsReader(stream, Name);
        stream.SetLength(stream.Length - 4);
        Sentences.AssertFails(() => reader.ReadAll<float>("v"), Name, "shorter");
    }

    internal static byte[] File(string header, int dataLength)
    {
        byte[] json = Encoding.UTF8.GetBytes(header);
        byte[] file = new byte[8 + json.Length + dataLength];
        BinaryPrimitives.WriteInt64LittleEndian(file, json.Length);
        json.CopyTo(file, 8);
        return file;
    }

    internal static SafetensorsReader Open(byte[] file) => new(new MemoryStream(file), Name);

    internal static TensorSource Floats(string name, long[] shape, float[] values) =>
        new(new(name, TensorType.F32, shape), sink => sink.Write(values));

    internal static byte[] Write(IReadOnlyList<KeyValuePair<string, string>> metadata, params TensorSource[] tensors)
    {
        using var stream = new MemoryStream();
        SafetensorsWriter.Write(stream, metadata, tensors);
        return stream.ToArray();
    }

    private static TensorSource Ints(string name, long[] shape, int[] values) =>
        new(new(name, TensorType.I32, shape), sink => sink.Write(values));

    private static List<string> Rows<T>(SafetensorsReader reader, string tensor)
        where T : unmanaged
    {
        var rows = new List<string>();
        reader.ReadRows<T>(tensor, (row, elements) => rows.Add($"{row}: {string.Join(' ', elements.ToArray())}"));
        return rows;
    }
}
