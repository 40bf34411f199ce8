namespace OneStep.Formats;

/// <summary>Reads some bytes, then a stream to its end, then some more bytes, as if they were one stream.</summary>
/// <param name="before">What comes first.</param>
/// <param name="middle">The stream, which stays open when this one is closed.</param>
/// <param name="after">What comes last.</param>
internal sealed class SplicedStream(byte[] before, Stream middle, byte[] after) : Stream
{
    private int _readBefore;
    private int _readAfter;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        int count = Take(before, ref _readBefore, buffer);
        if (count == 0)
        {
            count = middle.Read(buffer);
        }

        return count == 0 ? Take(after, ref _readAfter, buffer) : count;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    private static int Take(byte[] source, ref int taken, Span<byte> buffer)
    {
        int count = Math.Min(buffer.Length, source.Length - taken);
        source.AsSpan(taken, count).CopyTo(buffer);
        taken += count;
        return count;
    }
}
