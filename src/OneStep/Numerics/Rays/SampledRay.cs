namespace OneStep.Numerics.Rays;

/// <summary>A smooth function h along a ray, at one point.</summary>
/// <param name="Time">t.</param>
/// <param name="Value">h(t).</param>
/// <param name="Slope">h'(t).</param>
internal readonly record struct RayPoint(double Time, double Value, double Slope);

/// <summary>A function along a ray that is not piecewise linear, so that it must be sampled.</summary>
internal interface ISampledRay
{
    /// <summary>The function at t ≥ 0.</summary>
    RayPoint At(double time);

    /// <summary>How far the sample after t may be; infinite where nothing is known.</summary>
    double LongestStep(double time);

    /// <summary>Whether the function's behaviour at infinity decides what is left of the ray from t on.</summary>
    bool HasSettled(double time);

    /// <summary>Decides what is left of a ray that has settled.</summary>
    /// <param name="left">The last sample, of the old sign.</param>
    /// <param name="sign">The old sign.</param>
    /// <param name="limit">The largest t that counts.</param>
    /// <param name="crossing">The sign change.</param>
    bool TryFindBeyond(RayPoint left, int sign, double limit, out RayPoint crossing);
}

/// <summary>
/// The first sign change that samples along a ray show. From t to the next sample is at most an eighth of the expected length, or
/// of t. Where the function falls towards zero at one sample and away from it at the next, the extremum between them is looked at
/// too. A pair of changes nearer to each other than that can be missed. The change is bracketed to 2⁻⁴⁸ of its length.
/// </summary>
internal static class SampledRay
{
    /// <summary>A step is at most this part of the expected length, or of t.</summary>
    public const double StepShare = 1.0 / 8;

    // The width of a bracket, as a part of t, at which it counts as a point.
    private const double Tolerance = 1.0 / (1L << 48);

    private const int MostHalvings = 40;
    private const int MostIterations = 300;

    /// <summary>Looks for the first sign change up to a limit.</summary>
    /// <param name="ray">The function.</param>
    /// <param name="start">The function at t = 0, not zero.</param>
    /// <param name="expected">A length that tells the scale, positive and finite.</param>
    /// <param name="limit">The largest t that counts.</param>
    /// <param name="crossing">The sign change, from the side of the new sign.</param>
    public static bool TryFindSignChange<TRay>(TRay ray, RayPoint start, double expected, double limit, out RayPoint crossing)
        where TRay : struct, ISampledRay, allows ref struct
    {
        int sign = Math.Sign(start.Value);
        double step = expected * StepShare;
        RayPoint left = start;
        while (left.Time < limit)
        {
            if (ray.HasSettled(left.Time))
            {
                return ray.TryFindBeyond(left, sign, limit, out crossing);
            }

            // A step too small to count: the next number instead, so that the end is reached.
            double reach = Math.Min(Math.Max(step, left.Time * StepShare), ray.LongestStep(left.Time));
            double time = Math.Min(left.Time + reach, limit);
            RayPoint right = ray.At(Math.Max(time, Math.BitIncrement(left.Time)));
            if (sign * right.Value < 0 || TryFindDip(ray, left, right, sign, out right))
            {
                crossing = Bracket(ray, left, right, sign);
                return true;
            }

            left = right;
        }

        crossing = default;
        return false;
    }

    /// <summary>The change between a point of the old sign and one of the new.</summary>
    /// <param name="ray">The function.</param>
    /// <param name="left">A point of the old sign.</param>
    /// <param name="right">A later one of the new.</param>
    /// <param name="sign">The old sign.</param>
    public static RayPoint Bracket<TRay>(TRay ray, RayPoint left, RayPoint right, int sign)
        where TRay : struct, ISampledRay, allows ref struct
    {
        var bracket = new SignChangeBracket(left.Time, sign * left.Value, right.Time, sign * right.Value);
        for (int iteration = 0; iteration < MostIterations && bracket.IsWiderThan(Tolerance); iteration++)
        {
            RayPoint middle = ray.At(bracket.Next(Tolerance));
            double value = sign * middle.Value;
            bracket.Narrow(middle.Time, value);
            right = value < 0 ? middle : right;
        }

        return right;
    }

    /// <summary>Looks between two samples of the old sign where the function first goes towards zero and then away from it; where
    /// there is nothing, <paramref name="found"/> is the right one.</summary>
    private static bool TryFindDip<TRay>(TRay ray, RayPoint left, RayPoint right, int sign, out RayPoint found)
        where TRay : struct, ISampledRay, allows ref struct
    {
        found = right;
        if (sign * left.Slope >= 0 || sign * right.Slope <= 0)
        {
            return false;
        }

        (double from, double to) = (left.Time, right.Time);
        for (int halving = 0; halving < MostHalvings && to - from > Tolerance * to; halving++)
        {
            RayPoint middle = ray.At(0.5 * (from + to));
            if (sign * middle.Value < 0)
            {
                found = middle;
                return true;
            }

            if (sign * middle.Slope < 0)
            {
                from = middle.Time;
            }
            else
            {
                to = middle.Time;
            }
        }

        return false;
    }
}
