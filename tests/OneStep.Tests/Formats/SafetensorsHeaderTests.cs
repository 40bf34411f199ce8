using System.Buffers.Binary;
using FsCheck;
using FsCheck.Fluent;
using OneStep.Formats;

namespace OneStep.Tests.Formats;

public sealed class SafetensorsHeaderTests
{
    private const string Name = "file.safetensors";

    [Theory]
    [InlineData("", "JSON")]
    [InlineData("{", "JSON")]
    [InlineData("{} {}", "JSON")]
    [InlineData("[]", "JSON object")]
    [InlineData("null", "JSON object")]
    [InlineData("""{"v":1,"v":1}""", "JSON")]
    [InlineData("""{"\ud800":1}""", "JSON")]
    [InlineData("""{"__metadata__":{"k":"\udc00"}}""", "JSON")]
    [InlineData("""{"__metadata__":[]}""", "__metadata__")]
    [InlineData("""{"__metadata__":{"k":1}}""", "'k'")]
    [InlineData("""{"v":[]}""", "'v'")]
    [InlineData("""{"v":{"dtype":"F32","shape":[2]}}""", "data_offsets")]
    [InlineData("""{"v":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"more":1}}""", "alone")]
    [InlineData("""{"v":{"dtype":"F16","shape":[4],"data_offsets":[0,8]}}""", "F16")]
    [InlineData("""{"v":{"dtype":32,"shape":[2],"data_offsets":[0,8]}}""", "32")]
    [InlineData("""{"v":{"dtype":"F32","shape":2,"data_offsets":[0,8]}}""", "shape")]
    [InlineData("""{"v":{"dtype":"F32","shape":[2.5],"data_offsets":[0,8]}}""", "shape")]
    [InlineData("""{"v":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", "shape")]
    [InlineData("""{"v":{"dtype":"F32","shape":["2"],"data_offsets":[0,8]}}""", "shape")]
    [InlineData("""{"v":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,8]}}""", "shape")]
    [InlineData("""{"v":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", "[3]")]
    [InlineData("""{"v":{"dtype":"F32","shape":[4294967296,4294967296,1073741824],"data_offsets":[0,8]}}""", "4294967296")]
    [InlineData("""{"v":{"dtype":"F32","shape":[2],"data_offsets":[0]}}""", "beginning")]
    [InlineData("""{"v":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", "beginning")]
    [InlineData("""{"v":{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}}""", "beginning")]
    [InlineData("""{"v":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", "too long")]
    [InlineData("""{"v":{"dtype":"F32","shape":[3],"data_offsets":[0,12]}}""", "truncated")]
    [InlineData("""{"v":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "hole")]
    [InlineData("""{"v":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"w":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "overlaps")]
    [InlineData("""{"v":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"w":{"dtype":"F32","shape":[0],"data_offsets":[4,4]}}""", "overlaps")]
    [InlineData("""{"v":{"dtype":"F32","shape":[2305843009213693951],"data_offsets":[0,9223372036854775804]}}""", "truncated")]
    public void A_header_that_lies_or_is_malformed_is_one_sentence(string header, string named) =>
        Sentences.AssertFails(() => SafetensorsTests.Open(SafetensorsTests.File(header, 8)), Name, named);

    [Fact]
    public void An_empty_tensor_of_overflowing_shape_is_empty()
    {
        using SafetensorsReader reader = SafetensorsTests.Open(SafetensorsTests.File(
            """{"v":{"dtype":"F32","shape":[9223372036854775807,9223372036854775807,0],"data_offsets":[0,0]}}""", 0));
        Assert.Empty(reader.ReadAll<float>("v"));
    }

    [Theory]
    [InlineData(0ul)]
    [InlineData(9ul)]
    [InlineData(100_000_001ul)]
    [InlineData(1ul << 63)]
    [InlineData(ulong.MaxValue)]
    public void A_header_length_beyond_the_file_is_one_sentence(ulong length)
    {
        byte[] file = new byte[16];
        BinaryPrimitives.WriteUInt64LittleEndian(file, length);
        Sentences.AssertFails(() => SafetensorsTests.Open(file), Name);
    }

    [Fact]
    public void A_file_of_less_than_eight_bytes_is_one_sentence()
    {
        for (int length = 0; length < 8; length++)
        {
            Sentences.AssertFails(() => SafetensorsTests.Open(new byte[length]), Name, "8 bytes");
        }
    }

    [Fact]
    public void Names_from_the_file_cannot_break_the_line()
    {
        string hostile = new('x', 100_000);
        OneStepException exception = Assert.Throws<OneStepException>(
            () => SafetensorsTests.Open(SafetensorsTests.File($$"""{"\n\u001b[31m{{hostile}}":[]}""", 0)));
        Sentences.AssertOneSentence(exception.Message);
        Assert.DoesNotContain(exception.Message, char.IsControl);
        Assert.InRange(exception.Message.Length, 1, 300);
    }

    [Fact]
    public void Every_truncation_is_one_sentence()
    {
        byte[] file = Sound();
        for (int length = 0; length < file.Length; length++)
        {
            Sentences.AssertFails(() => SafetensorsTests.Open(file[..length]), Name);
        }
    }

    [Fact]
    public void Any_damage_is_one_sentence_or_harmless()
    {
        byte[] sound = Sound();
        Gen<(int At, byte Value)> change = Gen.Choose(0, sound.Length - 17).SelectMany(at => Gen.Choose(0, 255).Select(value => (at, (byte)value)));
        Prop.ForAll(Gen.ListOf(change).ToArbitrary(), changes =>
        {
            byte[] file = [.. sound];
            foreach ((int at, byte value) in changes)
            {
                file[at] = value;
            }

            OpenOrFailInOneSentence(file);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000).WithReplay(1, 3));
    }

    [Fact]
    public void Any_digit_may_lie()
    {
        byte[] sound = Sound();
        int[] digits = [.. Enumerable.Range(8, sound.Length - 24).Where(i => char.IsAsciiDigit((char)sound[i]))];
        foreach (int at in digits)
        {
            foreach (char value in "0123456789-.e")
            {
                byte[] file = [.. sound];
                file[at] = (byte)value;
                OpenOrFailInOneSentence(file);
            }
        }
    }

    [Fact]
    public void Bytes_that_are_no_text_are_one_sentence()
    {
        byte[] file = SafetensorsTests.File("""{"__metadata__":{"k":"?"}}""", 0);
        file[Array.IndexOf(file, (byte)'?')] = 0xff;
        Sentences.AssertFails(() => SafetensorsTests.Open(file), Name);
    }

    private static byte[] Sound() =>
        SafetensorsTests.Write([new("k", "value")], SafetensorsTests.Floats("v", [2, 1], [1, 2]), SafetensorsTests.Floats("w", [2], [3, 4]));

    private static void OpenOrFailInOneSentence(byte[] file)
    {
        try
        {
            using SafetensorsReader reader = SafetensorsTests.Open(file);
            foreach (TensorInfo tensor in reader.Tensors.Where(tensor => tensor.Type == TensorType.F32))
            {
                Assert.Equal(tensor.ElementCount, reader.ReadAll<float>(tensor.Name).Length);
            }
        }
        catch (OneStepException exception)
        {
            // Random damage may put a full stop and a space into a name that the message quotes.
            Assert.EndsWith(".", exception.Message, StringComparison.Ordinal);
            Assert.Contains(Name, exception.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(exception.Message, char.IsControl);
        }
    }
}
