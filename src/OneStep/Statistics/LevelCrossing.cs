namespace OneStep.Statistics;

/// <summary>
/// Where a curve passes a level, by interpolation that is linear in log x: the budget ε₅₀ that half of the images survive, the
/// radius from which on training reaches 80 %.
/// </summary>
/// <param name="At">The abscissa of the crossing.</param>
/// <param name="Below">The largest measured abscissa before it.</param>
/// <param name="Above">The smallest measured abscissa behind it.</param>
/// <param name="Crossings">How often the curve passes the level, an odd number: 1 unless it is noisy. Of several the middle one
/// is given.</param>
public sealed record LevelCrossing(double At, double Below, double Above, int Crossings)
{
    /// <summary>Finds the crossing.</summary>
    /// <param name="points">The curve, in any order; abscissae positive, finite and different from one another, ordinates finite.</param>
    /// <param name="level">The level, finite.</param>
    /// <returns>The crossing; null where the curve's ends do not bracket the level, one of them being at or above it and the other
    /// below.</returns>
    /// <exception cref="ArgumentException">A number is not finite, or an abscissa is not positive or there twice.</exception>
    public static LevelCrossing? Of(IEnumerable<CurvePoint> points, double level)
    {
        ArgumentNullException.ThrowIfNull(points);
        CurvePoint[] curve = [.. points.OrderBy(point => point.X)];
        _ = FiniteValues.Copy(curve.SelectMany(point => new[] { point.X, point.Y }).Append(level), nameof(points));
        if (curve.Length > 0 && curve[0].X <= 0)
        {
            throw new ArgumentException($"A logarithm needs positive abscissae, but one is {curve[0].X}.", nameof(points));
        }

        List<int> crossed = [];
        for (int i = 1; i < curve.Length; i++)
        {
            if (curve[i].X == curve[i - 1].X)
            {
                throw new ArgumentException($"The curve has two values at {curve[i].X}.", nameof(points));
            }

            if (curve[i].Y >= level != curve[i - 1].Y >= level)
            {
                crossed.Add(i);
            }
        }

        // An even number of crossings leads back to the side the curve began on.
        return crossed.Count % 2 == 0 ? null : Between(curve[crossed[crossed.Count / 2] - 1], curve[crossed[crossed.Count / 2]], level, crossed.Count);
    }

    private static LevelCrossing Between(CurvePoint before, CurvePoint behind, double level, int crossings)
    {
        double part = (level - before.Y) / (behind.Y - before.Y);
        return new(before.X * Math.Pow(behind.X / before.X, part), before.X, behind.X, crossings);
    }
}
