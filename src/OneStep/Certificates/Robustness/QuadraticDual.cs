using OneStep.Numerics;

namespace OneStep.Certificates.Robustness;

/// <summary>
/// The largest R up to which a quadratic bound stays positive on ‖δ‖ ≤ R, by the dual of the trust-region problem: any λ with
/// λI − A ≻ 0 proves the R of which C + λ(‖δ_c‖² − R²) − ¼ wᵀ(λI − A)⁻¹w ≥ 0, w = v + 2λδ_c (docs/mathematics.md §7).
/// </summary>
internal sealed class QuadraticDual : IDisposable
{
    private const int Steps = 24;

    // The radius is stationary in λ: this relative difference between ‖δ(λ)‖ and R loses its square.
    private const double Accuracy = 1e-3;

    // How far below λ the factorisation is, so that it proves more than rounding takes away (docs/mathematics.md §13).
    private const double Margin = 1e-8;
    private const double Shrink = 1e-9;
    private const int Shrinks = 12;

    private readonly ShiftedCholesky _factor;
    private readonly double[] _minimizer;
    private readonly double[] _image;
    private readonly double[] _shifted;
    private readonly CancellationToken _cancellation;

    /// <summary>Makes the buffers.</summary>
    /// <param name="order">The order of A.</param>
    /// <param name="cancellation">Ends calls early.</param>
    public QuadraticDual(int order, CancellationToken cancellation)
    {
        _cancellation = cancellation;
        _factor = new(order);
        int padded = (order + PackedWeights.Lanes - 1) / PackedWeights.Lanes * PackedWeights.Lanes;
        _minimizer = new double[padded];
        _image = new double[padded];
        _shifted = new double[padded];
    }

    /// <summary>Looks for the best λ; nothing is proved.</summary>
    /// <param name="model">The bound.</param>
    /// <param name="scale">About the R that is expected.</param>
    /// <returns>About the largest R, and its λ; R = 0 where there is none.</returns>
    public (double Radius, double Multiplier) Estimate(QuadraticModel model, double scale)
    {
        // In δ instead of δ': constant + linear·δ − δᵀAδ.
        model.Matrix.Multiply(model.Center, _image);
        double constant = model.Constant - RowProducts.Dot(model.Linear, model.Center) - RowProducts.Dot(model.Center, _image);
        for (int k = 0; k < _shifted.Length; k++)
        {
            _shifted[k] = model.Linear[k] + (2 * _image[k]);
        }

        double slope = Math.Sqrt(RowProducts.Dot(_shifted, _shifted));
        if (!(constant > 0) || !(slope > 0) || !double.IsFinite(slope))
        {
            return (0, 0);
        }

        double low = 0;
        double high = double.PositiveInfinity;
        double multiplier = (slope / (2 * scale)) + (model.Trace / model.Matrix.Order);
        (double Radius, double Multiplier) best = (0, 0);
        for (int step = 0; step < Steps; step++)
        {
            if (!_factor.TryFactor(model.Matrix, multiplier, _cancellation))
            {
                low = multiplier;
                multiplier = Between(low, high, 2 * multiplier);
                continue;
            }

            (double length, double square, double curvature) = Minimize(constant, multiplier);
            double radius = Math.Sqrt(Math.Max(square, 0));
            if (radius > best.Radius)
            {
                best = (radius, multiplier);
            }

            if (length > radius)
            {
                low = multiplier;
            }
            else
            {
                high = multiplier;
            }

            if (Math.Abs(length - radius) <= Accuracy * radius)
            {
                break;
            }

            double next = radius > 0 ? multiplier + (length * length / curvature * (length - radius) / radius) : 4 * multiplier;
            multiplier = Between(low, high, next);
        }

        return best;
    }

