using System.Runtime.Intrinsics;
using OneStep.Numerics;

namespace OneStep.Networks;

/// <summary>
/// The squared distances ‖r w_s − w_{s,0}‖² of all rows as functions of the scale r, parabolas in ρ = r − r0 around a base r0:
/// ‖D_s‖² + 2ρ (w_s·D_s) + ρ² ‖w_s‖² with D_s = r0 w_s − w_{s,0} (docs/mathematics.md §8). At r0 = 0 they are the distances
/// themselves; near the best scale nothing cancels.
/// </summary>
internal sealed class ConeParabolas
{
    // Panels a work item: enough to be worth a thread's while.
    private const int PanelsAnItem = 16;

    private readonly double[] _squares;
    private readonly double[] _slopes;
    private readonly double[] _values;

    private ConeParabolas(int rows, double basis)
    {
        Base = basis;
        _squares = new double[rows];
        _slopes = new double[rows];
        _values = new double[rows];
    }

    /// <summary>r0.</summary>
    public double Base { get; }

    /// <summary>Whether every coefficient is a number.</summary>
    public bool IsFinite => Array.TrueForAll(_squares, double.IsFinite) && Array.TrueForAll(_slopes, double.IsFinite) && Array.TrueForAll(_values, double.IsFinite);

    /// <summary>Computes the parabolas, in float64, each coefficient a sum in ascending k.</summary>
    /// <param name="weights">W, [m, columns].</param>
    /// <param name="center">W0, [m, columns].</param>
    /// <param name="basis">r0.</param>
    /// <param name="threads">How many threads may be used.</param>
    /// <param name="cancellation">Ends the call early.</param>
    public static ConeParabolas Around(PackedWeights weights, PackedWeights center, double basis, int threads, CancellationToken cancellation)
    {
        var parabolas = new ConeParabolas(weights.Rows, basis);
        int items = (weights.PanelCount + PanelsAnItem - 1) / PanelsAnItem;
        WorkGrid.Run(items, threads, cancellation, (item, _) =>
        {
            for (int panel = item * PanelsAnItem; panel < Math.Min((item + 1) * PanelsAnItem, weights.PanelCount); panel++)
            {
                parabolas.FillPanel(weights, center, panel);
            }
        });
        return parabolas;
    }

