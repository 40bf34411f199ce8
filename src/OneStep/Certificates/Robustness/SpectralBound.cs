using OneStep.Attacks;
using OneStep.Networks;
using OneStep.Numerics;

namespace OneStep.Certificates.Robustness;

/// <summary>
/// The Lipschitz bound around one input: only rows that ‖δ‖ ≤ R can switch on or off have an unknown slope, those with y a_s = +1
/// among them only help, and the others together change S by at most ½R√n times the spectral norm of their n rows
/// (docs/mathematics.md §7).
/// </summary>
public sealed record SpectralBound : IRobustnessBound
{
    private const int Rounds = 4;

    // How far beyond the radius that is proved already a round looks.
    private const double Narrowing = 1.5;

    /// <inheritdoc/>
    public string Name => "spectral";

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
        private readonly RowSpectralNorm _norm = new(rows.Weights, rows.Network.InputDimension, cancellation);
        private readonly double[] _factors = new double[rows.Width];
        private readonly double[] _switching = new double[rows.Width];

        public double Radius(int input)
        {
            _at.MoveTo(inputs.Inputs.Row(input), inputs.Signs[input], cancellation);
            double[] gradient = _at.Gradient(_factors, cancellation);

            double proved = 0;
            double most = _at.Value / Math.Sqrt(RowProducts.Dot(gradient, gradient));
            for (int round = 0; round < Rounds && most > 0 && double.IsFinite(most); round++)
            {
                // The norm of the rows that a larger radius can switch serves every smaller one.
                double norm = SwitchingNorm(most);
                proved = Math.Max(proved, RadiusSearch.Find(proved > 0 ? proved : most / 2, most, radius => Holds(radius, norm)));
                most = Math.Min(most, proved * Narrowing);
            }

            return proved;
        }

        public void Dispose() => _norm.Dispose();

        /// <summary>The spectral norm of the rows with y a_s = −1 that ‖δ‖ ≤ R can switch.</summary>
        private double SwitchingNorm(double radius)
        {
            for (int s = 0; s < _switching.Length; s++)
            {
                _switching[s] = _at.Signs[s] < 0 && Switches(s, radius) ? 1 : 0;
            }

            return _norm.Of(_switching);
        }

        private bool Switches(int row, double radius) =>
            Math.Abs(_at.Products[row]) < radius * rows.Norms[row] * (1 + rows.RowError);

        private bool Holds(double radius, double norm)
        {
            int switching = 0;
            double weight = 0;
            for (int s = 0; s < _factors.Length; s++)
            {
                bool on = _at.Products[s] > 0;
                bool isSwitching = _at.Signs[s] < 0 && Switches(s, radius);
                double slope = isSwitching ? 0.5 : on ? 1 : 0;
                switching += isSwitching ? 1 : 0;
                _factors[s] = _at.Signs[s] * slope;
                weight += slope * rows.Norms[s];
            }

            double[] gradient = rows.Combine(_factors, cancellation);
            double length = Math.Sqrt(RowProducts.Dot(gradient, gradient)) + (rows.SumError * weight) + (0.5 * Math.Sqrt(switching) * norm);
            return _at.LowerValue > radius * length * (1 + rows.RowError);
        }
    }
}
