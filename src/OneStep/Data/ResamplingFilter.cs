namespace OneStep.Data;

/// <summary>How much every source pixel of a line counts in every output pixel.</summary>
internal sealed class ResamplingFilter
{
    private readonly int[] _first;
    private readonly double[][] _weights;

    private ResamplingFilter(int sourceSize, int[] first, double[][] weights)
    {
        SourceSize = sourceSize;
        _first = first;
        _weights = weights;
    }

    /// <summary>The number of source pixels.</summary>
    public int SourceSize { get; }

    /// <summary>Computes the weights of a bilinear filter; those of an output pixel add up to 1.</summary>
    /// <param name="sourceSize">The number of source pixels, at least 1.</param>
    /// <param name="size">The number of output pixels, at least 1.</param>
    /// <param name="antialias">Whether the triangle is widened when shrinking.</param>
    public static ResamplingFilter Create(int sourceSize, int size, bool antialias)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sourceSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        int[] first = new int[size];
        double[][] weights = new double[size][];
        for (int i = 0; i < size; i++)
        {
            (first[i], weights[i]) = antialias ? Triangle(i, sourceSize, size) : NearestTwo(i, sourceSize, size);
        }

        return new(sourceSize, first, weights);
    }

    /// <summary>Filters one line.</summary>
    /// <param name="line">The source pixels.</param>
    /// <param name="filtered">Receives the output pixels.</param>
    public void ApplyAlong(ReadOnlySpan<double> line, Span<double> filtered)
    {
        for (int i = 0; i < filtered.Length; i++)
        {
            double[] weights = _weights[i];
            ReadOnlySpan<double> taps = line.Slice(_first[i], weights.Length);
            double sum = 0;
            for (int j = 0; j < taps.Length; j++)
            {
                sum += weights[j] * taps[j];
            }

            filtered[i] = sum;
        }
    }

    /// <summary>Filters lines into one: the same output pixel of every column.</summary>
    /// <param name="index">The output pixel.</param>
    /// <param name="lines">The source lines, one after another, each as long as <paramref name="filtered"/>.</param>
    /// <param name="filtered">Receives one line.</param>
    public void ApplyAcross(int index, ReadOnlySpan<double> lines, Span<double> filtered)
    {
        filtered.Clear();
        ReadOnlySpan<double> taps = lines[(_first[index] * filtered.Length)..];
        foreach (double weight in _weights[index])
        {
            for (int column = 0; column < filtered.Length; column++)
            {
                filtered[column] += weight * taps[column];
            }

            taps = taps[filtered.Length..];
        }
    }

    private static (int First, double[] Weights) NearestTwo(int index, int sourceSize, int size)
    {
        // In units of source pixels, measured from the centre of the first. Dividing last keeps places that are whole
        // numbers exact, and with them the identity.
        double place = Math.Clamp(((((2.0 * index) + 1) * sourceSize) - size) / (2.0 * size), 0, sourceSize - 1);
        int left = (int)place;
        double share = place - left;
        return share == 0 ? (left, [1]) : (left, [1 - share, share]);
    }

    private static (int First, double[] Weights) Triangle(int index, int sourceSize, int size)
    {
        // The triangle reaches one output pixel to either side, but never less than one source pixel.
        double reach = Math.Max((double)sourceSize / size, 1);
        double centre = ((2.0 * index) + 1) * sourceSize / (2.0 * size);
        int first = Math.Max((int)(centre - reach), 0);
        int last = Math.Min((int)(centre + reach), sourceSize - 1);
        double[] weights = new double[last - first + 1];
        double sum = 0;
        for (int j = 0; j < weights.Length; j++)
        {
            weights[j] = Math.Max(1 - (Math.Abs(first + j + 0.5 - centre) / reach), 0);
            sum += weights[j];
        }

        for (int j = 0; j < weights.Length; j++)
        {
            weights[j] /= sum;
        }

        return (first, weights);
    }
}
