namespace OneStep.Networks.Deep.Passes;

/// <summary>Some rays that are followed window by window until each has its sign change or has none: one worker's memory.</summary>
internal sealed unsafe class RayWindows : IDisposable
{
    private const int Lanes = LayerProducts.Inputs;

    private readonly DeepNetwork _network;
    private readonly OutputMargin _margin;
    private readonly RayLines _lines;
    private readonly RayPoints? _points;
    private readonly RayCrossing[] _crossings = new RayCrossing[Lanes];
    private readonly double[] _limits = new double[Lanes];
    private readonly double[] _signs = new double[Lanes];
    private readonly double[] _from = new double[Lanes];
    private readonly double[] _to = new double[Lanes];
    private readonly double[] _lastKinks = new double[Lanes];
    private readonly bool[] _isOpen = new bool[Lanes];
    private readonly bool[] _hasWindow = new bool[Lanes];

    // Where the slope of a crossing is taken, and the competitor that decides it; not a number where there is none to take.
    private readonly double[] _middles = new double[Lanes];
    private readonly int[] _competitors = new int[Lanes];
    private readonly double[][] _endSlopes;
    private double[] _left;
    private double[] _right;
    private int _count;
    private bool _knowsEnd;

    public RayWindows(DeepNetwork network, OutputProducts last, OutputMargin margin)
    {
        _network = network;
        _margin = margin;
        _lines = new(network, last);
        _points = network.Layers.Count > 1 ? new(network, last) : null;
        _endSlopes = [.. Enumerable.Range(0, Lanes).Select(_ => new double[last.Count])];
        _left = new double[last.Count];
        _right = new double[last.Count];
    }

    /// <summary>What was found, one a ray.</summary>
    public ReadOnlySpan<RayCrossing> Crossings => _crossings.AsSpan(0, _count);

    /// <summary>Multiply-adds of all products so far.</summary>
    public long MultiplyAdds => _lines.MultiplyAdds + (_points?.MultiplyAdds ?? 0);

    /// <summary>Whether a ray is not decided yet.</summary>
    public bool HasOpenRays => _isOpen.AsSpan(0, _count).Contains(value: true);

    /// <summary>Takes some rays.</summary>
    public void Begin(RayBatch rays, int first, int count)
    {
        _count = count;
        _knowsEnd = false;
        _lines.Begin(rays, first, count);
        for (int ray = 0; ray < count; ray++)
        {
            _crossings[ray] = RayCrossing.None;
            _limits[ray] = rays.LimitOf(first + ray);
            _isOpen[ray] = _limits[ray] > 0;
            _signs[ray] = 0;
            _from[ray] = 0;
        }
    }

    /// <summary>Windows from 0 to a little behind the expected lengths, for the rays that have one.</summary>
    /// <param name="rays">All rays.</param>
    /// <param name="first">The first of these.</param>
    /// <param name="part">How many expected lengths.</param>
    /// <param name="largestGrowth">How often the largest pre-activation may go into what a window adds to one.</param>
    public void OpenFirstWindows(RayBatch rays, int first, double part, double largestGrowth)
    {
        if (rays.ExpectedLengths is null)
        {
            _lines.Follow(_from);
        }

        for (int ray = 0; ray < _count; ray++)
        {
            double expected = rays.ExpectedLengths?[first + ray] ?? LinearLength(ray);
            _to[ray] = Math.Min(_limits[ray], part * expected);
            _hasWindow[ray] = _points is not null && _isOpen[ray] && _to[ray] > 0 && _to[ray] * Largest(_lines.Rates, ray) <= largestGrowth * Largest(_lines.Starts, ray);
        }
    }

    /// <summary>Windows from where the last ones ended to the last kink of the ray, or its limit.</summary>
    /// <param name="rounding">What may be missing to the last kink, relatively.</param>
    public void OpenWindowsToLastKink(double rounding)
    {
        if (!_knowsEnd)
        {
            _knowsEnd = true;
            _lines.FollowToInfinity();
            for (int ray = 0; ray < _count; ray++)
            {
                _lastKinks[ray] = _lines.LastKinks[ray] * (1 + rounding);
                _lines.CopySlopes(ray, _endSlopes[ray]);
            }
        }

        for (int ray = 0; ray < _count; ray++)
        {
            _hasWindow[ray] = _isOpen[ray];
            _to[ray] = Math.Min(_limits[ray], _lastKinks[ray]);
        }
    }

