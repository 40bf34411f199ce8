namespace OneStep.Data;

/// <summary>Labelled grey-scale images of one size.</summary>
/// <param name="Height">Pixels a column.</param>
/// <param name="Width">Pixels a row.</param>
/// <param name="Pixels">The pixels, 0 to 255, image after image and row after row, [n × height × width].</param>
/// <param name="Labels">The class of every image, [n].</param>
public sealed record ImageSet(int Height, int Width, byte[] Pixels, byte[] Labels)
{
    /// <summary>The number of images n.</summary>
    public int Count => Labels.Length;

    /// <summary>The pixels of one image, row after row, [height × width].</summary>
    public ReadOnlySpan<byte> Image(int index) => Pixels.AsSpan(index * Height * Width, Height * Width);
}
