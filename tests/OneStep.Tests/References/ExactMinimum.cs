namespace OneStep.Tests.References;

/// <summary>
/// The smallest ‖δ‖ with y f(x + δ) ≤ 0 of a tiny two-layer network, by branch and bound over the rows with y a_s = −1: −relu(t) =
/// min(0, −t), so that with those rows decided what is left is convex. It shares nothing with the library.
/// </summary>
internal sealed class ExactMinimum
{
    private const double Tolerance = 1e-6;

    // Where all rows are off f is zero, which is no flip, but as far as a bound that proves y f > 0 can reach.
    private const double Zero = 1e-6;
    private const int DefaultMostNodes = 10_000;
    private const int Rounds = 40;
    private const int Sweeps = 40;

    private readonly NaiveNetwork _network;
    private readonly double[] _z;
    private readonly double[] _signs;
    private readonly double[] _norms;
    private readonly double[] _input;
    private readonly int _mostNodes;
    private double _least = double.PositiveInfinity;
    private int _nodes;

    private ExactMinimum(NaiveNetwork network, double[] input, int mostNodes)
    {
        _mostNodes = mostNodes;
        _network = network;
        _input = input;
        double label = Math.Sign(network.Score(input));
        _z = [.. Enumerable.Range(0, network.Width).Select(s => network.PreActivation(s, input))];
        _signs = [.. network.Signs.Select(a => label * a)];
        _norms = [.. network.Weights.Select(row => Math.Sqrt(row.Take(network.InputDimension).Sum(w => w * w)))];
    }

    /// <summary>Whether every branch was followed to its end; if not, <see cref="Lower"/> is 0.</summary>
    public bool IsFinished => _nodes <= _mostNodes;

    /// <summary>The shortest flip that was found, y f(x + δ) &lt; 0.</summary>
    public double Flip { get; private set; } = double.PositiveInfinity;

    /// <summary>The shortest δ with y f(x + δ) ≤ 0 that was found; none is shorter than <see cref="Lower"/>.</summary>
    public double Upper { get; private set; } = double.PositiveInfinity;

    /// <summary>Below every such δ, up to the rounding of plain float64.</summary>
    public double Lower => Math.Min(_least, Upper * (1 - Tolerance));

    /// <summary>Searches.</summary>
    /// <param name="network">f.</param>
    /// <param name="input">x, of which f is not zero.</param>
    /// <param name="known">Perturbations that flip it, or directions in which to look.</param>
    public static ExactMinimum Of(NaiveNetwork network, double[] input, params double[][] known)
    {
        ExactMinimum search = Within(DefaultMostNodes, network, input, known);
        return search.IsFinished ? search : throw new InvalidOperationException("The instance is too hard for a reference.");
    }

    /// <summary>Searches, and gives up where it takes too long: what flips was found is true all the same.</summary>
    /// <param name="mostNodes">How many nodes it may take.</param>
    /// <param name="network">f.</param>
    /// <param name="input">x, of which f is not zero.</param>
    /// <param name="known">Perturbations that flip it, or directions in which to look.</param>
    public static ExactMinimum Within(int mostNodes, NaiveNetwork network, double[] input, params double[][] known)
    {
        var search = new ExactMinimum(network, input, mostNodes);
        foreach (double[] direction in known)
        {
            search.TryRay(direction);
        }

        search.Visit([.. search._signs.Select(sign => sign > 0 ? Branch.Helps : Branch.Open)]);
        return search;
    }

    private void Visit(Branch[] branches)
    {
        if (++_nodes > _mostNodes)
        {
            _least = 0;
            return;
        }

        // Within the best radius so far, a row that cannot switch is decided, and an open one is below a chord.
        double reach = double.IsFinite(Upper) ? Upper : 1e3;
        double[] slopes = new double[_z.Length];
        double constant = 0;
        bool[] isOpen = new bool[_z.Length];
        for (int s = 0; s < _z.Length; s++)
        {
            if (branches[s] is Branch.Helps or Branch.Off)
            {
                continue;
            }

            double low = _z[s] - (reach * _norms[s]);
            double high = _z[s] + (reach * _norms[s]);
            if (branches[s] == Branch.On || low >= 0)
            {
                slopes[s] = -1;
            }
            else if (high > 0)
            {
                slopes[s] = -high / (high - low);
                constant += high * low / (high - low);
                isOpen[s] = true;
            }
        }

        double bound = Math.Min(Dual(branches, slopes, constant, out double[] towards), reach);
        TryRay(towards);
        TryPoint(towards, bound);
        if (bound >= Upper * (1 - Tolerance))
        {
            return;
        }

        int widest = Widest(isOpen, reach, towards, bound);
        if (widest < 0)
        {
            _least = Math.Min(_least, bound);
            return;
        }

        foreach (Branch branch in (Branch[])[Branch.On, Branch.Off])
        {
            Branch[] child = [.. branches];
            child[widest] = branch;
            Visit(child);
        }
    }

