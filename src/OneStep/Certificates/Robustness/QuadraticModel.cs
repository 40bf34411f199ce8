using OneStep.Numerics;

namespace OneStep.Certificates.Robustness;

/// <summary>
/// The lower bound S(x + δ) ≥ C + v·δ' − δ'ᵀAδ' − error for all ‖δ‖ ≤ reach, δ' = δ − δ_c, which touches S near a centre δ_c on all sides
/// (docs/mathematics.md §7). Rows with y a_s = +1 are replaced by their tangent, rows with y a_s = −1 by a parabola above their relu.
/// </summary>
internal sealed class QuadraticModel : IDisposable
{
    private readonly TwoLayerRows _rows;
    private readonly WeightedGram _products;
    private readonly double[] _factors;
    private readonly double[] _rates;
    private double _pointError;
    private double _sumError;
    private double _linearWeight;
    private double _matrixError;

    /// <summary>Makes the buffers.</summary>
    public QuadraticModel(TwoLayerRows rows)
    {
        _rows = rows;
        int dimension = rows.Network.InputDimension;
        _products = new(dimension);
        Matrix = new(dimension);
        Linear = new double[Matrix.PaddedOrder];
        Center = new double[Matrix.PaddedOrder];
        _factors = new double[rows.Width];
        _rates = new double[rows.Width];
    }

    /// <summary>C.</summary>
    public double Constant { get; private set; }

    /// <summary>v, whole panels.</summary>
    public double[] Linear { get; }

    /// <summary>δ_c to float64, whole panels.</summary>
    public double[] Center { get; }

    /// <summary>At least ‖δ_c‖.</summary>
    public double CenterNorm { get; private set; }

    /// <summary>A.</summary>
    public SymmetricTiles Matrix { get; }

    /// <summary>The trace of A.</summary>
    public double Trace { get; private set; }

    /// <summary>Builds the bound.</summary>
    /// <param name="at">The rows at x.</param>
    /// <param name="direction">The direction u of the centre.</param>
    /// <param name="step">t: the centre is δ_c = t u.</param>
    /// <param name="threshold">θ, positive: the parabola of row s has the curvature 1/(2 max(|z_s|, θ)), z_s at the centre.</param>
    /// <param name="reach">The largest ‖δ‖ for which the bound is asked; +∞ for all.</param>
    /// <param name="cancellation">Ends the call early.</param>
    public void Build(RowsAtInput at, QuadraticDirection direction, double step, double threshold, double reach, CancellationToken cancellation)
    {
        CenterNorm = step * direction.Norm;
        for (int k = 0; k < direction.Values.Length; k++)
        {
            Center[k] = step * direction.Values[k];
        }

        double farthest = (reach + CenterNorm) * (1 + _rows.RowError);
        double constant = 0;
        double magnitude = 0;
        double weight = 0;
        for (int s = 0; s < _factors.Length; s++)
        {
            double z = Math.FusedMultiplyAdd(step, direction.Products[s], at.Products[s]);
            double positive = Math.Max(z, 0);
            constant += at.Signs[s] * positive;
            magnitude += positive;
            _factors[s] = z > 0 ? at.Signs[s] : 0;
            _rates[s] = 0;
            double distance = Math.Abs(z);
            if (at.Signs[s] < 0 && distance < _rows.Norms[s] * farthest)
            {
                double width = Math.Max(distance, threshold);
                double excess = width - distance;
                double lift = excess * (excess / (4 * width));
                constant -= lift;
                magnitude += lift;
                _factors[s] += (z > 0 ? 1 : -1) * (excess / (2 * width));
                _rates[s] = 1 / (4 * width);
            }

            weight += Math.Abs(_factors[s]) * _rows.Norms[s];
        }

        Constant = constant;
        _rows.Combine(_factors, cancellation).CopyTo(Linear, 0);
        _products.Compute(_rows.Weights, _rates, Matrix, cancellation);
        Trace = Matrix.Trace();
        _pointError = _rows.RowError * (at.InputNorm + CenterNorm) * _rows.FullNormSum;
        _sumError = _rows.SumError * magnitude;
        _linearWeight = _rows.SumError * weight;
        _matrixError = _rows.SumError * Trace;
    }

    /// <summary>At least by how much rounding may have raised the bound where ‖δ‖ ≤ R.</summary>
    public double ErrorWithin(double radius)
    {
        double length = (radius + CenterNorm) * (1 + _rows.RowError);
        return TwoLayerRows.Slack * (_pointError + _sumError + (length * _linearWeight) + (length * length * _matrixError));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _products.Dispose();
        Matrix.Dispose();
    }
}
