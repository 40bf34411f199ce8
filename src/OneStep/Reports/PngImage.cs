using System.Buffers.Binary;
using System.IO.Compression;

namespace OneStep.Reports;

/// <summary>
/// A small image, written as PNG: 8 bits a channel, grey or RGB, every row filtered with "none" (pictures of a few hundred
/// pixels gain nothing from better filters).
/// </summary>
public sealed class PngImage
{
    private const byte GreyColorType = 0;
    private const byte RgbColorType = 2;

    private static readonly uint[] CrcTable = MakeCrcTable();

    private readonly int _width;
    private readonly int _height;
    private readonly int _channels;
    private readonly byte[] _samples;

    private PngImage(int width, int height, int channels, byte[] samples)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (samples.LongLength != (long)width * height * channels)
        {
            throw new ArgumentException($"A {width} x {height} image needs {(long)width * height * channels} samples, not {samples.LongLength}.", nameof(samples));
        }

        _width = width;
        _height = height;
        _channels = channels;
        _samples = samples;
    }

    /// <summary>Makes a grey image.</summary>
    /// <param name="width">Pixels a row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="samples">One byte a pixel, row after row: 0 black, 255 white.</param>
    public static PngImage Grey(int width, int height, byte[] samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        return new(width, height, 1, samples);
    }

    /// <summary>Makes a colour image.</summary>
    /// <param name="width">Pixels a row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="samples">Three bytes a pixel, red, green, blue, row after row.</param>
    public static PngImage Rgb(int width, int height, byte[] samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        return new(width, height, 3, samples);
    }

    /// <summary>The image as a PNG file.</summary>
    public byte[] Encode()
    {
        using var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a]);
        WriteChunk(file, "IHDR"u8, Header());
        WriteChunk(file, "IDAT"u8, CompressedRows());
        WriteChunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    /// <summary>The PNG file as a <c>data:</c> URI.</summary>
    public string ToDataUri() => "data:image/png;base64," + Convert.ToBase64String(Encode());

    private byte[] Header()
    {
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, _width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), _height);
        header[8] = 8;
        header[9] = _channels == 1 ? GreyColorType : RgbColorType;
        return header;
    }

    private byte[] CompressedRows()
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            int stride = _width * _channels;
            for (int row = 0; row < _height; row++)
            {
                zlib.WriteByte(0);
                zlib.Write(_samples, row * stride, stride);
            }
        }

        return compressed.ToArray();
    }

    private static void WriteChunk(MemoryStream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(type);
        file.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Crc(data, Crc(type, uint.MaxValue)));
        file.Write(number);
    }

    private static uint Crc(ReadOnlySpan<byte> data, uint crc)
    {
        foreach (byte value in data)
        {
            crc = CrcTable[(byte)(crc ^ value)] ^ (crc >> 8);
        }

        return crc;
    }

    private static uint[] MakeCrcTable()
    {
        uint[] table = new uint[256];
        for (uint value = 0; value < 256; value++)
        {
            uint crc = value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? 0xedb88320 ^ (crc >> 1) : crc >> 1;
            }

            table[value] = crc;
        }

        return table;
    }
}
