using OneStep.Numerics.Tiles;

namespace OneStep.Numerics;

/// <summary>
/// A proved upper bound on ‖W‖₂ (docs/mathematics.md §15): with P_0 = W and P_{j+1} = P_jᵀP_j, ‖W‖₂ = ‖P_k‖₂^{1/2^k} ≤
/// ‖P_k‖_F^{1/2^k}, in float64 with every rounding accounted for. A power iteration would give no bound.
/// </summary>
internal static unsafe class SpectralNormBound
{
    /// <summary>k. The bound is at most n^{1/2^{k+1}} times too large for n the smaller side: 5 % for n = 512.</summary>
    private const int Squarings = 6;

    // A larger matrix would cost seconds: its Frobenius norm must do.
    private const int LargestSide = 1024;

    // Pays for the rounding of Frobenius norms, of roots and quotients.
    private const double Slack = 1 + 1e-6;

    /// <summary>Computes the bound.</summary>
    /// <param name="weights">The matrix, [rows, columns or more].</param>
    /// <param name="columns">How many columns count.</param>
    public static double Of(PackedWeights weights, int columns)
    {
        int side = Math.Min(weights.Rows, columns);
        int steps = Math.Max(weights.Rows, columns);
        if (side > LargestSide)
        {
            return FrobeniusNorm(weights, columns) * Slack;
        }

        int stride = (side + TileEngine.Lanes - 1) / TileEngine.Lanes * TileEngine.Lanes;
        bool isTall = weights.Rows >= columns;
        using var first = new NativeBuffer<double>(checked((nint)steps * stride));
        Copy(weights, columns, isTall, first.Pointer, stride);
        double frobenius = FrobeniusNorm(first.Pointer, first.Length);
        if (!(frobenius > 0) || !double.IsFinite(frobenius))
        {
            return frobenius * Slack;
        }

        // Two matrices of the smaller side take turns; the first product alone sums over the larger one.
        using var even = new NativeBuffer<double>((nint)stride * stride);
        using var odd = new NativeBuffer<double>((nint)stride * stride);
        Span<double> scales = stackalloc double[Squarings];
        Span<double> squares = stackalloc double[Squarings];
        double* power = first.Pointer;
        nint length = first.Length;
        for (int j = 0; j < Squarings; j++)
        {
            // A power of two, so that scaling is exact.
            scales[j] = Math.ScaleB(1, -Math.ILogB(frobenius));
            squares[j] = scales[j] * frobenius * (scales[j] * frobenius);
            Scale(power, length, scales[j]);
            double* next = j % 2 == 0 ? even.Pointer : odd.Pointer;
            Gram(power, j == 0 ? steps : stride, stride, next);
            power = next;
            length = even.Length;
            frobenius = FrobeniusNorm(power, length);
        }

        double bound = frobenius * Slack;
        for (int j = Squarings - 1; j >= 0; j--)
        {
            bound = Slack * Math.Sqrt(bound + (RoundingError.Gamma((j == 0 ? steps : stride) + 2L) * squares[j])) / scales[j];
        }

        return bound;
    }

    /// <summary>The matrix or its transpose, whichever is tall, [steps][stride].</summary>
    private static void Copy(PackedWeights weights, int columns, bool isTall, double* destination, int stride)
    {
        for (int row = 0; row < weights.Rows; row++)
        {
            float* lane = weights.Panel(row / PackedWeights.Lanes) + (row % PackedWeights.Lanes);
            for (int k = 0; k < columns; k++)
            {
                destination[isTall ? ((nint)row * stride) + k : ((nint)k * stride) + row] = lane[(nint)k * PackedWeights.Lanes];
            }
        }
    }

    /// <summary>‖W‖_F over the columns that count, without a copy in float64. The lanes behind the last row are zero.</summary>
    private static double FrobeniusNorm(PackedWeights weights, int columns)
    {
        double sum = 0;
        for (int panel = 0; panel < weights.PanelCount; panel++)
        {
            float* lanes = weights.Panel(panel);
            for (nint i = 0; i < (nint)columns * PackedWeights.Lanes; i++)
            {
                sum += (double)lanes[i] * lanes[i];
            }
        }

        return Math.Sqrt(sum);
    }

    private static double FrobeniusNorm(double* matrix, nint length)
    {
        double sum = 0;
        for (nint i = 0; i < length; i++)
        {
            sum += matrix[i] * matrix[i];
        }

        return Math.Sqrt(sum);
    }

    private static void Scale(double* matrix, nint length, double factor)
    {
        for (nint i = 0; i < length; i++)
        {
            matrix[i] *= factor;
        }
    }

    /// <summary>gram = PᵀP for P [steps][stride], 32 columns at a time.</summary>
    private static void Gram(double* p, int steps, int stride, double* gram)
    {
        using var panel = new NativeBuffer<double>((nint)steps * TileEngine.Lanes);
        using var product = new NativeBuffer<double>((nint)stride * TileEngine.Lanes);
        for (int first = 0; first < stride; first += TileEngine.Lanes)
        {
            CopyLanes(p + first, stride, panel.Pointer, TileEngine.Lanes, steps);
            TileEngine.Best.MultiplyDoubles(stride, p, stride, panel.Pointer, steps, product.Pointer, ahead: panel.Pointer);
            CopyLanes(product.Pointer, TileEngine.Lanes, gram + first, stride, stride);
        }
    }

    private static void CopyLanes(double* from, nint fromStep, double* to, nint toStep, int rows)
    {
        for (int row = 0; row < rows; row++)
        {
            new Span<double>(from + (row * fromStep), TileEngine.Lanes).CopyTo(new Span<double>(to + (row * toStep), TileEngine.Lanes));
        }
    }
}
