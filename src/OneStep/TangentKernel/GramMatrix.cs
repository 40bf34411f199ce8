using OneStep.Numerics;

namespace OneStep.TangentKernel;

/// <summary>The matrix K(x_i, x_j) of a kernel on some inputs.</summary>
public static class GramMatrix
{
    /// <summary>Computes K(x_i, x_j) for all i and j: symmetric to the bit.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="inputs">x, [n, d]. The matrix takes 8 n² bytes: 128 MB for n = 4000.</param>
    /// <param name="threads">How many threads may be used.</param>
    /// <param name="cancellation">Ends the call early with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>[n, n].</returns>
    /// <exception cref="OneStepException">The matrix is too large for one array.</exception>
    public static Matrix<double> Of(ReluTangentKernel kernel, Matrix<float> inputs, int threads = 1, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        ArgumentNullException.ThrowIfNull(inputs);
        if ((long)inputs.Rows * inputs.Rows > Array.MaxLength)
        {
            throw new OneStepException($"The kernel matrix of {inputs.Rows} inputs is too large for one array; take at most {(int)Math.Sqrt(Array.MaxLength)}.");
        }

        var gram = new Matrix<double>(inputs.Rows, Math.Max(inputs.Rows, 1));
        if (inputs.Rows == 0)
        {
            return gram;
        }

        using var packed = new KernelInputs(inputs, withCoordinates: false);
        Matrix<double> wide = Widen(inputs);
        KernelTile?[] tiles = new KernelTile?[threads];
        try
        {
            KernelInputs.ForEachTile(wide, threads, cancellation, (supports, rows, worker) =>
            {
                KernelTile tile = tiles[worker] ??= new(packed);
                tile.Multiply(wide, supports, rows.Span);
                for (int r = 0; r < rows.Length; r++)
                {
                    FillRow(kernel, packed, tile, r, rows.Span[r], gram.Row(rows.Span[r]));
                }
            });
        }
        finally
        {
            Array.ForEach(tiles, tile => tile?.Dispose());
        }

        return gram;
    }

    /// <summary>A copy in float64.</summary>
    internal static Matrix<double> Widen(Matrix<float> inputs)
    {
        var wide = new Matrix<double>(inputs.Rows, inputs.Columns);
        for (int i = 0; i < wide.Data.Length; i++)
        {
            wide.Data[i] = inputs.Data[i];
        }

        return wide;
    }

    private static void FillRow(ReluTangentKernel kernel, KernelInputs inputs, KernelTile tile, int row, int i, Span<double> values)
    {
        tile.CopyProducts(row, values);
        for (int j = 0; j < values.Length; j++)
        {
            // No input is at an angle to itself, whatever rounding says. The products of norms come first, so that (i, j) and
            // (j, i) are the same.
            double cosine = i == j ? 1 : values[j] * (inputs.InverseNorms[i] * inputs.InverseNorms[j]);
            values[j] = inputs.Norms[i] * inputs.Norms[j] * kernel.At(cosine).Value;
        }
    }
}
