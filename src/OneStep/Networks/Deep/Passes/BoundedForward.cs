using OneStep.Numerics;

namespace OneStep.Networks.Deep.Passes;

/// <summary>
/// The pre-activations of 32 inputs in float64, with bounds on their errors, and what these errors do to the margin between
/// two outputs (docs/mathematics.md §15): one worker's memory. Layers are counted from 0 here.
/// </summary>
internal sealed unsafe class BoundedForward : IDisposable
{
    private const int Lanes = LayerProducts.Inputs;

    // Pays for the rounding of the bounds themselves.
    private const double Slack = 1.01;

    // Pays for products that underflow; nothing of any size does.
    private const double Tiny = 1e-290;

    private readonly DeepNetwork _network;
    private readonly DoubleLayers _products;
    private readonly NativeBuffer<double>[] _z;
    private readonly NativeBuffer<double> _h;
    private readonly NativeBuffer<double> _a;

    // Of each layer and lane: ‖ρ‖/‖W‖_F, the error of the layer's own sums; the bound on the whole error, ε_s/‖w_s‖; and its norm.
    private readonly double[][] _own;
    private readonly double[][] _error;
    private readonly double[][] _norm;

    public BoundedForward(DeepNetwork network)
    {
        _network = network;
        _products = new(network);
        _z = [.. network.Layers.Select(layer => new NativeBuffer<double>((nint)LayerProducts.RowsFor(layer) * Lanes))];
        nint rows = Math.Max(LayerActivations.MaximumRows(network), LayerProducts.RowsFor(network.Layers[^1]));
        _h = new(rows * Lanes);
        _a = new(rows * Lanes);
        _own = [.. network.Layers.Select(_ => new double[Lanes])];
        _error = [.. network.Layers.Select(_ => new double[Lanes])];
        _norm = [.. network.Layers.Select(_ => new double[Lanes])];
    }

    /// <summary>Computes all layers.</summary>
    public void Run(LayerNorms norms, Matrix<double> inputs, int first, int count)
    {
        LayerActivations.Pack(inputs, first, count, 1.0, _network.HasBias, _h.Pointer);
        Span<double> squares = stackalloc double[Lanes];
        for (int l = 0; l < _network.Layers.Count; l++)
        {
            PackedWeights layer = _network.Layers[l];
            _products.Forward(layer, _h.Pointer, _z[l].Pointer);
            SumSquares(_h.Pointer, layer.Columns, squares);
            double gamma = RoundingError.Gamma(DoubleLayers.ForwardRoundings(layer));
            for (int lane = 0; lane < Lanes; lane++)
            {
                double before = l == 0 ? 0 : _norm[l - 1][lane];
                _own[l][lane] = Slack * gamma * Math.Sqrt(squares[lane]);
                _error[l][lane] = _own[l][lane] + (Slack * before);
                _norm[l][lane] = (_own[l][lane] * norms.Frobenius(l)) + (norms.Spectral(l) * before) + (layer.Rows * Tiny);
            }

            if (l < _network.Layers.Count - 1)
            {
                Rectify(layer, _z[l].Pointer);
            }
        }
    }

    /// <summary>One input's outputs.</summary>
    public void CopyOutputs(int lane, Span<double> outputs) => OutputProducts.Copy(_z[^1].Pointer, lane, outputs);

    /// <summary>A bound on the error of an output, from what came before without a look at what it does.</summary>
    public double CoarseBound(LayerNorms norms, int output, int lane) =>
        ((norms.Rows(_z.Length - 1)[output] * _error[^1][lane]) + Tiny) + SubtractionError(output, lane);

