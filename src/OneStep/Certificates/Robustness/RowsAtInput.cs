using OneStep.Numerics;

namespace OneStep.Certificates.Robustness;

/// <summary>
/// The rows of a two-layer network at one input: the computed z̃_s = w_s·x, the signs b_s = y a_s, and S = y √m f(x) = Σ b_s relu(z_s)
/// (docs/mathematics.md §7). Since relu is 1-Lipschitz, the z̃ may be taken as exact if <see cref="PointError"/> is subtracted once
/// from a lower bound.
/// </summary>
internal sealed class RowsAtInput(TwoLayerRows rows)
{
    private readonly double[] _point = new double[rows.Weights.Columns];

    /// <summary>The rows.</summary>
    public TwoLayerRows Rows => rows;

    /// <summary>z̃, [m].</summary>
    public double[] Products { get; } = new double[rows.Width];

    /// <summary>b_s = y a_s, [m].</summary>
    public double[] Signs { get; } = new double[rows.Width];

    /// <summary>At least ‖x‖, or ‖(x, 1)‖ with biases.</summary>
    public double InputNorm { get; private set; }

    /// <summary>At least Σ_s |z̃_s − z_s|.</summary>
    public double PointError { get; private set; }

    /// <summary>S as computed.</summary>
    public double Value { get; private set; }

    /// <summary>At least Σ_s relu(z̃_s).</summary>
    public double Magnitude { get; private set; }

    /// <summary>S, rounded down.</summary>
    public double LowerValue => Value - PointError - (rows.SumError * Magnitude);

    /// <summary>Goes to an input.</summary>
    /// <param name="input">x, [d].</param>
    /// <param name="sign">y, what the network says of it.</param>
    /// <param name="cancellation">Ends the call early.</param>
    public void MoveTo(ReadOnlySpan<float> input, int sign, CancellationToken cancellation)
    {
        Array.Fill(_point, 1);
        Vectors.Sum(input, [], _point);
        PackedProducts.Multiply(rows.Weights, _point, Products, 1, cancellation);
        InputNorm = (1 + rows.RowError) * Math.Sqrt(RowProducts.Dot(_point, _point));
        PointError = rows.RowError * InputNorm * rows.FullNormSum;
        double value = 0;
        double magnitude = 0;
        for (int s = 0; s < Products.Length; s++)
        {
            Signs[s] = sign * rows.Network.Signs[s];
            double positive = Math.Max(Products[s], 0);
            value += Signs[s] * positive;
            magnitude += positive;
        }

        Value = value;
        Magnitude = magnitude * TwoLayerRows.Slack;
    }

    /// <summary>y √m ∇f(x), [d], and the factors of the rows that it is made of.</summary>
    public double[] Gradient(double[] factors, CancellationToken cancellation)
    {
        for (int s = 0; s < factors.Length; s++)
        {
            factors[s] = Products[s] > 0 ? Signs[s] : 0;
        }

        return rows.Combine(factors, cancellation);
    }
}
