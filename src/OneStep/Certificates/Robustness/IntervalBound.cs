using OneStep.Attacks;
using OneStep.Networks;

namespace OneStep.Certificates.Robustness;

/// <summary>
/// Every neuron at its worst by itself: w_s·(x + δ) lies within R‖w_s‖ of w_s·x, and S ≥ Σ₊ relu(z_s − R‖w_s‖) − Σ₋ relu(z_s + R‖w_s‖)
/// (docs/mathematics.md §7). On wide networks it says next to nothing.
/// </summary>
public sealed record IntervalBound : IRobustnessBound
{
    /// <inheritdoc/>
    public string Name => "interval";

    /// <inheritdoc/>
    public bool Supports(IScoreFunction candidate) => TwoLayerRows.Supports(candidate);

    /// <inheritdoc/>
    public double[] Radii(RobustnessInputs inputs, AttackExecution execution)
    {
        ArgumentNullException.ThrowIfNull(execution);
        TwoLayerRows rows = TwoLayerRows.Of(inputs);
        return InputSearches.Run(inputs, Name, execution, () => new Search(rows, inputs, execution.Cancellation));
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    private sealed class Search(TwoLayerRows rows, RobustnessInputs inputs, CancellationToken cancellation) : IInputSearch
    {
        private readonly RowsAtInput _at = new(rows);

        public double Radius(int input)
        {
            _at.MoveTo(inputs.Inputs.Row(input), inputs.Signs[input], cancellation);
            return RadiusSearch.Find(_at.Value / rows.NormSum, double.PositiveInfinity, Holds);
        }

        public void Dispose()
        {
        }

        private bool Holds(double radius)
        {
            cancellation.ThrowIfCancellationRequested();
            double sum = 0;
            double magnitude = 0;
            for (int s = 0; s < _at.Products.Length; s++)
            {
                double sign = _at.Signs[s];
                double worst = Math.Max(_at.Products[s] - (sign * radius * rows.Norms[s]), 0);
                sum += sign * worst;

                // Where the two nearly cancel, their rounding is larger than they are.
                magnitude += worst + Math.Abs(_at.Products[s]) + (radius * rows.Norms[s]);
            }

            return sum > _at.PointError + (rows.SumError * magnitude);
        }
    }
}
