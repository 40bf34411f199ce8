using OneStep.Networks.Deep;
using OneStep.Numerics;

namespace OneStep.Attacks.Hamming;

/// <summary>
/// One walk of <see cref="LinearSystemWalk"/>: a path δ(s), 0 ≤ s ≤ 1, along which the outputs move straight to the target.
/// Its velocity v solves J v = target − outputs at the start, as near as possible to the velocity before.
/// </summary>
internal sealed partial class LinearSystemPath
{
    private const double Tolerance = 1e-4;

    // So many regions must bring the target nearer by this part of what was left, or the walk has come to its end.
    private const int RegionsAStage = 500;
    private const double LeastProgress = 0.01;

    private readonly LinearSystemWalk _options;
    private readonly DeepNetwork _network;
    private readonly LinearRegion _region;
    private readonly CoordinateChoice _choice;
    private readonly MinimumNormSystem _system = new();
    private readonly double[] _start;
    private readonly double[] _direction;
    private readonly double[] _remaining;
    private readonly double[] _right;
    private readonly double[] _duals;
    private readonly double[] _normal;
    private readonly double[] _correction;
    private readonly double[] _before;
    private readonly double[] _velocity;
    private readonly Matrix<double> _jacobian;

    // Coordinates that move, in the order of their choice; all that were ever chosen.
    private readonly List<int> _free = [];
    private readonly List<int> _chosen = [];

    // Coordinates that were at the edge at the present point: none of them takes over from another.
    private readonly List<int> _barred = [];
    private int _folds;
    private int _foldsSinceAddition;

    public LinearSystemPath(LinearSystemWalk options, DeepNetwork network)
    {
        _options = options;
        _network = network;
        _region = new(network);
        _choice = new(_region, options.Clip);
        int most = Math.Min(network.InputDimension, options.MaximumCoordinates ?? (4 * network.Outputs) + 8);
        MostCoordinates = most;
        (_start, _direction) = (new double[network.InputDimension], new double[network.InputDimension]);
        (_remaining, _right, _duals) = (new double[network.Outputs], new double[network.Outputs + 1], new double[network.Outputs + 1]);
        (_normal, _correction, _before, _velocity) = (new double[most], new double[most], new double[most], new double[most]);
        _jacobian = new(network.Outputs, most);
    }

    private int MostCoordinates { get; }

    private ReadOnlySpan<int> Free => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_free);

    /// <summary>Walks.</summary>
    public OutputMove Run(ReadOnlySpan<float> input, ReadOnlySpan<double> target, CancellationToken cancellation)
    {
        for (int k = 0; k < input.Length; k++)
        {
            _start[k] = input[k];
        }

        _free.Clear();
        _chosen.Clear();
        _barred.Clear();
        (_folds, _foldsSinceAddition) = (0, 0);
        Array.Clear(_velocity);
        _region.MoveTo(_start);
        double wanted = 0;
        for (int i = 0; i < target.Length; i++)
        {
            wanted = Math.Max(wanted, Math.Abs(target[i] - _region.Outputs[i]));
        }

        int regions = wanted > 0 ? Walk(target, cancellation) : 1;
        return Finish(input, target, wanted, regions);
    }

    private int Walk(ReadOnlySpan<double> target, CancellationToken cancellation)
    {
        SetRemaining(target, 1);
        foreach (int coordinate in _choice.First(Math.Min(_network.Outputs, MostCoordinates)))
        {
            Take(coordinate);
        }

        double left = 1;
        double lastStage = double.PositiveInfinity;
        double usual = 0;
        HiddenNeuron? crossed = null;
        for (int regions = 1; ; regions++)
        {
            cancellation.ThrowIfCancellationRequested();
            SetRemaining(target, left);
            if (regions % RegionsAStage == 0)
            {
                if (left > (1 - LeastProgress) * lastStage)
                {
                    return regions;
                }

                lastStage = left;
            }

            if (!TrySetVelocity(crossed, ref usual) || regions > _options.MaximumRegions)
            {
                return regions;
            }

            Scatter();
            _region.Differentiate(_direction);
            RegionBoundary? boundary = _region.FirstBoundary();
            (double length, int edge) = _choice.FirstEdge(Free, _velocity);
            if (left <= Math.Min(boundary?.Length ?? double.PositiveInfinity, length))
            {
                _region.Advance(_direction, left);
                return regions;
            }

            if (length <= (boundary?.Length ?? double.PositiveInfinity))
            {
                // This coordinate stays at the edge; another one takes over.
                Advance(length, ref left);
                crossed = null;
                Release(edge);
                continue;
            }

            Advance(boundary!.Value.Length, ref left);
            crossed = boundary.Value.Neuron;
            _region.Cross(boundary.Value.Neuron);
        }
    }

    private void Advance(double length, ref double left)
    {
        _region.Advance(_direction, length);
        left -= length;
        if (length > 0)
        {
            _barred.Clear();
        }
    }

    private OutputMove Finish(ReadOnlySpan<float> input, ReadOnlySpan<double> target, double wanted, int regions)
    {
        float[] perturbation = new float[input.Length];
        foreach (int k in _chosen)
        {
            perturbation[k] = (float)(_region.Position[k] - _start[k]);
        }

        if (_options.Clip)
        {
            UnitBox.ClipScaled(input, 1, perturbation);
        }

        Vectors.Sum(input, perturbation, _direction);
        _region.MoveTo(_direction);
        double error = 0;
        for (int i = 0; i < target.Length; i++)
        {
            error = Math.Max(error, Math.Abs(target[i] - _region.Outputs[i]));
        }

        int[] coordinates = [.. _chosen.Where(k => perturbation[k] != 0).Order()];
        return new(error <= Tolerance * wanted, perturbation, coordinates, _region.Outputs.ToArray(), regions, _folds);
    }

    private void SetRemaining(ReadOnlySpan<double> target, double left)
    {
        for (int i = 0; i < target.Length; i++)
        {
            _remaining[i] = (target[i] - _region.Outputs[i]) / left;
        }
    }

    private void Scatter()
    {
        Array.Clear(_direction);
        for (int i = 0; i < _free.Count; i++)
        {
            _direction[_free[i]] = _velocity[i];
        }
    }

    private double Length(ReadOnlySpan<double> vector) => Math.Sqrt(Dot(vector, vector));

    private double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int i = 0; i < _free.Count; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }
}
