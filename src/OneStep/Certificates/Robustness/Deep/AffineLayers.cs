using OneStep.Numerics;
using OneStep.Numerics.Tiles;

namespace OneStep.Certificates.Robustness.Deep;

/// <summary>
/// The pre-activations of a layer as z = c + E (δ, ε) ± r, ‖δ‖ ≤ R and ε ∈ [−1, 1]^k, one ε for every neuron below that may switch; r holds
/// rounding alone (docs/mathematics.md §7).
/// </summary>
internal sealed unsafe class AffineLayers : IDisposable
{
    // Pays for the few roundings of an interval's ends.
    private const double Ends = 8 * RoundingError.Unit;

    private readonly TileEngine _engine = TileEngine.Best;
    private readonly DeepRows _rows;
    private readonly int _dimension;
    private readonly NativeBuffer<double> _even;
    private readonly NativeBuffer<double> _odd;
    private readonly NativeBuffer<double> _products;
    private double* _coefficients;
    private double* _next;
    private int _columns;

    // Of the last hidden layer, behind its relu: h = c + offset-wide and rounding-wide parts.
    private double[] _centers = [];
    private double[] _offsets = [];
    private double[] _roundings = [];
    private double[] _magnitudes = [];

    /// <summary>Makes the buffers.</summary>
    public AffineLayers(DeepRows rows)
    {
        _rows = rows;
        _dimension = rows.Network.InputDimension;
        IReadOnlyList<int> widths = rows.Network.HiddenWidths;
        nint most = _dimension + widths.Sum();
        nint size = Math.Max(1, widths.DefaultIfEmpty(0).Max() * most);
        _even = new(size);
        _odd = new(size);
        _products = new(most * TileEngine.Lanes);
    }

    /// <summary>Goes through all hidden layers.</summary>
    /// <param name="input">x, [d].</param>
    /// <param name="radius">R.</param>
    /// <param name="cancellation">Ends the call early.</param>
    public void Propagate(double[] input, double radius, CancellationToken cancellation)
    {
        _coefficients = _even.Pointer;
        _next = _odd.Pointer;
        (_centers, _offsets, _roundings, _magnitudes) = (input, [], [], input);
        for (int l = 0; l < _rows.HiddenLayers; l++)
        {
            cancellation.ThrowIfCancellationRequested();
            double error = _rows.ErrorOf(l) * DeepRows.LengthWithOne(_magnitudes);
            double carried = Math.Sqrt(RowProducts.Dot(_roundings, _roundings));
            double[] roundings = [.. _rows.FullNorms[l].Select(norm => norm * ((2 * error) + (TwoLayerRows.Slack * carried)))];
            double[] centers = _rows.Multiply(l, _centers, cancellation);
            if (l == 0)
            {
                CopyFirst();
            }
            else
            {
                MultiplyBy(l);
            }

            Relax(centers, roundings, radius);
        }
    }

    /// <summary>At most the smallest value of an objective.</summary>
    /// <param name="objective">The objective.</param>
    /// <param name="radius">R, as it was propagated.</param>
    public double LowerBound(DeepObjective objective, double radius)
    {
        double error = _rows.ErrorOf(_rows.HiddenLayers);
        double value = RowProducts.Dot(objective.Row, _centers) + objective.Constant;
        double rounding = 2 * error * objective.FullNorm * DeepRows.LengthWithOne(_magnitudes);
        if (_rows.HiddenLayers == 0)
        {
            return value - rounding - (radius * objective.FullNorm * (1 + error));
        }

        double[] combined = new double[_columns];
        double reach = 0;
        for (int s = 0; s < objective.Row.Length; s++)
        {
            double weight = objective.Row[s];
            reach += Math.Abs(weight) * (_offsets[s] + _roundings[s]);
            double* row = _coefficients + ((nint)s * _columns);
            for (int k = 0; k < combined.Length; k++)
            {
                combined[k] = Math.FusedMultiplyAdd(weight, row[k], combined[k]);
            }
        }

        fixed (double* row = combined)
        {
            reach += Reach(row, radius);
        }

        return value - rounding - (reach * (1 + RoundingError.Gamma(_columns + 16L) + error));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _even.Dispose();
        _odd.Dispose();
        _products.Dispose();
    }