    /// <summary>Bounds the errors of margins z_o − z_j, one an input, or of z_o alone.</summary>
    /// <param name="norms">Norms of the layers.</param>
    /// <param name="output">o.</param>
    /// <param name="competitors">j of each input, or <see cref="OutputMargin.None"/>.</param>
    /// <param name="errors">Receives the bounds.</param>
    public void BoundMargins(LayerNorms norms, int output, ReadOnlySpan<int> competitors, Span<double> errors)
    {
        int last = _network.Layers.Count - 1;
        _a.Clear((nint)_network.Layers[last].PanelCount * PackedWeights.Lanes * Lanes);
        for (int lane = 0; lane < errors.Length; lane++)
        {
            errors[lane] = OwnError(norms, last, output, lane) + SubtractionError(output, lane);
            _a.Pointer[(output * Lanes) + lane] = 1;
            if (competitors[lane] != OutputMargin.None)
            {
                errors[lane] += OwnError(norms, last, competitors[lane], lane) + SubtractionError(competitors[lane], lane);
                _a.Pointer[(competitors[lane] * Lanes) + lane] = -1;
            }
        }

        Span<double> squares = stackalloc double[Lanes];
        for (int l = last; l > 0; l--)
        {
            PackedWeights layer = _network.Layers[l];
            SumSquares(_a.Pointer, layer.Rows, squares);
            double gamma = RoundingError.Gamma(DoubleLayers.BackwardRoundings(layer));
            for (int lane = 0; lane < errors.Length; lane++)
            {
                errors[lane] += gamma * Math.Sqrt(squares[lane]) * norms.Frobenius(l) * _norm[l - 1][lane];
            }

            _products.Backward(layer, _network.Layers[l - 1].Rows, _a.Pointer, _h.Pointer);
            AddLayer(norms, l - 1, errors);
        }

        foreach (ref double error in errors)
        {
            error *= Slack;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _products.Dispose();
        _h.Dispose();
        _a.Dispose();
        foreach (NativeBuffer<double> z in _z)
        {
            z.Dispose();
        }
    }

    /// <summary>Adds what the errors of a hidden layer do to the margins, whose gradient in its activations is known, and goes on
    /// to the gradient in its pre-activations.</summary>
    private void AddLayer(LayerNorms norms, int l, Span<double> errors)
    {
        PackedWeights layer = _network.Layers[l];
        ReadOnlySpan<double> rowNorms = norms.Rows(l);
        for (int s = 0; s < layer.Rows; s++)
        {
            nint row = (nint)s * Lanes;
            for (int lane = 0; lane < errors.Length; lane++)
            {
                double z = _z[l].Pointer[row + lane];
                double gradient = Math.Abs(_h.Pointer[row + lane]);
                double error = (rowNorms[s] * _error[l][lane]) + Tiny;

                // Not certainly on its side: the exact neuron may be active where the computed one is not.
                if (!(Math.Abs(z) > error))
                {
                    errors[lane] += gradient * error;
                }

                errors[lane] += z > 0 ? gradient * ((rowNorms[s] * _own[l][lane]) + Tiny) : 0;
                _a.Pointer[row + lane] = z > 0 ? _h.Pointer[row + lane] : 0;
            }
        }

        nint used = (nint)layer.Rows * Lanes;
        new Span<double>(_a.Pointer + used, (int)(((nint)layer.PanelCount * PackedWeights.Lanes * Lanes) - used)).Clear();
    }

    private double OwnError(LayerNorms norms, int layer, int row, int lane) => (norms.Rows(layer)[row] * _own[layer][lane]) + Tiny;

    // The margin is a difference of two rounded outputs, and is compared with others.
    private double SubtractionError(int output, int lane) => 4 * RoundingError.Unit * Math.Abs(_z[^1].Pointer[(output * Lanes) + lane]);

    private static void SumSquares(double* values, int rows, Span<double> squares)
    {
        squares.Clear();
        for (int row = 0; row < rows; row++)
        {
            for (int lane = 0; lane < Lanes; lane++)
            {
                double value = values[((nint)row * Lanes) + lane];
                squares[lane] += value * value;
            }
        }
    }

    private void Rectify(PackedWeights layer, double* z)
    {
        nint count = (nint)layer.Rows * Lanes;
        for (nint i = 0; i < count; i++)
        {
            _h.Pointer[i] = z[i] > 0 ? z[i] : 0;
        }

        if (_network.HasBias)
        {
            new Span<double>(_h.Pointer + count, Lanes).Fill(1);
        }
    }
}
