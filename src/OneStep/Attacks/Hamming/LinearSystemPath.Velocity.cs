using OneStep.Networks.Deep;

namespace OneStep.Attacks.Hamming;

/// <content>The velocity of a walk and the coordinates that have one.</content>
internal sealed partial class LinearSystemPath
{
    // A velocity that has grown this much asks for another coordinate.
    private const double LargestGrowth = 8;

    // So many folds with the coordinates there are, and the path goes to and fro about a boundary: it needs another one.
    private const int MostFolds = 3;

    // The part of its rate at which a boundary must be left behind that its approach had.
    private const double SmallestRate = 1e-3;

    /// <summary>Solves for the velocity; adds coordinates until it is neither too long nor folds back.</summary>
    private bool TrySetVelocity(HiddenNeuron? crossed, ref double usual)
    {
        _velocity.CopyTo(_before, 0);
        bool folds = false;
        while (true)
        {
            if (Solve(crossed, ref folds) && _foldsSinceAddition <= MostFolds && (usual == 0 || Length(_velocity) <= LargestGrowth * usual))
            {
                usual = usual == 0 ? Length(_velocity) : usual;
                return true;
            }

            _foldsSinceAddition = 0;
            int next = CountChanged() < MostCoordinates ? _choice.Next(_free, _barred, _duals, folds ? crossed : null) : -1;
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
            _foldsSinceAddition++;
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
        _barred.Add(_free[index]);
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
}