    /// <summary>The open row whose chord is farthest above its relu where the relaxation is zero, or where that says nothing, anywhere.</summary>
    private int Widest(bool[] isOpen, double reach, double[] towards, double length)
    {
        double norm = Math.Sqrt(towards.Sum(v => v * v));
        int widest = -1;
        (double AtPoint, double Anywhere) gap = default;
        foreach (int s in Enumerable.Range(0, _z.Length).Where(s => isOpen[s]))
        {
            double low = _z[s] - (reach * _norms[s]);
            double high = _z[s] + (reach * _norms[s]);
            double t = _z[s] + (norm > 0 ? length / norm * _network.Slope(s, towards) : 0);
            (double AtPoint, double Anywhere) own = (Math.Round((high * (t - low) / (high - low)) - Math.Max(0, t), 9), -high * low / (high - low));
            if (widest < 0 || own.CompareTo(gap) > 0)
            {
                (gap, widest) = (own, s);
            }
        }

        return widest;
    }

    /// <summary>max over slopes λ ∈ [0, 1] of the helping rows of (Σ λ z + c)/‖Σ λ w‖: no shorter δ makes the convex function zero.</summary>
    private double Dual(Branch[] branches, double[] slopes, double constant, out double[] towards)
    {
        int[] helping = [.. Enumerable.Range(0, _z.Length).Where(s => branches[s] == Branch.Helps)];
        foreach (int s in helping)
        {
            slopes[s] = _z[s] > 0 ? 1 : 0;
        }

        // The norm has a kink at zero, where coordinate ascent would stay: it is rounded off, less and less.
        double best = 0;
        double smooth = _norms.Max();
        towards = new double[_network.InputDimension];
        for (int round = 0; round < Rounds; round++)
        {
            double[] normal = Combine(slopes);
            double value = constant + slopes.Zip(_z, (slope, z) => slope * z).Sum();
            double length = Math.Sqrt(normal.Sum(v => v * v));
            if (value > Zero && length < 1e-12)
            {
                return double.PositiveInfinity;
            }

            double ratio = length > 0 ? value / length : 0;
            bool isBetter = ratio > best * (1 + 1e-9);
            if (isBetter || round == 0)
            {
                best = Math.Max(ratio, 0);
                towards = Array.ConvertAll(normal, v => -v);
            }

            if (best >= Upper || (!isBetter && smooth < 1e-7))
            {
                return best;
            }

            smooth *= 0.2;
            Climb(helping, slopes, normal, Math.Max(best, 1e-12), smooth * smooth);
        }

        return best;
    }

    /// <summary>Coordinate ascent of Σ λ z − ρ √(‖Σ λ w‖² + σ), which is concave.</summary>
    private void Climb(int[] helping, double[] slopes, double[] normal, double rate, double smooth)
    {
        for (int sweep = 0; sweep < Sweeps; sweep++)
        {
            double moved = 0;
            foreach (int s in helping.Where(s => _norms[s] > 0))
            {
                // Along λ_s: z λ − ρ √(‖w‖²(λ − p)² + h²).
                double[] w = _network.Weights[s];
                double before = slopes[s];
                double product = 0;
                double length = smooth;
                for (int k = 0; k < normal.Length; k++)
                {
                    product += w[k] * normal[k];
                    length += normal[k] * normal[k];
                }

                double square = _norms[s] * _norms[s];
                double height = Math.Sqrt(Math.Max(smooth, length - (product * product / square)));
                double steep = rate * _norms[s];
                double at = Math.Abs(_z[s]) >= steep ? Math.Sign(_z[s]) * double.PositiveInfinity
                    : before - (product / square) + (_z[s] * height / (_norms[s] * Math.Sqrt((steep * steep) - (_z[s] * _z[s]))));
                slopes[s] = Math.Clamp(at, 0, 1);
                moved += Math.Abs(slopes[s] - before);
                for (int k = 0; k < normal.Length; k++)
                {
                    normal[k] += (slopes[s] - before) * w[k];
                }
            }

            if (moved < 1e-9)
            {
                return;
            }
        }
    }

    private double[] Combine(double[] slopes)
    {
        double[] sum = new double[_network.InputDimension];
        for (int s = 0; s < slopes.Length; s++)
        {
            for (int k = 0; k < sum.Length; k++)
            {
                sum[k] += slopes[s] * _network.Weights[s][k];
            }
        }

        return sum;
    }

    private void TryPoint(double[] direction, double length)
    {
        double norm = Math.Sqrt(direction.Sum(v => v * v));
        if (norm > 0 && length < Upper)
        {
            double[] point = NaiveNetwork.Move(_input, direction, length / norm);
            double sum = _signs.Select((sign, s) => sign * Math.Max(0, _network.PreActivation(s, point))).Sum();
            Upper = sum <= Zero * _norms.Sum() ? length : Upper;
        }
    }

    private void TryRay(double[] direction)
    {
        double norm = Math.Sqrt(direction.Sum(v => v * v));
        if (norm > 0)
        {
            NaiveCrossing? crossing = BruteForceRay.FirstSignChange(_network, _input, Array.ConvertAll(direction, v => v / norm));
            Flip = Math.Min(Flip, crossing?.Length ?? double.PositiveInfinity);
            Upper = Math.Min(Upper, Flip);
        }
    }

    private enum Branch
    {
        Helps,
        Open,
        On,
        Off,
    }
}
