using OneStep.Networks;

namespace OneStep.TangentKernel;

/// <summary>
/// f(x + t u) of a kernel predictor as a function of t, from x_i · x and x_i · u alone, and its first sign change
/// (<see cref="KernelPredictor.FirstSignChanges"/>).
/// </summary>
/// <param name="kernel">The kernel.</param>
/// <param name="weights">α_i ‖x_i‖, [n].</param>
/// <param name="products">x_i · x/‖x_i‖, [n].</param>
/// <param name="slopes">x_i · u/‖x_i‖, [n].</param>
/// <param name="plane">x and u among themselves.</param>
internal readonly ref struct KernelRay(
    ReluTangentKernel kernel, ReadOnlySpan<double> weights, ReadOnlySpan<double> products, ReadOnlySpan<double> slopes, RayPlane plane)
{
    // A step is at most this part of the expected length, or of t, and at most this angle.
    private const double StepShare = 1.0 / 8;
    private const double StepAngle = Math.PI / 128;

    // With less than this left to turn, the sign of f(u) stands for the rest of the ray.
    private const double LastAngle = StepAngle / 64;

    // The width of a bracket, as a part of t, at which it counts as a point.
    private const double Tolerance = 1.0 / (1L << 48);

    private const int MostHalvings = 40;
    private const int MostDoublings = 400;
    private const int MostIterations = 300;

    private readonly ReluTangentKernel _kernel = kernel;
    private readonly ReadOnlySpan<double> _weights = weights;
    private readonly ReadOnlySpan<double> _products = products;
    private readonly ReadOnlySpan<double> _slopes = slopes;
    private readonly RayPlane _plane = plane;

    /// <summary>The first sign change up to a limit.</summary>
    /// <param name="limit">The largest t that counts.</param>
    /// <param name="expected">A guess; not a number where unknown.</param>
    public RayCrossing FirstSignChange(double limit, double expected)
    {
        RayPoint left = At(0);
        int sign = Math.Sign(left.Value);
        if (sign == 0 || _plane.DirectionSquare == 0)
        {
            return RayCrossing.None;
        }

        double length = expected > 0 ? expected : -left.Value / left.Slope;
        double scale = _plane.Radius(0) / Math.Sqrt(_plane.DirectionSquare);
        double step = (length > 0 && double.IsFinite(length) ? length : scale) * StepShare;
        while (left.Time < limit)
        {
            if (double.IsPositiveInfinity(_plane.DistanceOfTurn(left.Time, LastAngle)))
            {
                return BeyondTheLastTurn(left, sign, limit);
            }

            // A step too small to count: the next number instead, so that the end is reached.
            double reach = Math.Min(Math.Max(step, left.Time * StepShare), _plane.DistanceOfTurn(left.Time, StepAngle));
            double time = Math.Min(left.Time + reach, limit);
            RayPoint right = At(Math.Max(time, Math.BitIncrement(left.Time)));
            if (sign * right.Value < 0 || TryFindDip(left, right, sign, out right))
            {
                return Crossing(left, right, sign);
            }

            left = right;
        }

        return RayCrossing.None;
    }

    /// <summary>f and ∂f/∂t at t.</summary>
    private RayPoint At(double time)
    {
        double radius = _plane.Radius(time);
        if (radius == 0)
        {
            return new(time, 0, 0);
        }

        double radiusSlope = _plane.RadiusSlope(time, radius);
        double inverse = 1 / radius;
        double value = 0;
        double slope = 0;
        for (int i = 0; i < _weights.Length; i++)
        {
            AngularProfile profile = _kernel.At(Math.FusedMultiplyAdd(time, _slopes[i], _products[i]) * inverse);
            double turn = profile.Sine == 0 ? 0 : -((_slopes[i] - (profile.Cosine * radiusSlope)) / profile.Sine);
            value += _weights[i] * profile.Value;
            slope += _weights[i] * ((radiusSlope * profile.Value) + (profile.Slope * turn));
        }

        return new(time, radius * value, slope);
    }

    /// <summary>The sign of f(u), the limit of f(x + t u)/t.</summary>
    private int SignAtInfinity()
    {
        double inverse = 1 / Math.Sqrt(_plane.DirectionSquare);
        double value = 0;
        for (int i = 0; i < _weights.Length; i++)
        {
            value += _weights[i] * _kernel.At(_slopes[i] * inverse).Value;
        }

        return Math.Sign(value);
    }

    /// <summary>Decides what is left of a ray that hardly turns any more.</summary>
    private RayCrossing BeyondTheLastTurn(RayPoint left, int sign, double limit)
    {
        if (SignAtInfinity() != -sign)
        {
            return RayCrossing.None;
        }

        double time = Math.Max(left.Time, _plane.Radius(left.Time) / Math.Sqrt(_plane.DirectionSquare));
        for (int doubling = 0; doubling < MostDoublings && left.Time < limit; doubling++)
        {
            time = Math.Min(2 * time, limit);
            RayPoint right = At(time);
            if (sign * right.Value < 0)
            {
                return Crossing(left, right, sign);
            }

            left = right;
        }

        return RayCrossing.None;
    }

    /// <summary>Looks between two samples of the old sign where f first goes towards zero and then away from it; where there is
    /// nothing, <paramref name="found"/> is the right one.</summary>
    private bool TryFindDip(RayPoint left, RayPoint right, int sign, out RayPoint found)
    {
        found = right;
        if (sign * left.Slope >= 0 || sign * right.Slope <= 0)
        {
            return false;
        }

        (double from, double to) = (left.Time, right.Time);
        for (int halving = 0; halving < MostHalvings && to - from > Tolerance * to; halving++)
        {
            RayPoint middle = At(0.5 * (from + to));
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

    /// <summary>The change between a point of the old sign and one of the new: the Illinois rule, kept inside the bracket so
    /// that both its ends close in.</summary>
    private RayCrossing Crossing(RayPoint left, RayPoint right, int sign)
    {
        (double from, double to) = (left.Time, right.Time);
        (double above, double below) = (Math.Max(sign * left.Value, 0), sign * right.Value);
        int side = 0;
        for (int iteration = 0; iteration < MostIterations && to - from > Tolerance * to; iteration++)
        {
            double inside = 0.5 * Tolerance * to;
            double time = Math.Clamp(from + ((to - from) * (above / (above - below))), from + inside, to - inside);
            RayPoint middle = At(time);
            double value = sign * middle.Value;
            if (value < 0)
            {
                (to, below, right) = (time, value, middle);
                above = side == -1 ? above / 2 : above;
                side = -1;
            }
            else
            {
                (from, above) = (time, value);
                below = side == 1 ? below / 2 : below;
                side = 1;
            }
        }

        return new(right.Time, right.Slope);
    }

    /// <summary>f along the ray at one point.</summary>
    private readonly record struct RayPoint(double Time, double Value, double Slope);
}
