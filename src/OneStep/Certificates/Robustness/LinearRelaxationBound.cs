using OneStep.Attacks;
using OneStep.Networks;
using OneStep.Numerics;

namespace OneStep.Certificates.Robustness;

/// <summary>
/// Every relu between two lines on the interval that its pre-activation can reach, as [ZWCHD18] do: a line through zero below those with
/// y a_s = +1, a chord above those with y a_s = −1. What is left is linear in δ (docs/mathematics.md §7).
/// </summary>
public sealed record LinearRelaxationBound : IRobustnessBound
{
    /// <inheritdoc/>
    public string Name => "linear-relaxation";

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
        private readonly double[] _factors = new double[rows.Width];

        public double Radius(int input)
        {
            _at.MoveTo(inputs.Inputs.Row(input), inputs.Signs[input], cancellation);
            double[] gradient = _at.Gradient(_factors, cancellation);
            double slope = Math.Sqrt(RowProducts.Dot(gradient, gradient));
            return RadiusSearch.Find(_at.Value / slope, double.PositiveInfinity, Holds);
        }

        public void Dispose()
        {
        }

        private bool Holds(double radius)
        {
            double constant = 0;
            double magnitude = 0;
            double weight = 0;
            for (int s = 0; s < _factors.Length; s++)
            {
                double z = _at.Products[s];
                double reach = radius * rows.Norms[s] * (1 + rows.RowError);
                (double slope, double offset) = _at.Signs[s] > 0 ? Below(z, reach) : Relaxation.Chord(z - reach, z + reach);
                _factors[s] = _at.Signs[s] * slope;
                constant += (_factors[s] * z) - offset;
                magnitude += (slope * Math.Abs(z)) + offset;
                weight += slope * rows.Norms[s];
            }

            double[] gradient = rows.Combine(_factors, cancellation);
            double length = Math.Sqrt(RowProducts.Dot(gradient, gradient)) + (rows.SumError * weight);
            return constant > _at.PointError + (rows.SumError * magnitude) + (radius * length * (1 + rows.RowError));
        }

        /// <summary>The better of two lines below relu on the interval.</summary>
        private static (double Slope, double Offset) Below(double z, double reach) => (z + reach > reach - z ? 1 : 0, 0);
    }
}
