using OneStep.Networks.Deep;
using OneStep.Numerics;

namespace OneStep.Attacks.Hamming;

/// <summary>
/// Which coordinates a walk changes: at first those whose columns of the Jacobian span the outputs best, later the one that
/// relieves the system most. With pixel bounds a column counts times the room its coordinate has.
/// </summary>
internal sealed class CoordinateChoice
{
    private readonly LinearRegion _region;
    private readonly bool _clip;
    private readonly int[] _all;
    private readonly double[] _normal;
    private readonly Matrix<double> _jacobian;

    public CoordinateChoice(LinearRegion region, bool clip)
    {
        int dimension = region.Network.InputDimension;
        _region = region;
        _clip = clip;
        _all = [.. Enumerable.Range(0, dimension)];
        _normal = new double[dimension];
        _jacobian = new(region.Network.Outputs, dimension);
    }

    /// <summary>The first coordinates, by a QR decomposition of the Jacobian with column pivoting.</summary>
    public int[] First(int count)
    {
        _region.Jacobian(_all, _jacobian);
        foreach (int k in _all)
        {
            double room = Room(k);
            for (int i = 0; i < _jacobian.Rows; i++)
            {
                _jacobian[i, k] *= room;
            }
        }

        int[] chosen = new int[count];
        double[] pivot = new double[_jacobian.Rows];
        for (int n = 0; n < count; n++)
        {
            int best = _all.MaxBy(SquaredLength);
            chosen[n] = best;
            double length = Math.Sqrt(SquaredLength(best));
            for (int i = 0; i < pivot.Length; i++)
            {
                pivot[i] = length > 0 ? _jacobian[i, best] / length : 0;
            }

            foreach (int k in _all)
            {
                Remove(pivot, k);
            }
        }

        return [.. chosen.Distinct()];
    }

    /// <summary>Another coordinate: the one that takes over most of what the equations ask for; −1 where none can.</summary>
    /// <param name="free">Those that move already.</param>
    /// <param name="barred">Those that cannot.</param>
    /// <param name="duals">The duals of the last solution, one an equation.</param>
    /// <param name="crossed">The neuron whose boundary is the last equation; null where there is none.</param>
    public int Next(List<int> free, List<int> barred, ReadOnlySpan<double> duals, HiddenNeuron? crossed)
    {
        _region.Jacobian(_all, _jacobian);
        if (crossed is { } neuron)
        {
            _region.Normal(neuron, _all, _normal);
        }

        int best = -1;
        double most = 0;
        for (int k = 0; k < _all.Length; k++)
        {
            double pull = crossed is null ? 0 : duals[_jacobian.Rows] * _normal[k];
            for (int i = 0; i < _jacobian.Rows; i++)
            {
                pull += duals[i] * _jacobian[i, k];
            }

            double gain = Math.Abs(pull) * (_clip ? RoomTowards(k, pull) : 1);
            if (gain > most && !free.Contains(k) && !barred.Contains(k))
            {
                (best, most) = (k, gain);
            }
        }

        return best;
    }

    /// <summary>How far a velocity may be followed until a coordinate reaches the edge of its range, and which one.</summary>
    public (double Length, int Index) FirstEdge(ReadOnlySpan<int> free, ReadOnlySpan<double> velocity)
    {
        (double Length, int Index) first = (double.PositiveInfinity, -1);
        for (int i = 0; _clip && i < free.Length; i++)
        {
            double length = velocity[i] == 0 ? double.PositiveInfinity : RoomTowards(free[i], velocity[i]) / Math.Abs(velocity[i]);
            if (length < first.Length)
            {
                first = (length, i);
            }
        }

        return first;
    }

    private double Room(int k) => _clip ? Math.Max(RoomTowards(k, 1), RoomTowards(k, -1)) : 1;

    private double RoomTowards(int k, double sign) => Math.Max(sign > 0 ? 1 - _region.Position[k] : _region.Position[k], 0);

    private double SquaredLength(int k)
    {
        double sum = 0;
        for (int i = 0; i < _jacobian.Rows; i++)
        {
            sum += _jacobian[i, k] * _jacobian[i, k];
        }

        return sum;
    }

    private void Remove(double[] pivot, int k)
    {
        double part = 0;
        for (int i = 0; i < pivot.Length; i++)
        {
            part += pivot[i] * _jacobian[i, k];
        }

        for (int i = 0; i < pivot.Length; i++)
        {
            _jacobian[i, k] -= part * pivot[i];
        }
    }
}
