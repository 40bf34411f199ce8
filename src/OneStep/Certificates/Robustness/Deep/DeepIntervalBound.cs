using OneStep.Numerics;

namespace OneStep.Certificates.Robustness.Deep;

/// <summary>
/// Intervals from layer to layer, every neuron by itself [GDSBQUAMK18]: the first layer within R‖w_s‖, every further one within |W| times the
/// radii before it (docs/mathematics.md §7).
/// </summary>
public sealed record DeepIntervalBound : DeepBound
{
    // Pays for the few roundings of an interval's ends.
    private const double Ends = 8 * RoundingError.Unit;

    /// <inheritdoc/>
    public override string Name => "interval";

    /// <inheritdoc/>
    private protected override DeepSearch CreateSearch(DeepRows rows, RobustnessInputs inputs, CancellationToken cancellation) =>
        new Search(rows, inputs, cancellation);

    private sealed class Search(DeepRows rows, RobustnessInputs inputs, CancellationToken cancellation)
        : DeepSearch(rows, inputs, cancellation)
    {
        // What the last layer takes in: middles and half widths.
        private double[] _middles = [];
        private double[] _widths = [];

        protected override void Propagate(double radius)
        {
            _middles = Input;
            _widths = [];
            for (int l = 0; l < Rows.HiddenLayers; l++)
            {
                double[] centers = Rows.Multiply(l, _middles, Cancellation);
                double[] reaches = l == 0 ? [.. Rows.Norms[0].Select(norm => radius * norm)] : Rows.MultiplyMagnitudes(l, _widths);
                double rounding = Rows.ErrorOf(l) * Length();
                for (int s = 0; s < centers.Length; s++)
                {
                    double reach = (reaches[s] * (1 + Rows.ErrorOf(l))) + (rounding * Rows.FullNorms[l][s]);
                    double low = Math.Max(centers[s] - reach, 0);
                    double high = Math.Max(centers[s] + reach, 0);
                    centers[s] = 0.5 * (low + high);
                    reaches[s] = (0.5 * (high - low)) + (Ends * high);
                }

                (_middles, _widths) = (centers, reaches);
            }
        }

        protected override double LowerBound(DeepObjective objective, double radius)
        {
            double value = RowProducts.Dot(objective.Row, _middles) + objective.Constant;
            double reach = Rows.HiddenLayers == 0
                ? radius * objective.FullNorm
                : objective.Row.Zip(_widths, (weight, width) => Math.Abs(weight) * width).Sum();
            double error = Rows.ErrorOf(Rows.HiddenLayers);
            return value - (reach * (1 + error)) - (2 * error * objective.FullNorm * Length());
        }

        private double Length() => DeepRows.LengthWithOne(_widths.Length == 0 ? _middles : [.. _middles.Zip(_widths, (m, w) => Math.Abs(m) + w)]);
    }
}
