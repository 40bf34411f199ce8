using System.IO.Compression;
using OneStep.Formats;

namespace OneStep.Tests.Formats;

public sealed class IdxReaderTests
{
    private const string Name = "some-idx3-ubyte";

    // Two images of 1 x 3 pixels.
    private static readonly byte[] TwoImages = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 10, 20, 30, 40, 50, 255];

    [Fact]
    public void A_plain_file_gives_its_dimensions_and_bytes()
    {
        IdxArray array = Read(TwoImages);
        Assert.Equal([2, 1, 3], array.Dimensions);
        Assert.Equal([10, 20, 30, 40, 50, 255], array.Data);
    }

    [Fact]
    public void Header_and_data_are_the_uncompressed_file()
    {
        IdxArray array = Read(Gzip(TwoImages));
        byte[] file = [.. array.Header(), .. array.Data];
        Assert.Equal(TwoImages, file);
    }

    [Fact]
    public void Gzip_is_told_by_the_content_and_not_by_the_name()
    {
        using var folder = new TemporaryFolder();
        string zipped = folder.Put("images-without-suffix", Gzip(TwoImages));
        string plain = folder.Put("images.gz", TwoImages);
        Assert.Equal(IdxReader.Read(zipped, 3).Data, IdxReader.Read(plain, 3).Data);
    }

    [Fact]
    public void Streams_that_give_a_byte_at_a_time_and_cannot_seek_are_read()
    {
        using var stream = new Trickle(Gzip(TwoImages));
        Assert.Equal([10, 20, 30, 40, 50, 255], IdxReader.Read(stream, Name, 3).Data);
    }

    [Fact]
    public void Arrays_beyond_the_first_block_are_read_whole()
    {
        byte[] labels = [.. Enumerable.Range(0, 3_000_000).Select(i => (byte)(i % 251))];
        byte[] file = [.. new IdxArray([labels.Length], []).Header(), .. labels];
        Assert.Equal(labels, Read(file, rank: 1).Data);
    }

    [Fact]
    public void Another_rank_is_refused() =>
        Sentences.AssertFails(() => Read(TwoImages, rank: 1), Name, "0x00000803", "0x00000801", "1 dimension:");

    [Fact]
    public void Another_magic_number_is_refused() => Sentences.AssertFails(() => Read([0x50, 0x4b, 3, 4, 0, 0]), Name, "0x504b0304");

    [Fact]
    public void Every_truncation_is_refused()
    {
        for (int length = 0; length < TwoImages.Length; length++)
        {
            Sentences.AssertFails(() => Read(TwoImages[..length]), Name, "truncated");
        }
    }

    [Fact]
    public void A_byte_too_many_is_refused() => Sentences.AssertFails(() => Read([.. TwoImages, 0]), Name, "too long");

    [Fact]
    public void An_empty_dimension_is_refused() => Sentences.AssertFails(() => Read([0, 0, 8, 1, 0, 0, 0, 0], rank: 1), Name, "dimension of 0");

    [Fact]
    public void Dimensions_that_overflow_are_refused() =>
        Sentences.AssertFails(() => Read([0, 0, 8, 3, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255]), Name, "4294967295");

    [Fact]
    public void A_header_that_promises_a_gibibyte_takes_no_gibibyte()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        Sentences.AssertFails(() => Read([0, 0, 8, 1, 0x40, 0, 0, 0, 1, 2, 3], rank: 1), Name, "truncated", "1073741824", "holds 3");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16 << 20);
    }

    [Fact]
    public void Every_truncated_gzip_is_refused()
    {
        byte[] zipped = Gzip(TwoImages);
        for (int length = 2; length < zipped.Length; length++)
        {
            Sentences.AssertFails(() => Read(zipped[..length]), Name);
        }
    }

    [Fact]
    public void A_gzip_with_a_wrong_checksum_is_refused()
    {
        byte[] zipped = Gzip(TwoImages);
        zipped[^8] ^= 1;
        Sentences.AssertFails(() => Read(zipped), Name, "damaged gzip");
    }

    [Fact]
    public void A_missing_file_is_named() =>
        Sentences.AssertFails(() => IdxReader.Read("nowhere-idx3-ubyte", 3), "'nowhere-idx3-ubyte'", "does not exist");

    [Fact]
    public void A_folder_is_no_file()
    {
        using var folder = new TemporaryFolder();
        Sentences.AssertFails(() => IdxReader.Read(folder.FullName, 3), folder.FullName, "access is denied");
    }

    [Fact]
    public void A_nameless_file_is_refused() => Sentences.AssertFails(() => IdxReader.Read("", 3), "empty");

    private static IdxArray Read(byte[] content, int rank = 3)
    {
        using var stream = new MemoryStream(content);
        return IdxReader.Read(stream, Name, rank);
    }

    private static byte[] Gzip(byte[] content)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Optimal))
        {
            gzip.Write(content);
        }

        return bytes.ToArray();
    }

    private sealed class Trickle(byte[] content) : MemoryStream(content)
    {
        public override bool CanSeek => false;

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(1, buffer.Length)]);

        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(1, count));
    }
}
