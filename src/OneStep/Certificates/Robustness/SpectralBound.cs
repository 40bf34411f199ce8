using OneStep.Numerics;

namespace OneStep.Certificates.Robustness;

/// <summary>
/// The Lipschitz bound around one input: only rows that ‖δ‖ ≤ R can switch on or off have an unknown slope, those with y a_s = +1
/// among them only help, and the others together change S by at most ½R√n times the spectral norm of their n rows
/// (docs/mathematics.md §7).
/// </summary>
public sealed record SpectralBound : TwoLayerBound
{
    private const int Rounds = 4;

    // How far beyond the radius that is proved already a round looks.
    private const double Narrowing = 1.5;

    /// <inheritdoc/>
    public override string Name => "spectral";

    /// <inheritdoc/>
    private protected override Func<IInputSearch> Prepare(TwoLayerRows rows, RobustnessInputs inputs, CancellationToken cancellation) =>
        () => new Search(rows, inputs, cancellation);

    private sealed class Search(TwoLayerRows rows, RobustnessInputs inputs, CancellationToken cancellation)
        : TwoLayerSearch(rows, inputs, cancellation)
    {
        private readonly RowSpectralNorm _norm = new(rows.Weights, rows.Network.InputDimension, cancellation);
        private readonly double[] _switching = new double[rows.Width];

        public override void Dispose()
        {
            _norm.Dispose();
            base.Dispose();
        }

        protected override double FindRadius(ReadOnlySpan<float> perturbation)
        {
            double[] gradient = At.Gradient(Factors, Cancellation);
            double proved = 0;
            double most = At.Value / Math.Sqrt(RowProducts.Dot(gradient, gradient));
            for (int round = 0; round < Rounds && most > 0 && double.IsFinite(most); round++)
            {
                // The norm of the rows that a larger radius can switch serves every smaller one.
                double norm = SwitchingNorm(most);
                proved = Math.Max(proved, RadiusSearch.Find(proved > 0 ? proved : most / 2, most, radius => Holds(radius, norm)));
                most = Math.Min(most, proved * Narrowing);
            }

            return proved;
        }

        /// <summary>The spectral norm of the rows with y a_s = −1 that ‖δ‖ ≤ R can switch.</summary>
        private double SwitchingNorm(double radius)
        {
            for (int s = 0; s < _switching.Length; s++)
            {
                _switching[s] = At.Signs[s] < 0 && Switches(s, radius) ? 1 : 0;
            }

            return _norm.Of(_switching);
        }

        private bool Switches(int row, double radius) =>
            Math.Abs(At.Products[row]) < radius * Rows.Norms[row] * (1 + Rows.RowError);

        private bool Holds(double radius, double norm)
        {
            int switching = 0;
            double weight = 0;
            for (int s = 0; s < Factors.Length; s++)
            {
                bool on = At.Products[s] > 0;
                bool isSwitching = At.Signs[s] < 0 && Switches(s, radius);
                double slope = isSwitching ? 0.5 : on ? 1 : 0;
                switching += isSwitching ? 1 : 0;
                Factors[s] = At.Signs[s] * slope;
                weight += slope * Rows.Norms[s];
            }

            double[] gradient = Rows.Combine(Factors, Cancellation);
            double length = Math.Sqrt(RowProducts.Dot(gradient, gradient)) + (Rows.SumError * weight) + (0.5 * Math.Sqrt(switching) * norm);
            return At.LowerValue > radius * length * (1 + Rows.RowError);
        }
    }
}
