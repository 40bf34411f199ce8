using OneStep.Numerics;

namespace OneStep.TangentKernel;

/// <summary>The linear algebra that both fits share.</summary>
internal static class RegularizedGram
{
    private const int RowsAnItem = 64;

    /// <summary>Factors K + diagonal · I in a copy.</summary>
    /// <exception cref="OneStepException">It is not positive definite.</exception>
    public static CholeskyFactor Factor(Matrix<double> gram, double diagonal, double regularization, KernelExecution execution)
    {
        var matrix = new Matrix<double>(gram.Rows, gram.Columns, [.. gram.Data]);
        for (int i = 0; i < gram.Rows; i++)
        {
            matrix[i, i] += diagonal;
        }

        return Factor(matrix, regularization, execution);
    }

    /// <summary>Factors a matrix in its own memory.</summary>
    /// <exception cref="OneStepException">It is not positive definite.</exception>
    public static CholeskyFactor Factor(Matrix<double> matrix, double regularization, KernelExecution execution) =>
        CholeskyFactor.TryFactor(matrix, execution.Threads, execution.Cancellation)
            ?? throw new OneStepException(FormattableString.Invariant(
                $"The kernel matrix of the {matrix.Rows} inputs is not positive definite in float64 with regularization {regularization}; make it larger."));

    /// <summary>K v.</summary>
    public static double[] Multiply(Matrix<double> gram, double[] vector, KernelExecution execution)
    {
        double[] product = new double[gram.Rows];
        WorkGrid.Run((gram.Rows + RowsAnItem - 1) / RowsAnItem, execution.Threads, execution.Cancellation, (item, _) =>
        {
            for (int i = item * RowsAnItem; i < Math.Min((item + 1) * RowsAnItem, gram.Rows); i++)
            {
                product[i] = RowProducts.Dot(gram.Row(i), vector);
            }
        });
        return product;
    }
}
