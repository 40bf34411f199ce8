using OneStep.Numerics;

namespace OneStep.Certificates.Robustness;

/// <summary>The direction in which the centres of quadratic bounds lie, and its products with the rows.</summary>
internal sealed class QuadraticDirection(TwoLayerRows rows)
{
    private readonly double[] _padded = new double[rows.Weights.Columns];

    /// <summary>u, [d].</summary>
    public ReadOnlySpan<double> Values => _padded.AsSpan(0, rows.Network.InputDimension);

    /// <summary>w_s · u, [m].</summary>
    public double[] Products { get; } = new double[rows.Width];

    /// <summary>At least ‖u‖.</summary>
    public double Norm { get; private set; }

    /// <summary>Sets the direction; it is scaled to a length of about 1.</summary>
    /// <param name="direction">A vector of any length but 0, [d].</param>
    /// <param name="cancellation">Ends the call early.</param>
    /// <returns>The length of the vector, rounded up.</returns>
    public double Set(ReadOnlySpan<double> direction, CancellationToken cancellation)
    {
        double length = Math.Sqrt(RowProducts.Dot(direction, direction));
        for (int k = 0; k < direction.Length; k++)
        {
            _padded[k] = direction[k] / length;
        }

        Norm = Math.Sqrt(RowProducts.Dot(_padded, _padded)) * (1 + rows.RowError);
        PackedProducts.Multiply(rows.Weights, _padded, Products, 1, cancellation);
        return length * (1 + rows.RowError);
    }
}
