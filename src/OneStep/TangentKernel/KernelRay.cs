using OneStep.Networks;
using OneStep.Numerics.Rays;

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
    ReluTangentKernel kernel, ReadOnlySpan<double> weights, ReadOnlySpan<double> products, ReadOnlySpan<double> slopes, RayPlane plane) : ISampledRay
{
    // A step is at most this angle.
    private const double StepAngle = Math.PI / 128;

    // With less than this left to turn, the sign of f(u) stands for the rest of the ray.
    private const double LastAngle = StepAngle / 64;

    private const int MostDoublings = 400;

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
        RayPoint start = At(0);
        if (start.Value == 0 || _plane.DirectionSquare == 0)
        {
            return RayCrossing.None;
        }

        double length = expected > 0 ? expected : -start.Value / start.Slope;
        double scale = length > 0 && double.IsFinite(length) ? length : _plane.Radius(0) / Math.Sqrt(_plane.DirectionSquare);
        return SampledRay.TryFindSignChange(this, start, scale, limit, out RayPoint crossing) ? new(crossing.Time, crossing.Slope) : RayCrossing.None;
    }

    /// <inheritdoc/>
    public double LongestStep(double time) => _plane.DistanceOfTurn(time, StepAngle);

    /// <inheritdoc/>
    public bool HasSettled(double time) => double.IsPositiveInfinity(_plane.DistanceOfTurn(time, LastAngle));

    /// <inheritdoc/>
    public RayPoint At(double time)
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

    /// <inheritdoc/>
    public bool TryFindBeyond(RayPoint left, int sign, double limit, out RayPoint crossing)
    {
        crossing = default;
        if (SignAtInfinity() != -sign)
        {
            return false;
        }

        double time = Math.Max(left.Time, _plane.Radius(left.Time) / Math.Sqrt(_plane.DirectionSquare));
        for (int doubling = 0; doubling < MostDoublings && left.Time < limit; doubling++)
        {
            time = Math.Min(2 * time, limit);
            RayPoint right = At(time);
            if (sign * right.Value < 0)
            {
                crossing = SampledRay.Bracket(this, left, right, sign);
                return true;
            }

            left = right;
        }

        return false;
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
}
