namespace OneStep.Numerics;

/// <summary>
/// A proved upper bound on the largest eigenvalue of a symmetric matrix M: where the float64 Cholesky factorisation of σI − M
/// completes, M ⪯ σI up to rounding that is accounted for (docs/mathematics.md §5, §13). Power iteration, which proves nothing,
/// only says which σ to try.
/// </summary>
internal static class LargestEigenvalueBound
{
    private const int PowerSteps = 60;

    // A power iteration is below the largest eigenvalue; by how much more σ is to be if a factorisation fails.
    private const double FirstExcess = 1e-3;
    private const double NextExcess = 2;

    // Pays for the rounding of the bound's own few operations.
    private const double Slack = 1 + 1e-12;

    /// <summary>Computes the bound; not a number where M holds one that is none.</summary>
    /// <param name="matrix">M, [n, n]; only its lower triangle is read.</param>
    /// <param name="threads">How many threads may be used; the bound does not depend on it.</param>
    /// <param name="cancellation">Ends the call early.</param>
    public static double Of(Matrix<double> matrix, int threads, CancellationToken cancellation)
    {
        double largest = 0;
        double rowSum = 0;
        double[] sums = new double[matrix.Rows];
        for (int i = 0; i < matrix.Rows; i++)
        {
            largest = Math.Max(largest, Math.Abs(matrix[i, i]));
            for (int j = 0; j <= i; j++)
            {
                double magnitude = Math.Abs(matrix[i, j]);
                sums[i] += magnitude;
                sums[j] += i == j ? 0 : magnitude;
            }
        }

        // Gershgorin: every eigenvalue is at most the largest sum of magnitudes of a row.
        rowSum = sums.Aggregate(0.0, Math.Max) * (1 + (4 * RoundingError.Gamma(matrix.Rows)));
        if (!(rowSum > 0) || !double.IsFinite(rowSum))
        {
            return rowSum;
        }

        double estimate = Estimate(matrix, FirstExcess * rowSum);
        for (double excess = FirstExcess; estimate * (1 + excess) < rowSum; excess *= NextExcess)
        {
            double shift = estimate * (1 + excess);
            var shifted = new Matrix<double>(matrix.Rows, matrix.Rows);
            for (int i = 0; i < matrix.Rows; i++)
            {
                for (int j = 0; j < i; j++)
                {
                    shifted[i, j] = -matrix[i, j];
                }

                shifted[i, i] = shift - matrix[i, i];
            }

            double trace = matrix.Rows * (shift + largest);
            if (CholeskyFactor.TryFactor(shifted, threads, cancellation) is not null)
            {
                return Slack * (shift + (RoundingError.Unit * (shift + largest)) + (2 * RoundingError.Gamma(matrix.Rows + 1L) * trace));
            }
        }

        return rowSum;
    }

    /// <summary>About the largest eigenvalue, and at least <paramref name="smallest"/>, which is positive.</summary>
    private static double Estimate(Matrix<double> matrix, double smallest)
    {
        // A power iteration finds the eigenvalue of the largest magnitude. Where that is negative, the largest one is that of the largest
        // magnitude once all are raised by it.
        double estimate = PowerIteration(matrix, raise: 0);
        return Math.Max(smallest, estimate >= 0 ? estimate : PowerIteration(matrix, -estimate) + estimate);
    }

    /// <summary>About the eigenvalue of M + raise · I of the largest magnitude.</summary>
    private static double PowerIteration(Matrix<double> matrix, double raise)
    {
        int n = matrix.Rows;
        double[] vector = new double[n];
        double[] image = new double[n];
        for (int i = 0; i < n; i++)
        {
            // Signs that change ever more slowly: hardly orthogonal to anything, and the same on every machine.
            vector[i] = 1 + (i % 2) - (i % 3) + ((double)i / n);
        }

        double norm = 0;
        for (int step = 0; step < PowerSteps; step++)
        {
            double length = Math.Sqrt(RowProducts.Dot(vector, vector));
            if (!(length > 0))
            {
                return 0;
            }

            Array.Clear(image);
            for (int i = 0; i < n; i++)
            {
                vector[i] /= length;
            }

            for (int i = 0; i < n; i++)
            {
                ReadOnlySpan<double> row = matrix.Row(i)[..i];
                image[i] += RowProducts.Dot(row, vector.AsSpan(0, i)) + ((matrix[i, i] + raise) * vector[i]);
                for (int j = 0; j < i; j++)
                {
                    image[j] += row[j] * vector[i];
                }
            }

            norm = RowProducts.Dot(vector, image);
            (vector, image) = (image, vector);
        }

        return norm;
    }
}