    /// <summary>The largest R that a λ proves, rounding included; 0 where it proves none.</summary>
    /// <param name="model">The bound.</param>
    /// <param name="multiplier">λ.</param>
    /// <param name="most">The R beyond which the bound does not hold.</param>
    public double Prove(QuadraticModel model, double multiplier, double most)
    {
        double margin = Margin * multiplier;
        double proved = ShiftedCholesky.ProvedMargin(model.Matrix, multiplier, margin);
        if (!(proved > 0) || !_factor.TryFactor(model.Matrix, multiplier - margin, _cancellation))
        {
            return 0;
        }

        for (int k = 0; k < _shifted.Length; k++)
        {
            _shifted[k] = model.Linear[k] + (2 * multiplier * model.Center[k]);
            _minimizer[k] = -0.5 * _shifted[k];
        }

        _factor.SolveLower(_minimizer);
        _factor.SolveUpper(_minimizer);
        model.Matrix.Multiply(_minimizer, _image);
        for (int k = 0; k < _image.Length; k++)
        {
            // ρ, which is zero at the minimum.
            _image[k] = _shifted[k] + (2 * ((multiplier * _minimizer[k]) - _image[k]));
        }

        // ‖|A|‖₂ is at most the trace, since |A_kl|² ≤ A_kk A_ll.
        double length = Math.Sqrt(RowProducts.Dot(_minimizer, _minimizer));
        double centerSquare = RowProducts.Dot(model.Center, model.Center);
        double linear = Math.Sqrt(RowProducts.Dot(model.Linear, model.Linear)) + (2 * multiplier * Math.Sqrt(centerSquare));
        double stiffness = multiplier + (2 * model.Trace);
        double vectorError = TwoLayerRows.Slack * RoundingError.Gamma(_image.Length + 16L) * (linear + (2 * stiffness * length));
        double residual = (TwoLayerRows.Slack * Math.Sqrt(RowProducts.Dot(_image, _image))) + vectorError;
        double value = model.Constant + (multiplier * centerSquare)
            + (0.5 * (RowProducts.Dot(_shifted, _minimizer) + RowProducts.Dot(_image, _minimizer)))
            - (TwoLayerRows.Slack * residual * residual / (4 * proved));
        double magnitude = Math.Abs(model.Constant) + (multiplier * centerSquare) + (linear * length) + (stiffness * length * length);
        double rounding = 2 * TwoLayerRows.Slack * RoundingError.Gamma((2L * _image.Length) + 32) * magnitude;

        double radius = Math.Min(Math.Sqrt(Math.Max(value, 0) / multiplier), most);
        for (int shrink = 0; shrink < Shrinks; shrink++)
        {
            radius *= 1 - (Shrink * (1L << (2 * shrink)));
            double up = (radius + (8 * RoundingError.Unit * (radius + model.CenterNorm))) * (1 + (8 * RoundingError.Unit));
            if (value - (multiplier * up * up * (1 + (8 * RoundingError.Unit))) - rounding - model.ErrorWithin(radius) > 0)
            {
                return radius;
            }
        }

        return 0;
    }

    /// <inheritdoc/>
    public void Dispose() => _factor.Dispose();

    private static double Between(double low, double high, double next) =>
        next > low && next < high ? next : double.IsFinite(high) ? 0.5 * (low + high) : 2 * low;

    /// <summary>At δ(λ) = −½(λI − A)⁻¹v: its length, the R² that λ gives, and δᵀ(λI − A)⁻¹δ.</summary>
    private (double Length, double Square, double Curvature) Minimize(double constant, double multiplier)
    {
        _shifted.CopyTo(_minimizer, 0);
        _factor.SolveLower(_minimizer);
        double square = (constant - (0.25 * RowProducts.Dot(_minimizer, _minimizer))) / multiplier;
        _factor.SolveUpper(_minimizer);
        double length = 0.5 * Math.Sqrt(RowProducts.Dot(_minimizer, _minimizer));
        _factor.SolveLower(_minimizer);
        return (length, square, 0.25 * RowProducts.Dot(_minimizer, _minimizer));
    }
}
