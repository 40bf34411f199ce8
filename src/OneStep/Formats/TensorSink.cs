using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace OneStep.Formats;

/// <summary>Takes the elements of one tensor, piece by piece, and sees that there are as many as announced.</summary>
public sealed class TensorSink
{
    private const int Block = 1 << 20;

    private readonly Stream _stream;
    private readonly TensorInfo _tensor;
    private long _missing;

    internal TensorSink(Stream stream, TensorInfo tensor)
    {
        _stream = stream;
        _tensor = tensor;
        _missing = tensor.ElementCount;
    }

    /// <summary>Writes the next elements of a tensor of <see cref="TensorType.F32"/>.</summary>
    /// <exception cref="InvalidOperationException">The tensor has another type, or fewer elements are left.</exception>
    public void Write(ReadOnlySpan<float> elements) => Write(MemoryMarshal.Cast<float, int>(elements), TensorType.F32);

    /// <summary>Writes the next elements of a tensor of <see cref="TensorType.I32"/>.</summary>
    /// <exception cref="InvalidOperationException">The tensor has another type, or fewer elements are left.</exception>
    public void Write(ReadOnlySpan<int> elements) => Write(elements, TensorType.I32);

    /// <summary>Checks that every element was written.</summary>
    internal void RequireComplete()
    {
        if (_missing != 0)
        {
            throw new InvalidOperationException($"Tensor '{_tensor.Name}' of shape {_tensor.ShapeText} got {_missing} elements too few.");
        }
    }

    private void Write(ReadOnlySpan<int> elements, TensorType type)
    {
        if (type != _tensor.Type || elements.Length > _missing)
        {
            throw new InvalidOperationException(
                $"Tensor '{_tensor.Name}' takes {_missing} more elements of {_tensor.Type}, not {elements.Length} of {type}.");
        }

        _missing -= elements.Length;

        // A span of bytes has at most int.MaxValue of them, so long tensors are written in blocks.
        for (ReadOnlySpan<int> rest = elements; rest.Length > 0; rest = rest[Math.Min(Block, rest.Length)..])
        {
            WriteBlock(rest[..Math.Min(Block, rest.Length)]);
        }
    }

    private void WriteBlock(ReadOnlySpan<int> elements)
    {
        if (BitConverter.IsLittleEndian)
        {
            _stream.Write(MemoryMarshal.AsBytes(elements));
            return;
        }

        int[] reversed = new int[elements.Length];
        BinaryPrimitives.ReverseEndianness(elements, reversed);
        _stream.Write(MemoryMarshal.AsBytes(reversed.AsSpan()));
    }
}
