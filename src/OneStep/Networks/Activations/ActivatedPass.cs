using System.Runtime.Intrinsics;
using OneStep.Networks.Deep;
using OneStep.Numerics;

namespace OneStep.Networks.Activations;

/// <summary>What one worker computes of a network with a smooth activation, one input at a time, and its memory.</summary>
internal sealed class ActivatedPass
{
    private readonly TwoLayerNetwork _layers;
    private readonly double[] _signs;
    private readonly Activation _activation;
    private readonly double[] _input;
    private readonly int[] _support;
    private readonly int[] _coordinates;
    private readonly double[] _z;
    private readonly double[] _slopes;
    private readonly Vector512<double>[] _sums;
    private readonly double[] _total;

    /// <summary>Makes room.</summary>
    /// <param name="layers">W and whether there are biases.</param>
    /// <param name="signs">a, [m].</param>
    /// <param name="activation">σ.</param>
    public ActivatedPass(TwoLayerNetwork layers, double[] signs, Activation activation)
    {
        _layers = layers;
        _signs = signs;
        _activation = activation;
        _input = new double[layers.Weights.Columns];
        _support = new int[layers.Weights.Columns];
        _coordinates = [.. Enumerable.Range(0, layers.InputDimension)];
        _z = new double[LayerInDouble.LengthFor(layers.Weights)];
        _slopes = new double[_z.Length];
        _sums = new Vector512<double>[layers.InputDimension];
        _total = new double[layers.InputDimension];
    }

    /// <summary>f(x) and, where there is room for it, ∇f(x).</summary>
    /// <param name="input">x, [d].</param>
    /// <param name="gradient">Receives ∇f(x), [d]; empty where nobody asks.</param>
    public double ScoreAndGradient(ReadOnlySpan<float> input, Span<float> gradient)
    {
        Multiply(input, 1, _z);
        double sum = 0;
        for (int s = 0; s < _signs.Length; s++)
        {
            sum += _signs[s] * _activation.Value(_z[s]);
        }

        if (!gradient.IsEmpty)
        {
            for (int s = 0; s < _signs.Length; s++)
            {
                _slopes[s] = _signs[s] * _activation.Slope(_z[s]);
            }

            _slopes.AsSpan(_signs.Length).Clear();
            LayerInDouble.MultiplyTransposed(_layers.Weights, _slopes, _coordinates, _sums, _total);
            for (int k = 0; k < gradient.Length; k++)
            {
                gradient[k] = (float)(_layers.OutputScale * _total[k]);
            }
        }

        return _layers.OutputScale * sum;
    }

    /// <summary>f(x) with a bound on its rounding error (docs/mathematics.md §19).</summary>
    /// <param name="input">x, [d].</param>
    /// <param name="normSum">Σ_s ‖w_s‖.</param>
    public BoundedScore BoundedScoreOf(ReadOnlySpan<double> input, double normSum)
    {
        input.CopyTo(_input);
        SetConstant(1);
        LayerInDouble.Multiply(_layers.Weights, _input, _support, _z);
        double sum = 0;
        double magnitudes = 0;
        double errors = 0;
        for (int s = 0; s < _signs.Length; s++)
        {
            double value = _activation.Value(_z[s]);
            sum += _signs[s] * value;
            magnitudes += Math.Abs(value);
            errors += _activation.ErrorOf(value);
        }

        double square = 0;
        foreach (double x in _input)
        {
            square += x * x;
        }

        double error = RoundingError.OfScore(_input.Length, _signs.Length, Math.Sqrt(square), normSum, magnitudes) + (2 * errors);
        return new(sum * _layers.OutputScale, error * _layers.OutputScale);
    }

    /// <summary>The first sign change along a ray.</summary>
    /// <param name="origin">x, [d].</param>
    /// <param name="direction">u, [d].</param>
    /// <param name="limit">The largest t that counts.</param>
    /// <param name="expected">A guess; not a number where unknown.</param>
    public RayCrossing FirstSignChange(ReadOnlySpan<float> origin, ReadOnlySpan<float> direction, double limit, double expected)
    {
        Multiply(origin, 1, _z);
        Multiply(direction, 0, _slopes);
        var ray = new ActivatedRay(_activation, _signs, _z.AsSpan(0, _signs.Length), _slopes.AsSpan(0, _signs.Length), _layers.OutputScale);
        return ray.FirstSignChange(limit, expected);
    }

    private void Multiply(ReadOnlySpan<float> vector, double constant, double[] product)
    {
        for (int k = 0; k < vector.Length; k++)
        {
            _input[k] = vector[k];
        }

        SetConstant(constant);
        LayerInDouble.Multiply(_layers.Weights, _input, _support, product);
    }

    /// <summary>Sets what biases are multiplied with.</summary>
    private void SetConstant(double constant)
    {
        if (_layers.HasBias)
        {
            _input[^1] = constant;
        }
    }
}