    /// <summary>Follows the rays to the ends of their windows, or as far as memory allows.</summary>
    public void Advance()
    {
        Array.Fill(_middles, double.NaN);
        if (_points is not null)
        {
            _points.Run(_lines, _hasWindow.AsSpan(0, _count), _from, _to);
        }
        else if (_knowsEnd)
        {
            _lines.Follow(_from);
        }

        for (int ray = 0; ray < _count; ray++)
        {
            if (_hasWindow[ray])
            {
                Walk(ray);
            }
        }

        TakeSlopes();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _lines.Dispose();
        _points?.Dispose();
    }

    /// <summary>Goes from point to point up to the sign change or the end of the window, where the last piece may begin.</summary>
    private void Walk(int ray)
    {
        int point = _points?.FirstOf(ray) ?? 0;
        int end = _points?.FirstOf(ray + 1) ?? 1;
        CopyOutputs(ray, point, _left);
        if (_signs[ray] == 0)
        {
            double value = _margin.Of(_left).Value;
            _signs[ray] = double.IsNaN(value) ? 0 : Math.Sign(value);
            _isOpen[ray] = _signs[ray] != 0;
        }

        for (; _isOpen[ray] && point + 1 < end; point++)
        {
            double length = _points!.TimeOf(point + 1) - _points.TimeOf(point);
            _points.CopyOutputs(point + 1, _right);
            var piece = new MarginPiece(_margin, _left, _right, length);
            if (piece.TryFindSignChange(_signs[ray], out double time, out double slope, out _competitors[ray]))
            {
                Cross(ray, _points.TimeOf(point) + Math.Min(time, length), slope, _points.TimeOf(point) + (length / 2));
            }

            (_left, _right) = (_right, _left);
        }

        _from[ray] = _points?.TimeOf(end - 1) ?? 0;
        // Not less, so that what is no number ends here, too.
        if (_isOpen[ray] && !(_from[ray] < _to[ray]))
        {
            WalkLastPiece(ray);
        }
    }

    /// <summary>At the end of a window: the limit, or behind the last kink one piece without end, or nothing yet.</summary>
    private void WalkLastPiece(int ray)
    {
        if (_from[ray] >= _limits[ray])
        {
            _isOpen[ray] = false;
        }
        else if (_knowsEnd)
        {
            var piece = new MarginPiece(_margin, _left, _endSlopes[ray], double.PositiveInfinity);
            if (piece.TryFindSignChange(_signs[ray], out double time, out double slope, out _competitors[ray]))
            {
                Cross(ray, _from[ray] + time, slope, double.NaN);
            }

            _isOpen[ray] = false;
        }
    }

    private void Cross(int ray, double time, double slope, double middle)
    {
        // At the limit itself the margin is zero, not of the other sign.
        _crossings[ray] = time < _limits[ray] ? new(time, slope) : RayCrossing.None;
        _middles[ray] = middle;
        _isOpen[ray] = false;
    }

    /// <summary>The slopes of the crossings' pieces from the layers themselves: where a piece is short, the difference of two
    /// rounded values says little.</summary>
    private void TakeSlopes()
    {
        if (Array.TrueForAll(_middles, double.IsNaN))
        {
            return;
        }

        Span<double> times = stackalloc double[Lanes];
        for (int lane = 0; lane < Lanes; lane++)
        {
            times[lane] = double.IsNaN(_middles[lane]) ? 0 : _middles[lane];
        }

        _lines.Follow(times);
        for (int ray = 0; ray < _count; ray++)
        {
            if (!double.IsNaN(_middles[ray]) && _crossings[ray].Exists)
            {
                _lines.CopySlopes(ray, _left);
                double slope = _left[_margin.Output] - (_competitors[ray] == OutputMargin.None ? 0 : _left[_competitors[ray]]);
                if (slope * _signs[ray] < 0)
                {
                    _crossings[ray] = _crossings[ray] with { Slope = slope };
                }
            }
        }
    }

    private void CopyOutputs(int ray, int point, Span<double> outputs)
    {
        if (_points is null)
        {
            _lines.CopyValues(ray, outputs);
        }
        else
        {
            _points.CopyOutputs(point, outputs);
        }
    }

    /// <summary>Where the linearised margin would be zero; not positive where nowhere.</summary>
    private double LinearLength(int ray)
    {
        _lines.CopyValues(ray, _left);
        _lines.CopySlopes(ray, _right);
        (double value, int competitor) = _margin.Of(_left);
        return -value / (_right[_margin.Output] - (competitor == OutputMargin.None ? 0 : _right[competitor]));
    }

    private double Largest(float* values, int lane)
    {
        float largest = 0;
        for (int s = 0; s < _network.Layers[0].Rows; s++)
        {
            largest = Math.Max(largest, Math.Abs(values[((nint)s * Lanes) + lane]));
        }

        return largest;
    }
}
