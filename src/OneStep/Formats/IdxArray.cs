using System.Buffers.Binary;

namespace OneStep.Formats;

/// <summary>An array of unsigned bytes as an IDX file holds it.</summary>
/// <param name="Dimensions">The size of every dimension, the slowest first; each at least 1.</param>
/// <param name="Data">The elements, the last dimension fastest.</param>
public sealed record IdxArray(IReadOnlyList<int> Dimensions, byte[] Data)
{
    /// <summary>The bytes that stand before the elements in an uncompressed IDX file: magic number and dimensions.</summary>
    public byte[] Header()
    {
        byte[] header = new byte[4 + (4 * Dimensions.Count)];
        BinaryPrimitives.WriteUInt32BigEndian(header, IdxReader.Magic(Dimensions.Count));
        for (int i = 0; i < Dimensions.Count; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4 + (4 * i)), Dimensions[i]);
        }

        return header;
    }
}
