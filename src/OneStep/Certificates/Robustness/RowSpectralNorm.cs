using OneStep.Numerics;

namespace OneStep.Certificates.Robustness;

/// <summary>
/// Proved upper bounds on the spectral norm of some rows of packed weights, without biases: with A = Σ w_s w_sᵀ over them, the
/// Cholesky factorisation of σI − A completes, which proves ‖·‖₂² ≤ σ up to rounding that is accounted for (docs/mathematics.md §13,
/// §7). Power iteration, which proves nothing, only says which σ to try.
/// </summary>
internal sealed class RowSpectralNorm : IDisposable
{
    private const int PowerSteps = 40;
    private const double FirstExcess = 1e-3;
    private const double NextExcess = 4;

    // Roundings beside those of the sums over rows.
    private const int OtherRoundings = 16;

    private readonly PackedWeights _weights;
    private readonly WeightedGram _products;
    private readonly SymmetricTiles _gram;
    private readonly ShiftedCholesky _factor;
    private readonly CancellationToken _cancellation;

    /// <summary>Makes the buffers.</summary>
    /// <param name="weights">The weights.</param>
    /// <param name="columns">How many columns count, n.</param>
    /// <param name="cancellation">Ends calls early.</param>
    public RowSpectralNorm(PackedWeights weights, int columns, CancellationToken cancellation)
    {
        _weights = weights;
        _cancellation = cancellation;
        _products = new(columns);
        _gram = new(columns);
        _factor = new(columns);
    }

    /// <summary>At least the spectral norm of some rows and columns.</summary>
    /// <param name="rates">1 for the rows that count and 0 for the others, [m].</param>
    /// <param name="columns">Whether a column counts, [n]; empty for all.</param>
    public double Of(double[] rates, ReadOnlySpan<bool> columns = default)
    {
        if (_products.Compute(_weights, rates, _gram, _cancellation) == 0)
        {
            return 0;
        }

        if (!columns.IsEmpty)
        {
            _gram.Restrict(columns);
        }

        // The Frobenius norm is a bound itself, where nothing better is found.
        double trace = _gram.Trace();
        double rounding = TwoLayerRows.Slack * RoundingError.Gamma(_weights.Rows + (long)OtherRoundings) * trace;
        double up = 1 + RoundingError.Gamma(OtherRoundings);
        double estimate = LargestEigenvalue();
        for (double excess = FirstExcess; estimate * (1 + excess) < trace; excess *= NextExcess)
        {
            double shift = estimate * (1 + excess);
            if (_factor.TryFactor(_gram, shift, _cancellation))
            {
                double square = shift - ShiftedCholesky.ProvedMargin(_gram, shift, 0);
                return Math.Sqrt(square + rounding) * up;
            }
        }

        return Math.Sqrt(trace + rounding) * up;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _products.Dispose();
        _gram.Dispose();
        _factor.Dispose();
    }

    /// <summary>About the largest eigenvalue, and hardly ever above it.</summary>
    private double LargestEigenvalue()
    {
        double[] vector = new double[_gram.PaddedOrder];
        double[] image = new double[_gram.PaddedOrder];
        for (int k = 0; k < _gram.Order; k++)
        {
            // Signs that change ever more slowly: hardly orthogonal to anything, and the same on every machine.
            vector[k] = 1 + (k % 2) - (k % 3) + ((double)k / _gram.Order);
        }

        double eigenvalue = 0;
        for (int step = 0; step < PowerSteps; step++)
        {
            double length = Math.Sqrt(RowProducts.Dot(vector, vector));
            for (int k = 0; k < vector.Length && length > 0; k++)
            {
                vector[k] /= length;
            }

            _gram.Multiply(vector, image);
            eigenvalue = Math.Max(eigenvalue, RowProducts.Dot(vector, image));
            (vector, image) = (image, vector);
        }

        return eigenvalue;
    }
}
