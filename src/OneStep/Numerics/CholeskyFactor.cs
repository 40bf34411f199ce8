namespace OneStep.Numerics;

/// <summary>
/// The factor L of a symmetric positive definite matrix, A = L Lᵀ, in float64 (docs/mathematics.md §18). Bitwise the same for
/// any number of threads and any vector width.
/// </summary>
internal sealed unsafe class CholeskyFactor
{
    private const int BlockColumns = 64;
    private const int RowsAnItem = 16;

    private readonly Matrix<double> _factor;

    private CholeskyFactor(Matrix<double> factor) => _factor = factor;

    /// <summary>Factors a matrix in its own memory: its lower triangle becomes L.</summary>
    /// <param name="matrix">A, [n, n]; only its lower triangle is read. Destroyed.</param>
    /// <param name="threads">How many threads may be used.</param>
    /// <param name="cancellation">Ends the call early.</param>
    /// <returns>The factor; null where A is not positive definite, or so nearly not that rounding decides: where a pivot is at
    /// most n·2⁻⁵⁰ of its diagonal element.</returns>
    public static CholeskyFactor? TryFactor(Matrix<double> matrix, int threads, CancellationToken cancellation)
    {
        int n = matrix.Rows;
        double[] floor = [.. Enumerable.Range(0, n).Select(i => 8 * n * RoundingError.Unit * Math.Abs(matrix[i, i]))];
        for (int first = 0; first < n; first += BlockColumns)
        {
            int columns = Math.Min(BlockColumns, n - first);
            SubtractEarlierColumns(matrix, first, columns, threads, cancellation);
            if (!TryFactorBlock(matrix, first, columns, floor))
            {
                return null;
            }

            SolveRowsBelow(matrix, first, columns, threads, cancellation);
        }

        return new(matrix);
    }

    /// <summary>Solves A x = b.</summary>
    /// <param name="values">b, [n]; receives x.</param>
    public void Solve(Span<double> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            ReadOnlySpan<double> row = _factor.Row(i);
            values[i] = (values[i] - RowProducts.Dot(row[..i], values[..i])) / row[i];
        }

        for (int i = values.Length - 1; i >= 0; i--)
        {
            ReadOnlySpan<double> row = _factor.Row(i);
            values[i] /= row[i];
            double solved = values[i];
            for (int j = 0; j < i; j++)
            {
                values[j] = Math.FusedMultiplyAdd(-solved, row[j], values[j]);
            }
        }
    }

    /// <summary>A[i, j] −= Σ_{k before the block} L[i, k] L[j, k] for the block's columns j and all rows from the block on.</summary>
    private static void SubtractEarlierColumns(Matrix<double> matrix, int first, int columns, int threads, CancellationToken cancellation)
    {
        int n = matrix.Rows;
        WorkGrid.Run((n - first + RowsAnItem - 1) / RowsAnItem, first == 0 ? 1 : threads, cancellation, (item, _) =>
        {
            int row = first + (item * RowsAnItem);
            int rows = Math.Min(RowsAnItem, n - row);
            double* products = stackalloc double[RowsAnItem * BlockColumns];
            fixed (double* data = matrix.Data)
            {
                RowProducts.Fill(
                    new(data + ((nint)row * n), n, rows), new(data + ((nint)first * n), n, columns), first, products, BlockColumns);
                for (int i = 0; i < rows; i++)
                {
                    double* target = data + ((nint)(row + i) * n) + first;
                    for (int j = 0; j < columns; j++)
                    {
                        target[j] -= products[(i * BlockColumns) + j];
                    }
                }
            }
        });
    }

    private static bool TryFactorBlock(Matrix<double> matrix, int first, int columns, double[] floor)
    {
        for (int j = first; j < first + columns; j++)
        {
            Span<double> row = matrix.Row(j);
            SolveRow(matrix, first, j - first, row);
            double pivot = row[j] - RowProducts.Dot(row[first..j], row[first..j]);
            if (!(pivot > floor[j]))
            {
                return false;
            }

            row[j] = Math.Sqrt(pivot);
        }

        return true;
    }

    private static void SolveRowsBelow(Matrix<double> matrix, int first, int columns, int threads, CancellationToken cancellation)
    {
        int next = first + columns;
        WorkGrid.Run((matrix.Rows - next + RowsAnItem - 1) / RowsAnItem, threads, cancellation, (item, _) =>
        {
            int row = next + (item * RowsAnItem);
            for (int i = row; i < Math.Min(row + RowsAnItem, matrix.Rows); i++)
            {
                SolveRow(matrix, first, columns, matrix.Row(i));
            }
        });
    }

    /// <summary>Row i of L in the block's first columns, from the block's own rows.</summary>
    private static void SolveRow(Matrix<double> matrix, int first, int columns, Span<double> row)
    {
        for (int j = first; j < first + columns; j++)
        {
            ReadOnlySpan<double> own = matrix.Row(j);
            row[j] = (row[j] - RowProducts.Dot(row[first..j], own[first..j])) / own[j];
        }
    }
}