    /// <summary>
    /// Minimises the largest parabola, exactly up to rounding, with an active set of two: one parabola that falls and one that
    /// rises at the present point, which is the minimum of the larger of them. Whichever is largest there takes the place that
    /// its slope says. The minimum of the pair grows with every exchange, so that no pair comes twice.
    /// </summary>
    /// <param name="cancellation">Ends the call early.</param>
    /// <returns>ρ.</returns>
    public double Minimize(CancellationToken cancellation)
    {
        int falling = Largest(0);
        int rising = falling;
        double offset = VertexOf(falling);
        double reached = double.NegativeInfinity;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            int largest = Largest(offset);
            double level = Math.Max(At(falling, offset), At(rising, offset));

            // Equal, or by rounding no better than before: the pair is what limits the ball.
            if (largest == falling || largest == rising || !(At(largest, offset) > level) || !(level > reached))
            {
                return offset;
            }

            reached = level;
            double slope = SlopeAt(largest, offset);
            if (slope == 0)
            {
                return offset;
            }

            falling = slope < 0 ? largest : falling;
            rising = slope > 0 ? largest : rising;
            offset = LowestOfPair(falling, rising);
        }
    }

    /// <summary>max_s ‖r w_s − w_{s,0}‖² at r = r0 + ρ; where all rows meet, rounding makes it no less than zero.</summary>
    public double LargestAt(double offset) => Math.Max(0, At(Largest(offset), offset));

    /// <summary>Whether the largest distance can shrink when r grows from r0: no row that is largest there rises.</summary>
    public bool CanShrink()
    {
        double largest = _values.Max();
        for (int s = 0; s < _values.Length; s++)
        {
            // A parabola with its vertex here rises as well.
            if (_values[s] == largest && (_slopes[s] > 0 || (_slopes[s] == 0 && _squares[s] > 0)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The scales r at which all rows are within a distance, or null for none.</summary>
    /// <param name="offset">ρ of the best scale: around it the roots of all parabolas have opposite signs.</param>
    /// <param name="radius">The distance, V.</param>
    public (double Low, double High)? Within(double offset, double radius)
    {
        double low = double.NegativeInfinity;
        double high = double.PositiveInfinity;
        for (int s = 0; s < _values.Length; s++)
        {
            double room = (radius * radius) - At(s, offset);
            if (!(room >= 0))
            {
                return null;
            }

            if (_squares[s] > 0)
            {
                // The smaller of the two roots would cancel: it comes from their product, −room/‖w‖².
                double half = SlopeAt(s, offset);
                double far = Math.Abs(half) + Math.Sqrt((half * half) + (_squares[s] * room));
                double farRoot = far / _squares[s];
                double nearRoot = far > 0 ? room / far : 0;
                low = Math.Max(low, half > 0 ? -farRoot : -nearRoot);
                high = Math.Min(high, half > 0 ? nearRoot : farRoot);
            }
        }

        return (Base + offset + low, Base + offset + high);
    }

    private unsafe void FillPanel(PackedWeights weights, PackedWeights center, int panel)
    {
        float* w = weights.Panel(panel);
        float* start = center.Panel(panel);
        Vector512<double> scale = Vector512.Create(Base);
        for (int lane = 0; lane < PackedWeights.Lanes; lane += Vector512<double>.Count)
        {
            Vector512<double> squares = Vector512<double>.Zero, slopes = squares, values = squares;
            for (nint k = 0; k < weights.Columns; k++)
            {
                Vector512<double> weight = Load(w + (k * PackedWeights.Lanes) + lane);
                Vector512<double> distance = Vector512.FusedMultiplyAdd(scale, weight, -Load(start + (k * PackedWeights.Lanes) + lane));
                squares = Vector512.FusedMultiplyAdd(weight, weight, squares);
                slopes = Vector512.FusedMultiplyAdd(weight, distance, slopes);
                values = Vector512.FusedMultiplyAdd(distance, distance, values);
            }

            int first = (panel * PackedWeights.Lanes) + lane;
            for (int i = 0; i < Math.Min(Vector512<double>.Count, _values.Length - first); i++)
            {
                _squares[first + i] = squares[i];
                _slopes[first + i] = slopes[i];
                _values[first + i] = values[i];
            }
        }
    }

    private static unsafe Vector512<double> Load(float* lanes)
    {
        (Vector256<double> low, Vector256<double> high) = Vector256.Widen(Vector256.Load(lanes));
        return Vector512.Create(low, high);
    }

    private double At(int row, double offset) => _values[row] + (offset * ((2 * _slopes[row]) + (offset * _squares[row])));

    /// <summary>Half the derivative.</summary>
    private double SlopeAt(int row, double offset) => _slopes[row] + (offset * _squares[row]);

    private int Largest(double offset)
    {
        int largest = 0;
        double value = At(0, offset);
        for (int s = 1; s < _values.Length; s++)
        {
            double other = At(s, offset);
            if (other > value)
            {
                (largest, value) = (s, other);
            }
        }

        return largest;
    }

    /// <summary>Where a parabola is lowest; a row of zeros is nowhere lower than at the base.</summary>
    private double VertexOf(int row) => _squares[row] > 0 ? -_slopes[row] / _squares[row] : 0;

    /// <summary>Where the larger of two parabolas is lowest: at a vertex, or between the vertices where they meet.</summary>
    private double LowestOfPair(int falling, int rising)
    {
        double left = VertexOf(rising);
        double right = VertexOf(falling);
        if (_squares[rising] > 0 && At(rising, left) >= At(falling, left))
        {
            return left;
        }

        if (_squares[falling] > 0 && At(falling, right) >= At(rising, right))
        {
            return right;
        }

        // The difference of the two is a line or a parabola with exactly one root between the vertices. Bisection ends at
        // neighbouring numbers.
        while (true)
        {
            double middle = left + ((right - left) / 2);
            if (middle <= left || middle >= right)
            {
                return middle;
            }

            (left, right) = At(falling, middle) > At(rising, middle) ? (middle, right) : (left, middle);
        }
    }
}
