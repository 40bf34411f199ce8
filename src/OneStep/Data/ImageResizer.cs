using System.Buffers;

namespace OneStep.Data;

/// <summary>
/// Resizes images to squares by bilinear interpolation with half-pixel centres: output pixel i looks at the place
/// (i + ½) · size/side in the source, and beyond the edge it sees the edge. Both directions are separable; their weights are
/// computed once, in float64, with nothing but + − × ÷, so that every machine gives the same bits.
/// </summary>
public sealed class ImageResizer
{
    private readonly ResamplingFilter _vertical;
    private readonly ResamplingFilter _horizontal;

    /// <summary>Makes a resizer for images of one size.</summary>
    /// <param name="height">Pixels a column of the source, at least 1.</param>
    /// <param name="width">Pixels a row of the source, at least 1.</param>
    /// <param name="side">The side s of the square that comes out, at least 1.</param>
    /// <param name="antialias">Whether, when shrinking, the triangle that weights the source pixels is widened to the
    /// distance of the output pixels, so that none is left out; otherwise only the nearest two in each direction count.</param>
    public ImageResizer(int height, int width, int side, bool antialias)
    {
        Side = side;
        _vertical = ResamplingFilter.Create(height, side, antialias);
        _horizontal = ResamplingFilter.Create(width, side, antialias);
    }

    /// <summary>The side s of the square that comes out.</summary>
    public int Side { get; }

    /// <summary>Resizes one image. May be called from several threads at once.</summary>
    /// <param name="source">The image, row after row, [height × width].</param>
    /// <param name="destination">Receives the square, row after row, [s × s].</param>
    public void Resize(ReadOnlySpan<double> source, Span<double> destination)
    {
        int height = _vertical.SourceSize;
        int width = _horizontal.SourceSize;
        if (source.Length != height * width)
        {
            throw new ArgumentException($"The image must have {height} x {width} pixels.", nameof(source));
        }

        if (destination.Length != Side * Side)
        {
            throw new ArgumentException($"The square must have {Side} x {Side} pixels.", nameof(destination));
        }

        if (height == Side && width == Side)
        {
            source.CopyTo(destination);
            return;
        }

        double[] narrowed = ArrayPool<double>.Shared.Rent(height * Side);
        for (int row = 0; row < height; row++)
        {
            _horizontal.ApplyAlong(source.Slice(row * width, width), narrowed.AsSpan(row * Side, Side));
        }

        for (int row = 0; row < Side; row++)
        {
            _vertical.ApplyAcross(row, narrowed.AsSpan(0, height * Side), destination.Slice(row * Side, Side));
        }

        ArrayPool<double>.Shared.Return(narrowed);
    }
}
