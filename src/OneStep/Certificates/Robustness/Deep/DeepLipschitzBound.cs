using OneStep.Numerics;

namespace OneStep.Certificates.Robustness.Deep;

/// <summary>
/// The product of the layers' spectral norms around one input: rows and columns of neurons that are off wherever ‖δ‖ ≤ R do not count
/// (docs/mathematics.md §7).
/// </summary>
public sealed record DeepLipschitzBound : DeepBound
{
    // Radii that are looked at; each takes the norms of all layers, and halves the gap to the one that is proved.
    private const int Steps = 8;

    /// <inheritdoc/>
    public override string Name => "lipschitz-product";

    /// <inheritdoc/>
    private protected override DeepSearch CreateSearch(DeepRows rows, RobustnessInputs inputs, CancellationToken cancellation) =>
        new Search(rows, inputs, cancellation);

    private sealed class Search(DeepRows rows, RobustnessInputs inputs, CancellationToken cancellation) : DeepSearch(rows, inputs, cancellation)
    {
        private readonly RowSpectralNorm[] _norms = [.. rows.Network.Layers.SkipLast(1).Select(layer =>
            new RowSpectralNorm(layer, layer.Columns - (rows.Network.HasBias ? 1 : 0), cancellation))];

        // What the last layer takes in at x, which of it may differ from zero, and by how much it moves: factor · ‖δ‖ + offset.
        private double[] _hidden = [];
        private bool[] _isOn = [];
        private double _factor;
        private double _offset;

        public override void Dispose()
        {
            Array.ForEach(_norms, norm => norm.Dispose());
            base.Dispose();
        }

        protected override double FindRadius(double guess, IReadOnlyList<DeepObjective> objectives)
        {
            double proved = 0;
            double radius = guess;
            for (int step = 0; step < Steps && radius > 0 && double.IsFinite(radius); step++)
            {
                // What is on within a radius is on within every larger one, so that the norms serve every smaller one.
                Propagate(radius);
                double within = objectives.Min(objective => LowerBound(objective, radius));
                proved = Math.Min(within, radius) > proved ? Math.Min(within, radius) : proved;
                radius = within > radius ? 2 * radius : Math.Sqrt(proved * radius);
            }

            return proved;
        }

        protected override void Propagate(double radius)
        {
            _hidden = Input;
            _isOn = [];
            (_factor, _offset) = (1, 0);
            for (int l = 0; l < Rows.HiddenLayers; l++)
            {
                double distance = ((_factor * radius) + _offset) * (1 + Rows.ErrorOf(l));
                double rounding = Rows.ErrorOf(l) * DeepRows.LengthWithOne(_hidden);
                double[] values = Rows.Multiply(l, _hidden, Cancellation);
                bool[] isOn = new bool[values.Length];
                double[] rates = new double[values.Length];
                double squares = 0;
                for (int s = 0; s < values.Length; s++)
                {
                    double reach = (Rows.Norms[l][s] * distance) + (rounding * Rows.FullNorms[l][s]);
                    isOn[s] = values[s] > -reach * (1 + Rows.ErrorOf(l));
                    rates[s] = isOn[s] ? 1 : 0;
                    values[s] = Math.Max(values[s], 0);
                    squares += Rows.FullNorms[l][s] * Rows.FullNorms[l][s];
                }

                double norm = _norms[l].Of(rates, _isOn);
                _factor *= norm * (1 + Rows.ErrorOf(l));
                _offset = ((norm * _offset) + (rounding * Math.Sqrt(squares))) * (1 + Rows.ErrorOf(l));
                (_hidden, _isOn) = (values, isOn);
            }
        }

        /// <summary>The radius within which an objective stays positive.</summary>
        protected override double LowerBound(DeepObjective objective, double radius)
        {
            double error = Rows.ErrorOf(Rows.HiddenLayers);
            double value = RowProducts.Dot(objective.Row, _hidden) + objective.Constant - (2 * error * objective.FullNorm * DeepRows.LengthWithOne(_hidden));
            double square = 0;
            for (int k = 0; k < objective.Row.Length; k++)
            {
                square += _isOn.Length == 0 || _isOn[k] ? objective.Row[k] * objective.Row[k] : 0;
            }

            return ((value / (Math.Sqrt(square) * (1 + error))) - _offset) / _factor * (1 - error);
        }
    }
}
