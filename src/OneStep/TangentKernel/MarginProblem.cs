using OneStep.Data;
using OneStep.Numerics;
using OneStep.Numerics.Randomness;

namespace OneStep.TangentKernel;

/// <summary>
/// D(q) = (1/m) Σ_s ‖Σ_i q_i y_i x_i 1[z_s · x_i > 0]‖ over the simplex, whose minimum is the margin, with its gradient and its
/// Hessian, from the inner products of the examples alone (docs/mathematics.md §18).
/// </summary>
internal sealed class MarginProblem
{
    private const int RowsAnItem = 16;

    // y_i y_j x_i · x_j, [n, n].
    private readonly Matrix<double> _gram;

    // 1[z_s · x_i > 0], [m, n].
    private readonly bool[] _active;

    // q_i on the active examples, and its product with the Gram matrix, [m, n].
    private readonly Matrix<double> _weighted;
    private readonly Matrix<double> _products;

    private readonly double[] _radii;
    private readonly double[] _norms;
    private readonly int _samples;

    /// <summary>Takes the inner products and draws the samples.</summary>
    public MarginProblem(LabelledInputs examples, int samples, ulong seed, KernelExecution execution)
    {
        int n = examples.Count;
        Execution = execution;
        _samples = samples;
        _gram = Gram(examples, execution);
        _active = Activations(examples.Inputs, samples, seed, execution);
        _weighted = new(samples, n);
        _products = new(samples, n);
        _radii = new double[samples];
        _norms = new double[samples];
        Payoffs = new double[n];
        LargestNorm = Math.Sqrt(Enumerable.Range(0, n).Max(i => _gram[i, i]));
    }

    public KernelExecution Execution { get; }

    /// <summary>max ‖x_i‖.</summary>
    public double LargestNorm { get; }

    /// <summary>(1/m) Σ_s ⟨v_s, y_i x_i⟩ 1[z_s · x_i > 0], [n], for v_s the sum's direction, shortened where it is rounded off at
    /// zero: what a v̄ of norm at most 1 attains, and the gradient of <see cref="SmoothedUpper"/>.</summary>
    public double[] Payoffs { get; }

    /// <summary>min Payoffs: the margin is no less.</summary>
    public double Lower => Payoffs.Min();

    /// <summary>D(q): the margin is no more.</summary>
    public double Upper { get; private set; }

    /// <summary>D with √(‖·‖² + smoothing²) for its norms.</summary>
    public double SmoothedUpper { get; private set; }

    /// <summary>Computes the bounds and the payoffs at q.</summary>
    /// <param name="q">Positive with sum 1, [n].</param>
    /// <param name="smoothing">Rounds the norms off at zero.</param>
    public void Evaluate(double[] q, double smoothing)
    {
        int n = q.Length;
        ForRows(_samples, s =>
        {
            Span<double> row = _weighted.Row(s);
            for (int i = 0; i < n; i++)
            {
                row[i] = _active[(s * n) + i] ? q[i] : 0;
            }
        });
        RowProducts.Multiply(_weighted, _gram, _products, Execution.Threads, Execution.Cancellation);
        ForRows(_samples, s =>
        {
            double square = Math.Max(0, RowProducts.Dot(_weighted.Row(s), _products.Row(s)));
            _norms[s] = Math.Sqrt(square);
            _radii[s] = Math.Sqrt(square + (smoothing * smoothing));
        });
        ForRows(n, i =>
        {
            double sum = 0;
            for (int s = 0; s < _samples; s++)
            {
                if (_active[(s * n) + i] && _radii[s] > 0)
                {
                    sum += _products[s, i] / _radii[s];
                }
            }

            Payoffs[i] = sum / _samples;
        });
        (Upper, SmoothedUpper) = (0, 0);
        for (int s = 0; s < _samples; s++)
        {
            Upper += _norms[s] / _samples;
            SmoothedUpper += _radii[s] / _samples;
        }
    }

    /// <summary>The Hessian of <see cref="SmoothedUpper"/> where it was evaluated, [n, n]:
    /// (1/m) Σ_s 1_si 1_sj (G_ij/r_s − t_si t_sj/r_s³).</summary>
    public Matrix<double> Hessian()
    {
        int n = Payoffs.Length;
        var counts = new Matrix<double>(n, _samples);
        var slopes = new Matrix<double>(n, _samples);
        ForRows(n, i =>
        {
            for (int s = 0; s < _samples; s++)
            {
                if (_active[(s * n) + i] && _radii[s] > 0)
                {
                    double root = Math.Sqrt(_samples * _radii[s]);
                    counts[i, s] = 1 / root;
                    slopes[i, s] = _products[s, i] / (root * _radii[s]);
                }
            }
        });
        var hessian = new Matrix<double>(n, n);
        var rankOnes = new Matrix<double>(n, n);
        RowProducts.Multiply(counts, counts, hessian, Execution.Threads, Execution.Cancellation);
        RowProducts.Multiply(slopes, slopes, rankOnes, Execution.Threads, Execution.Cancellation);
        ForRows(n, i =>
        {
            for (int j = 0; j < n; j++)
            {
                hessian[i, j] = (hessian[i, j] * _gram[i, j]) - rankOnes[i, j];
            }
        });
        return hessian;
    }

    private static Matrix<double> Gram(LabelledInputs examples, KernelExecution execution)
    {
        int n = examples.Count;
        Matrix<double> wide = GramMatrix.Widen(examples.Inputs);
        for (int i = 0; i < n; i++)
        {
            foreach (ref double value in wide.Row(i))
            {
                value *= examples.Labels[i];
            }
        }

        var gram = new Matrix<double>(n, n);
        RowProducts.Multiply(wide, wide, gram, execution.Threads, execution.Cancellation);
        return gram;
    }

    private static bool[] Activations(Matrix<float> inputs, int samples, ulong seed, KernelExecution execution)
    {
        var weights = new Matrix<float>(samples, inputs.Columns);
        var stream = new RandomStream(seed, RandomPurpose.HiddenWeights);
        for (int s = 0; s < samples; s++)
        {
            stream.Gaussians(s, weights.Row(s));
        }

        int n = inputs.Rows;
        bool[] active = new bool[samples * n];
        using var packed = new KernelInputs(weights, withCoordinates: false);
        Matrix<double> wide = GramMatrix.Widen(inputs);
        KernelTile?[] tiles = new KernelTile?[execution.Threads];
        double[][] products = new double[execution.Threads][];
        try
        {
            KernelInputs.ForEachTile(wide, execution.Threads, execution.Cancellation, (supports, rows, worker) =>
            {
                KernelTile tile = tiles[worker] ??= new(packed);
                double[] own = products[worker] ??= new double[samples];
                tile.Multiply(wide, supports, rows.Span);
                for (int r = 0; r < rows.Length; r++)
                {
                    tile.CopyProducts(r, own);
                    for (int s = 0; s < samples; s++)
                    {
                        active[(s * n) + rows.Span[r]] = own[s] > 0;
                    }
                }
            });
        }
        finally
        {
            Array.ForEach(tiles, tile => tile?.Dispose());
        }

        return active;
    }

    private void ForRows(int rows, Action<int> body) =>
        WorkGrid.Run((rows + RowsAnItem - 1) / RowsAnItem, Execution.Threads, Execution.Cancellation, (item, _) =>
        {
            for (int row = item * RowsAnItem; row < Math.Min((item + 1) * RowsAnItem, rows); row++)
            {
                body(row);
            }
        });
}
