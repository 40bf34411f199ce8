using OneStep.Attacks;
using OneStep.Networks;
using OneStep.Numerics;

namespace OneStep.Certificates.Robustness.Deep;

/// <summary>
/// Intervals from layer to layer, every neuron by itself [GDSBQUAMK18]: the first layer within R‖w_s‖, every further one within |W| times the
/// radii before it (docs/mathematics.md §7).
/// </summary>
public sealed record DeepIntervalBound : IRobustnessBound
{
    // Pays for the few roundings of an interval's ends.
    private const double Ends = 8 * RoundingError.Unit;

    /// <inheritdoc/>
    public string Name => "interval";

    /// <inheritdoc/>
    public bool Supports(IScoreFunction candidate) => DeepRows.Supports(candidate);

    /// <inheritdoc/>
    public double[] Radii(RobustnessInputs inputs, AttackExecution execution)
    {
        ArgumentNullException.ThrowIfNull(execution);
        DeepRows rows = DeepRows.Of(inputs);
        PackedWeights[] magnitudes = [.. rows.Network.Layers.Select(Magnitudes)];
        try
        {
            return InputSearches.Run(inputs, Name, execution, () => new Search(rows, magnitudes, inputs, execution.Cancellation));
        }
        finally
        {
            Array.ForEach(magnitudes, layer => layer.Dispose());
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>|W|.</summary>
    private static PackedWeights Magnitudes(PackedWeights layer)
    {
        var magnitudes = new PackedWeights(layer.Rows, layer.Columns);
        float[] row = new float[layer.Columns];
        for (int s = 0; s < layer.Rows; s++)
        {
            layer.CopyRowTo(s, row);
            magnitudes.SetRow(s, Array.ConvertAll(row, Math.Abs));
        }

        return magnitudes;
    }

    private sealed class Search(DeepRows rows, PackedWeights[] magnitudes, RobustnessInputs inputs, CancellationToken cancellation)
        : DeepSearch(rows, inputs, cancellation)
    {
        // What the last layer takes in: middles and half widths.
        private double[] _middles = [];
        private double[] _widths = [];

        public override void Dispose()
        {
        }

        protected override void Propagate(double radius)
        {
            _middles = Input;
            _widths = [];
            for (int l = 0; l < Rows.HiddenLayers; l++)
            {
                double[] centers = Rows.Multiply(l, _middles, Cancellation);
                double[] reaches = l == 0 ? [.. Rows.Norms[0].Select(norm => radius * norm)] : Reaches(l);
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

        /// <summary>|W| times the half widths.</summary>
        private double[] Reaches(int layer)
        {
            double[] vector = new double[magnitudes[layer].Columns];
            _widths.CopyTo(vector, 0);
            double[] product = new double[magnitudes[layer].Rows];
            PackedProducts.Multiply(magnitudes[layer], vector, product, 1, Cancellation);
            return product;
        }

        private double Length() => DeepRows.LengthWithOne(_widths.Length == 0 ? _middles : [.. _middles.Zip(_widths, (m, w) => Math.Abs(m) + w)]);
    }
}
