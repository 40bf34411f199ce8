using OneStep.Networks.Deep;
using OneStep.Numerics;

namespace OneStep.Attacks.GradientFlow;

/// <summary>
/// The neurons on whose boundaries a gradient flow slides, and the velocity there: minus the shortest vector among the
/// gradients that relaxed activities λ ∈ [0, 1] of these neurons give (docs/mathematics.md §17).
/// </summary>
internal sealed class SlidingSet
{
    // With neurons of several layers the gradient is no longer affine in λ; then frozen coefficients are repeated.
    private const int MostRounds = 60;
    private const double Settled = 1e-11;

    private readonly LinearRegion _region;
    private readonly BoxQuadratic _quadratic = new();
    private readonly List<HiddenNeuron> _neurons = [];
    private readonly List<double[]> _normals = [];
    private readonly Stack<double[]> _spare = new();
    private double[,] _gram = new double[0, 0];
    private double[] _linear = [];
    private double[] _activities = [];

    public SlidingSet(LinearRegion region)
    {
        _region = region;
    }

    /// <summary>How many neurons slide.</summary>
    public int Count => _neurons.Count;

    /// <summary>No neuron slides.</summary>
    public void Clear()
    {
        foreach (double[] normal in _normals)
        {
            _spare.Push(normal);
        }

        _neurons.Clear();
        _normals.Clear();
    }

    /// <summary>A neuron that may slide from now on.</summary>
    public void Add(HiddenNeuron neuron)
    {
        _neurons.Add(neuron);
        _normals.Add(_spare.Count > 0 ? _spare.Pop() : new double[_region.Position.Length]);
    }

    /// <summary>Finds the activities and the gradient of the flow, and lets go of the neurons that leave their boundary.</summary>
    /// <param name="weights">The score is weights · outputs.</param>
    /// <param name="gradient">Receives the gradient of the score, [d]; the flow goes against it.</param>
    /// <returns>Whether the activities settled, as they always do where all neurons are of one layer.</returns>
    public bool TrySetGradient(ReadOnlySpan<double> weights, Span<double> gradient)
    {
        _region.Gradient(weights, gradient);
        for (int round = 0; Count > 0; round++)
        {
            if (round == MostRounds)
            {
                return false;
            }

            double moved = Relax(gradient);
            bool left = LetGo();
            _region.Gradient(weights, gradient);
            if (moved <= Settled && !left)
            {
                return true;
            }
        }

        return true;
    }

    /// <summary>One solution with the sensitivities and normals that the present activities give.</summary>
    private double Relax(ReadOnlySpan<double> gradient)
    {
        MakeRoom();
        for (int s = 0; s < Count; s++)
        {
            _activities[s] = _region.Activity(_neurons[s]);
            _linear[s] = _region.Sensitivity(_neurons[s]);
        }

        // The sensitivities are read before the normals overwrite them.
        for (int s = 0; s < Count; s++)
        {
            _region.Normal(_neurons[s], [], _normals[s]);
            foreach (ref double k in _normals[s].AsSpan())
            {
                k *= _linear[s];
            }
        }

        for (int s = 0; s < Count; s++)
        {
            for (int j = 0; j <= s; j++)
            {
                _gram[s, j] = _gram[j, s] = Dot(_normals[s], _normals[j]);
            }
        }

        for (int s = 0; s < Count; s++)
        {
            double value = Dot(_normals[s], gradient);
            for (int j = 0; j < Count; j++)
            {
                value -= _gram[s, j] * _activities[j];
            }

            _linear[s] = value;
        }

        _quadratic.Minimize(_gram, _linear.AsSpan(0, Count), _activities.AsSpan(0, Count));
        double moved = 0;
        for (int s = 0; s < Count; s++)
        {
            moved = Math.Max(moved, Math.Abs(_activities[s] - _region.Activity(_neurons[s])));
            _region.SetActivity(_neurons[s], _activities[s]);
        }

        return moved;
    }

    /// <summary>Neurons whose activity is 0 or 1 leave to that side.</summary>
    private bool LetGo()
    {
        int before = Count;
        for (int s = Count - 1; s >= 0; s--)
        {
            if (_region.Activity(_neurons[s]) is 0 or 1)
            {
                _spare.Push(_normals[s]);
                _neurons.RemoveAt(s);
                _normals.RemoveAt(s);
            }
        }

        return Count < before;
    }

    private void MakeRoom()
    {
        if (_linear.Length < Count)
        {
            (_gram, _linear, _activities) = (new double[2 * Count, 2 * Count], new double[2 * Count], new double[2 * Count]);
        }
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int k = 0; k < a.Length; k++)
        {
            sum += a[k] * b[k];
        }

        return sum;
    }
}
