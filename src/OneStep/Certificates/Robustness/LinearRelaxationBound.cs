using OneStep.Numerics;

namespace OneStep.Certificates.Robustness;

/// <summary>
/// Every relu between two lines on the interval that its pre-activation can reach, as [ZWCHD18] do: a line through zero below those with
/// y a_s = +1, a chord above those with y a_s = −1. What is left is linear in δ (docs/mathematics.md §7).
/// </summary>
public sealed record LinearRelaxationBound : TwoLayerBound
{
    /// <inheritdoc/>
    public override string Name => "linear-relaxation";

    /// <inheritdoc/>
    private protected override Func<IInputSearch> Prepare(TwoLayerRows rows, RobustnessInputs inputs, CancellationToken cancellation) =>
        () => new Search(rows, inputs, cancellation);

    private sealed class Search(TwoLayerRows rows, RobustnessInputs inputs, CancellationToken cancellation)
        : TwoLayerSearch(rows, inputs, cancellation)
    {
        protected override double FindRadius(ReadOnlySpan<float> perturbation)
        {
            double[] gradient = At.Gradient(Factors, Cancellation);
            double slope = Math.Sqrt(RowProducts.Dot(gradient, gradient));
            return RadiusSearch.Find(At.Value / slope, double.PositiveInfinity, Holds);
        }

        private bool Holds(double radius)
        {
            double constant = 0;
            double magnitude = 0;
            double weight = 0;
            for (int s = 0; s < Factors.Length; s++)
            {
                double z = At.Products[s];
                double reach = radius * Rows.Norms[s] * (1 + Rows.RowError);
                (double slope, double offset) = At.Signs[s] > 0 ? Below(z, reach) : Relaxation.Chord(z - reach, z + reach);
                Factors[s] = At.Signs[s] * slope;
                constant += (Factors[s] * z) - offset;
                magnitude += (slope * Math.Abs(z)) + offset;
                weight += slope * Rows.Norms[s];
            }

            double[] gradient = Rows.Combine(Factors, Cancellation);
            double length = Math.Sqrt(RowProducts.Dot(gradient, gradient)) + (Rows.SumError * weight);
            return constant > At.PointError + (Rows.SumError * magnitude) + (radius * length * (1 + Rows.RowError));
        }

        /// <summary>The better of two lines below relu on the interval.</summary>
        private static (double Slope, double Offset) Below(double z, double reach) => (z + reach > reach - z ? 1 : 0, 0);
    }
}