    /// <summary>E = W of the first layer.</summary>
    private void CopyFirst()
    {
        _columns = _dimension;
        PackedWeights weights = _rows.Network.Layers[0];
        for (int s = 0; s < weights.Rows; s++)
        {
            float* lane = weights.Panel(s / TileEngine.Lanes) + (s % TileEngine.Lanes);
            for (int k = 0; k < _dimension; k++)
            {
                _coefficients[((nint)s * _columns) + k] = lane[(nint)k * TileEngine.Lanes];
            }
        }
    }

    /// <summary>E becomes W E, with a column more for every neuron below that may switch.</summary>
    private void MultiplyBy(int layer)
    {
        PackedWeights weights = _rows.Network.Layers[layer];
        int[] switching = [.. Enumerable.Range(0, _offsets.Length).Where(s => _offsets[s] > 0)];
        int columns = _columns + switching.Length;
        for (int panel = 0; panel < weights.PanelCount; panel++)
        {
            float* lanes = weights.Panel(panel);
            _engine.Multiply(_columns, _coefficients, _columns, lanes, _offsets.Length, _products.Pointer, lanes);
            for (int lane = 0; lane < Math.Min(TileEngine.Lanes, weights.Rows - (panel * TileEngine.Lanes)); lane++)
            {
                double* row = _next + ((nint)((panel * TileEngine.Lanes) + lane) * columns);
                for (int k = 0; k < _columns; k++)
                {
                    row[k] = _products.Pointer[((nint)k * TileEngine.Lanes) + lane];
                }

                for (int i = 0; i < switching.Length; i++)
                {
                    row[_columns + i] = lanes[((nint)switching[i] * TileEngine.Lanes) + lane] * _offsets[switching[i]];
                }
            }
        }

        double* before = _coefficients;
        _coefficients = _next;
        _next = before;
        _columns = columns;
    }

    /// <summary>Replaces z by h = relu(z), neuron by neuron: λz + μ/2 ± μ/2.</summary>
    private void Relax(double[] centers, double[] roundings, double radius)
    {
        double up = 1 + RoundingError.Gamma(_columns + 16L);
        double[] offsets = new double[centers.Length];
        double[] magnitudes = new double[centers.Length];
        for (int s = 0; s < centers.Length; s++)
        {
            double* row = _coefficients + ((nint)s * _columns);
            double reach = (Reach(row, radius) * up) + roundings[s];
            double ends = reach + (Ends * (Math.Abs(centers[s]) + reach));
            (double slope, double offset) = Relaxation.Chord(centers[s] - ends, centers[s] + ends);
            for (int k = 0; k < _columns; k++)
            {
                row[k] *= slope;
            }

            offsets[s] = 0.5 * offset;
            centers[s] = (slope * centers[s]) + offsets[s];
            roundings[s] *= slope;
            magnitudes[s] = Math.Abs(centers[s]) + (slope * reach) + offset;
        }

        (_centers, _offsets, _roundings, _magnitudes) = (centers, offsets, roundings, magnitudes);
    }

    /// <summary>R‖E_s on δ‖₂ + ‖E_s on ε‖₁.</summary>
    private double Reach(double* row, double radius)
    {
        double square = RowProducts.Dot(new ReadOnlySpan<double>(row, _dimension), new ReadOnlySpan<double>(row, _dimension));
        double sum = 0;
        for (int k = _dimension; k < _columns; k++)
        {
            sum += Math.Abs(row[k]);
        }

        return (radius * Math.Sqrt(square)) + sum;
    }
}
