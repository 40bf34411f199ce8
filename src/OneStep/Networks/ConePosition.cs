namespace OneStep.Networks;

/// <summary>Where weights W lie relative to the cones over the lazy balls around W0 (docs/mathematics.md §8).</summary>
public sealed class ConePosition
{
    private readonly ConeParabolas _parabolas;
    private readonly double _offset;
    private readonly int _rows;

    /// <summary>Describes what was found.</summary>
    internal ConePosition(ConeParabolas parabolas, double offset, double scale, bool isAttained, int rows)
    {
        _parabolas = parabolas;
        _offset = offset;
        _rows = rows;
        Scale = scale;
        IsAttained = isAttained;
        C0 = double.IsNaN(scale) ? double.NaN : Math.Sqrt(rows * parabolas.LargestAt(offset));
    }

    /// <summary>
    /// r*, the scale at which r W is nearest to W0 in the largest distance of a row. Zero where W is the farther from W0 the
    /// larger r is; not a number where a weight is none.
    /// </summary>
    public double Scale { get; }

    /// <summary>√m max_s ‖r* w_s − w_{s,0}‖: the smallest C0 whose cone holds W, or at <see cref="Scale"/> zero their infimum.</summary>
    public double C0 { get; }

    /// <summary>
    /// Whether the cone of <see cref="C0"/> itself holds W; otherwise only larger ones do. At <see cref="Scale"/> zero it does
    /// where rows of zeros alone are farthest from W0: then small r > 0 serve as well.
    /// </summary>
    public bool IsAttained { get; }

    /// <summary>The scales r > 0 with r W in the ball of radius C0/√m: the cone holds W where there are any.</summary>
    /// <param name="c0">C0, not negative.</param>
    /// <returns>The ends of the interval, 0 not belonging to it; null where W lies outside the cone. A matrix W of zeros may be
    /// scaled by anything, up to infinity.</returns>
    public (double Low, double High)? ScalesWithin(double c0)
    {
        InvalidParameterException.Require(c0 >= 0 && double.IsFinite(c0), "c0", c0, "a finite number, at least 0");
        if (double.IsNaN(Scale))
        {
            return null;
        }

        // At its own C0 the interval is the best scale, whatever rounding says.
        double radius = c0 == C0 ? Math.Sqrt(_parabolas.LargestAt(_offset)) * (1 + 1e-15) : c0 / Math.Sqrt(_rows);
        return _parabolas.Within(_offset, radius) is var (low, high) && high > 0 && (IsAttained || c0 > C0)
            ? (Math.Max(0, low), high)
            : null;
    }

    /// <summary>Whether the cone of a given C0 holds W.</summary>
    /// <param name="c0">C0, not negative.</param>
    public bool IsInside(double c0) => ScalesWithin(c0) is not null;
}
