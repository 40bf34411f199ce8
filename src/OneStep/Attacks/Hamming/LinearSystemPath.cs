using OneStep.Networks.Deep;
using OneStep.Numerics;

namespace OneStep.Attacks.Hamming;

/// <summary>
/// One walk of <see cref="LinearSystemWalk"/>: a path δ(s), 0 ≤ s ≤ 1, along which the outputs move straight to the target.
/// Its velocity v solves J v = target − outputs at the start, as near as possible to the velocity before.
/// </summary>
internal sealed class LinearSystemPath
{
    // A velocity that has grown this much asks for another coordinate.
    private const double LargestGrowth = 8;

    // So many folds with the coordinates there are, and the path goes to and fro about a boundary: it needs another one.
    private const int MostFolds = 3;

    // The part of its rate at which a boundary must be left behind that its approach had.
    private const double SmallestRate = 1e-3;

    private const double Tolerance = 1e-4;

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
    private int _folds;
    private int _foldsInARow;

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
        (_folds, _foldsInARow) = (0, 0);
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
        double usual = 0;
        HiddenNeuron? crossed = null;
        for (int regions = 1; ; regions++)
        {
            cancellation.ThrowIfCancellationRequested();
            SetRemaining(target, left);
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
                _region.Advance(_direction, length);
                left -= length;
                crossed = null;
                Release(edge);
                continue;
            }

            _region.Advance(_direction, boundary!.Value.Length);
            left -= boundary.Value.Length;
            crossed = boundary.Value.Neuron;
            _region.Cross(boundary.Value.Neuron);
        }
    }

    /// <summary>Solves for the velocity; adds coordinates until it is neither too long nor folds back.</summary>
    private bool TrySetVelocity(HiddenNeuron? crossed, ref double usual)
    {
        _velocity.CopyTo(_before, 0);
        bool folds = false;
        while (true)
        {
            if (Solve(crossed, ref folds) && _foldsInARow <= MostFolds && (usual == 0 || Length(_velocity) <= LargestGrowth * usual))
            {
                usual = usual == 0 ? Length(_velocity) : usual;
                return true;
            }

            _foldsInARow = 0;
            int next = CountChanged() < MostCoordinates ? _choice.Next(_chosen, _duals, folds ? crossed : null) : -1;
            if (next < 0)
            {
                return _free.Count >= _network.Outputs + (folds ? 1 : 0);
            }

            Take(next);
            _before.CopyTo(_velocity, 0);
        }
    }

    /// <summary>One solution; with the rate at which the boundary is left prescribed where it would be folded back.</summary>
    private bool Solve(HiddenNeuron? crossed, ref bool folds)
    {
        int outputs = _network.Outputs;
        _region.Jacobian(Free, _jacobian);
        double rate = 0;
        if (crossed is { } neuron)
        {
            _region.Normal(neuron, Free, _normal);
            rate = Dot(_normal, _before);
        }

        _system.Clear(_free.Count);
        for (int i = 0; i < outputs; i++)
        {
            _system.Add(_jacobian.Row(i));
            _right[i] = _remaining[i] - Dot(_jacobian.Row(i), _before);
        }

        if (!folds)
        {
            Correct();
            if (_free.Count < outputs)
            {
                return false;
            }

            if (crossed is null || Dot(_normal, _velocity) * rate > SmallestRate * rate * rate)
            {
                return true;
            }

            folds = true;
            _folds++;
            _foldsInARow++;
        }

        _system.Add(_normal);
        _right[outputs] = 0;
        Correct();
        return _free.Count > outputs;
    }

    private void Correct()
    {
        _system.Solve(_right, _correction, _duals);
        for (int i = 0; i < _free.Count; i++)
        {
            _velocity[i] = _before[i] + _correction[i];
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

    private void Take(int coordinate)
    {
        _velocity[_free.Count] = 0;
        _before[_free.Count] = 0;
        _free.Add(coordinate);
        if (!_chosen.Contains(coordinate))
        {
            _chosen.Add(coordinate);
        }
    }

    private void Release(int index)
    {
        _free.RemoveAt(index);
        _velocity.AsSpan(index + 1).CopyTo(_velocity.AsSpan(index));
    }

    /// <summary>The coordinates that have changed or may: those that were at the edge already are none.</summary>
    private int CountChanged()
    {
        int count = _free.Count;
        foreach (int k in _chosen)
        {
            count += _region.Position[k] != _start[k] && !_free.Contains(k) ? 1 : 0;
        }

        return count;
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
