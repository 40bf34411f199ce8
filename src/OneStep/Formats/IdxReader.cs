using System.Buffers.Binary;
using System.IO.Compression;

namespace OneStep.Formats;

/// <summary>
/// Reads IDX files of unsigned bytes, the format of MNIST: a big-endian magic number 0x000008 and the number of
/// dimensions, one 32-bit size a dimension, then the elements. Plain or gzip, told apart by the content.
/// </summary>
public static class IdxReader
{
    /// <summary>The most elements a file may hold, 2³⁰.</summary>
    public const long MaximumElements = 1L << 30;

    private const int FirstBlock = 1 << 20;

    private static readonly byte[] GzipMagic = [0x1f, 0x8b];

    // GZipStream takes a file that ends too early for a complete one and ignores what follows a complete one. Some bytes
    // behind the end, read as the missing rest, make the checksum fail.
    private static readonly byte[] AfterGzip = [.. Enumerable.Repeat((byte)0xa5, 64)];

    /// <summary>Reads the file at <paramref name="path"/>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="rank">How many dimensions it must have: 3 for images, 1 for labels.</param>
    /// <exception cref="OneStepException">The file cannot be read or is not such a file; the message names it.</exception>
    public static IdxArray Read(string path, int rank)
    {
        using FileStream stream = FileFailure.OpenRead(path);
        return Read(stream, path, rank);
    }

    /// <summary>Reads <paramref name="stream"/> to its end.</summary>
    /// <param name="stream">The content, plain or gzip.</param>
    /// <param name="name">What errors call it.</param>
    /// <param name="rank">How many dimensions it must have, 1 to 255.</param>
    /// <exception cref="OneStepException">The content cannot be read or is not such a file; the message names it.</exception>
    public static IdxArray Read(Stream stream, string name, int rank)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentOutOfRangeException.ThrowIfNotEqual(rank, Math.Clamp(rank, 1, 255));
        try
        {
            byte[] start = new byte[2];
            start = start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
            if (!start.AsSpan().SequenceEqual(GzipMagic))
            {
                using var plain = new SplicedStream(start, stream, []);
                return ReadPlain(plain, name, rank);
            }

            using var zipped = new SplicedStream(start, stream, AfterGzip);
            using var unzipped = new GZipStream(zipped, CompressionMode.Decompress);
            return ReadPlain(unzipped, name, rank);
        }
        catch (InvalidDataException exception)
        {
            throw new OneStepException($"'{name}' is a damaged gzip file.", exception);
        }
        catch (Exception exception) when (FileFailure.IsFileFailure(exception))
        {
            throw FileFailure.CannotRead(name, exception);
        }
    }

    /// <summary>The magic number of a file of unsigned bytes with so many dimensions.</summary>
    internal static uint Magic(int rank) => 0x0800u + (uint)rank;

    private static IdxArray ReadPlain(Stream stream, string name, int rank)
    {
        Span<byte> word = stackalloc byte[4];
        uint magic = ReadWord(stream, word, name);
        if (magic != Magic(rank))
        {
            throw new OneStepException(
                $"'{name}' is not an IDX file of unsigned bytes with {rank} dimension{(rank == 1 ? "" : "s")}: "
                + $"it begins with 0x{magic:x8} instead of 0x{Magic(rank):x8}.");
        }

        int[] dimensions = new int[rank];
        long elements = 1;
        for (int i = 0; i < rank; i++)
        {
            uint size = ReadWord(stream, word, name);

            // Checked one by one, so that the product of two sizes that passed never overflows.
            elements *= size;
            if (elements is 0 or > MaximumElements)
            {
                throw new OneStepException(
                    $"'{name}' states a dimension of {size}, which leaves it with no elements or with more than {MaximumElements}.");
            }

            dimensions[i] = (int)size;
        }

        return new IdxArray(dimensions, ReadElements(stream, (int)elements, name));
    }

    private static uint ReadWord(Stream stream, Span<byte> word, string name) =>
        stream.ReadAtLeast(word, 4, throwOnEndOfStream: false) == 4
            ? BinaryPrimitives.ReadUInt32BigEndian(word)
            : throw new OneStepException($"'{name}' is truncated: it ends within its header.");

    private static byte[] ReadElements(Stream stream, int elements, string name)
    {
        // The header may lie, so memory grows with what is really there.
        byte[] data = new byte[Math.Min(elements, FirstBlock)];
        int filled = 0;
        while (true)
        {
            filled += stream.ReadAtLeast(data.AsSpan(filled), data.Length - filled, throwOnEndOfStream: false);
            if (filled < data.Length)
            {
                throw new OneStepException($"'{name}' is truncated: its header promises {elements} elements, but it holds {filled}.");
            }

            if (filled == elements)
            {
                break;
            }

            Array.Resize(ref data, (int)Math.Min(elements, 2L * data.Length));
        }

        // Reading on to the end also makes gzip compare its checksum.
        return stream.ReadByte() < 0
            ? data
            : throw new OneStepException($"'{name}' is too long: its header promises {elements} elements, but more bytes follow.");
    }
}
