namespace OneStep.Networks.Deep.Passes;

/// <summary>The first sign change of a margin z_o − max_j z_j on a piece of a ray where all outputs are linear.</summary>
internal readonly ref struct MarginPiece
{
    private readonly OutputMargin _margin;
    private readonly ReadOnlySpan<double> _left;
    private readonly ReadOnlySpan<double> _right;
    private readonly double _length;

    /// <summary>A piece of finite length.</summary>
    /// <param name="margin">Which outputs.</param>
    /// <param name="left">The outputs at its beginning, [K].</param>
    /// <param name="right">The outputs at its end, [K]; the slopes of the outputs where the piece has no end.</param>
    /// <param name="length">Its length, which may be infinite.</param>
    public MarginPiece(OutputMargin margin, ReadOnlySpan<double> left, ReadOnlySpan<double> right, double length)
    {
        _margin = margin;
        _left = left;
        _right = right;
        _length = length;
    }

    /// <summary>Finds inf{t ≥ 0 on the piece : sign · margin &lt; 0}.</summary>
    /// <param name="sign">The sign that the margin has had so far, −1 or 1.</param>
    /// <param name="time">t from the beginning of the piece.</param>
    /// <param name="slope">The margin's slope behind it.</param>
    /// <param name="competitor">The competitor that decides it, or <see cref="OutputMargin.None"/>.</param>
    public bool TryFindSignChange(double sign, out double time, out double slope, out int competitor)
    {
        ReadOnlySpan<int> competitors = _margin.Competitors.Length > 0 ? _margin.Competitors : [OutputMargin.None];
        return sign > 0 ? TryLeave(competitors, out time, out slope, out competitor) : TryEnter(competitors, out time, out slope, out competitor);
    }

    /// <summary>The margin is the least of some lines: it becomes negative where the first of them does.</summary>
    private bool TryLeave(ReadOnlySpan<int> competitors, out double time, out double slope, out int competitor)
    {
        (time, slope, competitor) = (double.PositiveInfinity, 0, OutputMargin.None);
        foreach (int j in competitors)
        {
            Line line = LineOf(j);
            if (line.Left < 0 || line.EndsBelow)
            {
                double root = line.Left <= 0 ? 0 : line.Root;
                if (root < time || (root == time && line.Slope < slope))
                {
                    (time, slope, competitor) = (root, line.Slope, j);
                }
            }
        }

        return time < double.PositiveInfinity;
    }

    /// <summary>The least of the lines becomes positive where the last of those that begin below zero does, if none of the others
    /// has fallen below by then.</summary>
    private bool TryEnter(ReadOnlySpan<int> competitors, out double time, out double slope, out int competitor)
    {
        (time, slope, competitor) = (0, double.PositiveInfinity, OutputMargin.None);
        double end = double.PositiveInfinity;
        foreach (int j in competitors)
        {
            Line line = LineOf(j);
            if (line.Left > 0)
            {
                end = line.EndsAbove ? end : Math.Min(end, line.Root);
                continue;
            }

            if (!line.EndsAbove)
            {
                return false;
            }

            double root = line.Left == 0 ? 0 : line.Root;
            if (root > time || (root == time && line.Slope < slope))
            {
                (time, slope, competitor) = (root, line.Slope, j);
            }
        }

        // A margin that is positive from the beginning is so by rounding alone: the piece before ended at zero.
        if (double.IsPositiveInfinity(slope))
        {
            competitor = _margin.Of(_left).Competitor;
            slope = LineOf(competitor).Slope;
        }

        return time < end;
    }

    private Line LineOf(int competitor)
    {
        double left = _left[_margin.Output] - (competitor == OutputMargin.None ? 0 : _left[competitor]);
        double right = _right[_margin.Output] - (competitor == OutputMargin.None ? 0 : _right[competitor]);
        return double.IsPositiveInfinity(_length)
            ? new(left, right, -left / right, right > 0 || (right == 0 && left > 0), right < 0 || (right == 0 && left < 0))
            : new(left, (right - left) / _length, _length * (left / (left - right)), right > 0, right < 0);
    }

    /// <summary>One line: its value at the beginning, its slope, where it is zero, and how it ends.</summary>
    private readonly record struct Line(double Left, double Slope, double Root, bool EndsAbove, bool EndsBelow);
}
