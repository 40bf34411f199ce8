using OneStep.Networks;
using OneStep.Networks.Passes;
using OneStep.Numerics;
using OneStep.Numerics.Tiles;

namespace OneStep.TangentKernel;

/// <summary>What one worker computes of a kernel predictor, 12 inputs at a time, and its memory.</summary>
/// <param name="kernel">The kernel.</param>
/// <param name="inputs">x_1, …, x_n.</param>
/// <param name="coefficients">α, [n].</param>
/// <param name="weights">α_i ‖x_i‖, [n].</param>
internal sealed unsafe class KernelPass(ReluTangentKernel kernel, KernelInputs inputs, double[] coefficients, double[] weights) : IDisposable
{
    private readonly TileEngine _engine = TileEngine.Best;
    private readonly KernelTile _tile = new(inputs);
    private readonly NativeBuffer<double> _gradientCoefficients = new((nint)inputs.Count * KernelTile.Rows);
    private readonly NativeBuffer<double> _gradientTile = new(KernelTile.Rows * TileEngine.Lanes);
    private readonly double[] _products = new double[inputs.Count];
    private readonly double[] _slopes = new double[inputs.Count];
    private KernelTile? _directionTile;

    /// <summary>f and, where asked for, ∇f of the inputs of a tile.</summary>
    /// <param name="points">x, [count, d].</param>
    /// <param name="supports">Where they are not zero.</param>
    /// <param name="rows">Which of them.</param>
    /// <param name="scores">Receives f(x), [count].</param>
    /// <param name="gradients">Receives ∇f(x), [count, d]; null where nobody asks.</param>
    public void ScoresAndGradients(Matrix<double> points, Supports supports, ReadOnlySpan<int> rows, double[] scores, Matrix<float>? gradients)
    {
        _tile.Multiply(points, supports, rows);
        Span<double> along = stackalloc double[KernelTile.Rows];
        for (int r = 0; r < rows.Length; r++)
        {
            double norm = Norm(points.Row(rows[r]));
            scores[rows[r]] = norm * Profiles(r, norm, rows.Length, out double radial);
            along[r] = norm > 0 ? radial / norm : 0;
        }

        if (gradients is not null)
        {
            AddGradients(points, rows, along, gradients);
        }
    }

    /// <summary>f of the inputs of a tile with a bound on its rounding error (docs/mathematics.md §18).</summary>
    public void BoundedScores(Matrix<double> points, Supports supports, ReadOnlySpan<int> rows, BoundedScore[] scores)
    {
        var rounding = new KernelRounding(kernel, inputs.Dimension, inputs.Count);
        _tile.Multiply(points, supports, rows);
        for (int r = 0; r < rows.Length; r++)
        {
            double norm = Norm(points.Row(rows[r]));
            double inverse = norm > 0 ? 1 / norm : 0;
            _tile.CopyProducts(r, _products);
            double sum = 0;
            double magnitudes = 0;
            double errors = 0;
            for (int i = 0; i < _products.Length; i++)
            {
                double cosine = _products[i] * (inputs.InverseNorms[i] * inverse);
                double summand = weights[i] * kernel.At(cosine).Value;
                sum += summand;
                magnitudes += Math.Abs(summand);
                errors += Math.Abs(weights[i]) * rounding.OfProfile(cosine);
            }

            scores[rows[r]] = new(norm * sum, norm * rounding.OfScore(magnitudes, errors));
        }
    }

    /// <summary>The first sign change along the rays of a tile.</summary>
    /// <param name="rays">The rays.</param>
    /// <param name="origins">x in float64, [count, d].</param>
    /// <param name="directions">u in float64, [count, d].</param>
    /// <param name="supports">Where the origins are not zero.</param>
    /// <param name="directionSupports">Where the directions are not zero.</param>
    /// <param name="rows">Which rays.</param>
    /// <param name="crossings">Receives the crossings, [count].</param>
    public void FirstSignChanges(
        RayBatch rays,
        Matrix<double> origins,
        Matrix<double> directions,
        Supports supports,
        Supports directionSupports,
        ReadOnlySpan<int> rows,
        RayCrossing[] crossings)
    {
        _tile.Multiply(origins, supports, rows);
        _directionTile ??= new(inputs);
        _directionTile.Multiply(directions, directionSupports, rows);
        for (int r = 0; r < rows.Length; r++)
        {
            int row = rows[r];
            _tile.CopyProducts(r, _products);
            _directionTile.CopyProducts(r, _slopes);
            for (int i = 0; i < _products.Length; i++)
            {
                _products[i] *= inputs.InverseNorms[i];
                _slopes[i] *= inputs.InverseNorms[i];
            }

            var ray = new KernelRay(kernel, weights, _products, _slopes, new(origins.Row(row), directions.Row(row)));
            crossings[row] = ray.FirstSignChange(
                rays.Limits?[row] ?? double.PositiveInfinity, rays.ExpectedLengths?[row] ?? double.NaN);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _tile.Dispose();
        _directionTile?.Dispose();
        _gradientCoefficients.Dispose();
        _gradientTile.Dispose();
    }

    /// <summary>‖x‖, summed in ascending order.</summary>
    private static double Norm(ReadOnlySpan<double> x)
    {
        double square = 0;
        foreach (double value in x)
        {
            square = Math.FusedMultiplyAdd(value, value, square);
        }

        return Math.Sqrt(square);
    }

    /// <summary>f(x)/‖x‖ of one input, its share of ∇f along x, and the coefficients of the x_i in ∇f.</summary>
    private double Profiles(int r, double norm, int rows, out double radial)
    {
        // ∇f = Σ α_i ‖x_i‖ (φ x̂ − φ_θ e_i) with e_i = (x̂_i − cos θ_i x̂)/sin θ_i, nothing where the sine is 0.
        double inverse = norm > 0 ? 1 / norm : 0;
        _tile.CopyProducts(r, _products);
        double sum = 0;
        radial = 0;
        for (int i = 0; i < _products.Length; i++)
        {
            AngularProfile profile = kernel.At(_products[i] * (inputs.InverseNorms[i] * inverse));
            sum += weights[i] * profile.Value;
            double towards = profile.Sine == 0 || inverse == 0 ? 0 : -profile.Slope / profile.Sine;
            radial += weights[i] * (profile.Value - (towards * profile.Cosine));
            _gradientCoefficients.Pointer[(i * rows) + r] = towards * coefficients[i];
        }

        return sum;
    }

    private void AddGradients(Matrix<double> points, ReadOnlySpan<int> rows, ReadOnlySpan<double> along, Matrix<float> gradients)
    {
        PackedWeights coordinates = inputs.Coordinates!;
        for (int panel = 0; panel < coordinates.PanelCount; panel++)
        {
            float* own = coordinates.Panel(panel);
            _engine.Multiply(rows.Length, _gradientCoefficients.Pointer, rows.Length, own, coordinates.Columns, _gradientTile.Pointer, own);
            int first = panel * TileEngine.Lanes;
            int count = Math.Min(TileEngine.Lanes, coordinates.Rows - first);
            for (int r = 0; r < rows.Length; r++)
            {
                ReadOnlySpan<double> point = points.Row(rows[r]).Slice(first, count);
                Span<float> gradient = gradients.Row(rows[r]).Slice(first, count);
                double* sums = _gradientTile.Pointer + (r * TileEngine.Lanes);
                for (int k = 0; k < count; k++)
                {
                    gradient[k] = (float)Math.FusedMultiplyAdd(along[r], point[k], sums[k]);
                }
            }
        }
    }
}
