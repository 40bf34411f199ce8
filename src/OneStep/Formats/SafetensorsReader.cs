using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace OneStep.Formats;

/// <summary>Takes one row of a tensor.</summary>
/// <typeparam name="T">The element type, <see cref="float"/> or <see cref="int"/>.</typeparam>
/// <param name="row">The index of the row, from 0.</param>
/// <param name="elements">The row's elements, valid during the call.</param>
public delegate void TensorRowReader<T>(int row, ReadOnlySpan<T> elements);

/// <summary>
/// Reads safetensors files of F32 and I32. The header is checked as a whole on opening, before any memory is taken for
/// a tensor; tensors are streamed row by row.
/// </summary>
public sealed class SafetensorsReader : IDisposable
{
    // The limit of the reference implementation.
    private const long MaximumHeaderLength = 100_000_000;

    private readonly Stream _stream;
    private readonly long _dataStart;
    private readonly Dictionary<string, (TensorInfo Info, long Offset)> _tensors;

    /// <summary>Reads and checks the header.</summary>
    /// <param name="stream">The file, which can seek; it is closed together with the reader, or here if this throws.</param>
    /// <param name="name">What errors call the file.</param>
    /// <exception cref="OneStepException">This is not a sound safetensors file; the message names it.</exception>
    public SafetensorsReader(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        _stream = stream;
        Name = name;
        try
        {
            SafetensorsHeader header = ReadHeader(out _dataStart);
            Metadata = header.Metadata;
            Tensors = [.. header.Tensors.Select(tensor => tensor.Info)];
            _tensors = header.Tensors.ToDictionary(tensor => tensor.Info.Name, StringComparer.Ordinal);
        }
        catch (Exception exception)
        {
            stream.Dispose();
            if (FileFailure.IsFileFailure(exception))
            {
                throw FileFailure.CannotRead(name, exception);
            }

            throw;
        }
    }

    /// <summary>What errors call the file.</summary>
    public string Name { get; }

    /// <summary>The strings of <c>__metadata__</c>; empty where there is none.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>The tensors, in the order of their bytes.</summary>
    public IReadOnlyList<TensorInfo> Tensors { get; }

    /// <summary>Opens the file at <paramref name="path"/>.</summary>
    /// <exception cref="OneStepException">It cannot be read or is not a sound safetensors file; the message names it.</exception>
    public static SafetensorsReader Open(string path) => new(FileFailure.OpenRead(path), path);

    /// <summary>The tensor of that name, or null.</summary>
    public TensorInfo? Find(string tensor) => _tensors.TryGetValue(tensor, out (TensorInfo Info, long Offset) found) ? found.Info : null;

    /// <summary>Reads a tensor row by row; a row is everything behind its first dimension.</summary>
    /// <typeparam name="T"><see cref="float"/> for F32, <see cref="int"/> for I32.</typeparam>
    /// <param name="tensor">The tensor's name.</param>
    /// <param name="read">Called with every row, in order.</param>
    /// <exception cref="OneStepException">There is no such tensor, it has another type, or a row is too long for memory;
    /// the message names the file.</exception>
    public void ReadRows<T>(string tensor, TensorRowReader<T> read)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(read);
        (TensorInfo info, long offset) = Require<T>(tensor);
        if (info.ElementCount == 0)
        {
            return;
        }

        long rows = info.Shape.Count == 0 ? 1 : info.Shape[0];
        long rowLength = info.ElementCount / rows;
        if (rows > int.MaxValue || rowLength > Array.MaxLength)
        {
            throw new OneStepException($"'{Name}' has a tensor '{tensor}' of shape {info.ShapeText}, which is too large to be read.");
        }

        T[] row = new T[rowLength];
        Seek(offset);
        for (int i = 0; i < (int)rows; i++)
        {
            Fill(row);
            read(i, row);
        }
    }

    /// <summary>Reads a whole tensor, the last dimension fastest.</summary>
    /// <typeparam name="T"><see cref="float"/> for F32, <see cref="int"/> for I32.</typeparam>
    /// <param name="tensor">The tensor's name.</param>
    /// <exception cref="OneStepException">There is no such tensor, it has another type, or it is too large for an array;
    /// the message names the file.</exception>
    public T[] ReadAll<T>(string tensor)
        where T : unmanaged
    {
        (TensorInfo info, long offset) = Require<T>(tensor);
        if (info.ElementCount > Array.MaxLength)
        {
            throw new OneStepException($"'{Name}' has a tensor '{tensor}' of shape {info.ShapeText}, which is too large to be read.");
        }

        T[] elements = new T[info.ElementCount];
        Seek(offset);
        Fill(elements);
        return elements;
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private SafetensorsHeader ReadHeader(out long dataStart)
    {
        Span<byte> prefix = stackalloc byte[sizeof(long)];
        long fileLength = _stream.Length;
        if (_stream.ReadAtLeast(prefix, prefix.Length, throwOnEndOfStream: false) < prefix.Length)
        {
            throw new OneStepException($"'{Name}' is not a safetensors file: it is shorter than 8 bytes.");
        }

        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > MaximumHeaderLength || (long)length > fileLength - prefix.Length)
        {
            throw new OneStepException(
                $"'{Name}' is not a safetensors file, or is truncated: it states a header of {length} bytes, but has {fileLength} bytes in all.");
        }

        byte[] json = new byte[length];
        _stream.ReadExactly(json);
        dataStart = prefix.Length + json.Length;
        return SafetensorsHeader.Parse(json, fileLength - dataStart, Name);
    }

    private (TensorInfo Info, long Offset) Require<T>(string tensor)
    {
        TensorType wanted =
            typeof(T) == typeof(float) ? TensorType.F32
            : typeof(T) == typeof(int) ? TensorType.I32
            : throw new ArgumentException($"Tensors are read as float or int, not as {typeof(T).Name}.", nameof(tensor));
        if (!_tensors.TryGetValue(tensor, out (TensorInfo Info, long Offset) found))
        {
            throw new OneStepException($"'{Name}' has no tensor '{tensor}'.");
        }

        return found.Info.Type == wanted
            ? found
            : throw new OneStepException($"'{Name}' has a tensor '{tensor}' of type {found.Info.Type}, but {wanted} is needed.");
    }

    private void Seek(long offset)
    {
        try
        {
            _stream.Position = _dataStart + offset;
        }
        catch (Exception exception) when (FileFailure.IsFileFailure(exception))
        {
            throw FileFailure.CannotRead(Name, exception);
        }
    }

    private void Fill<T>(Span<T> elements)
        where T : unmanaged
    {
        try
        {
            // A span of bytes has at most int.MaxValue of them, so long tensors are read in blocks.
            const int Block = 1 << 24;
            for (int first = 0; first < elements.Length; first += Block)
            {
                Span<T> block = elements.Slice(first, Math.Min(Block, elements.Length - first));
                _stream.ReadExactly(MemoryMarshal.AsBytes(block));
            }
        }
        catch (EndOfStreamException exception)
        {
            throw new OneStepException($"'{Name}' became shorter while it was read.", exception);
        }
        catch (Exception exception) when (FileFailure.IsFileFailure(exception))
        {
            throw FileFailure.CannotRead(Name, exception);
        }

        if (!BitConverter.IsLittleEndian)
        {
            Span<int> words = MemoryMarshal.Cast<T, int>(elements);
            BinaryPrimitives.ReverseEndianness(words, words);
        }
    }
}
