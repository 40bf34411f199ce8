using OneStep.Numerics.Rays;

namespace OneStep.Networks.Activations;

/// <summary>f(x + t u) = m^{-1/2} Σ_s a_s σ(p_s + t q_s) as a function of t, and its first sign change
/// (<see cref="ActivatedTwoLayerNetwork.FirstSignChanges"/>).</summary>
internal readonly ref struct ActivatedRay : ISampledRay
{
    private readonly Activation _activation;
    private readonly ReadOnlySpan<double> _signs;
    private readonly ReadOnlySpan<double> _p;
    private readonly ReadOnlySpan<double> _q;
    private readonly double _outputScale;

    // Where pre-activations have changed by 1 in the mean square, and from where on all are on their lines at infinity.
    private readonly double _scale;
    private readonly double _settled;

    // The slope of f at infinity.
    private readonly double _lastSlope;

    /// <summary>Takes the products.</summary>
    /// <param name="activation">σ.</param>
    /// <param name="signs">a, [m].</param>
    /// <param name="p">Wx, with biases, [m].</param>
    /// <param name="q">Wu, without them, [m].</param>
    /// <param name="outputScale">m^{-1/2}.</param>
    public ActivatedRay(Activation activation, ReadOnlySpan<double> signs, ReadOnlySpan<double> p, ReadOnlySpan<double> q, double outputScale)
    {
        _activation = activation;
        _signs = signs;
        _p = p;
        _q = q;
        _outputScale = outputScale;
        double square = 0;
        double slope = 0;
        for (int s = 0; s < q.Length; s++)
        {
            if (q[s] != 0)
            {
                square += q[s] * q[s];
                slope += signs[s] * q[s] * activation.SlopeAtInfinity(Math.Sign(q[s]));
                _settled = Math.Max(_settled, (activation.SettledFrom + Math.Abs(p[s])) / Math.Abs(q[s]));
            }
        }

        _scale = Math.Sqrt(q.Length / square);
        _lastSlope = outputScale * slope;
    }

    /// <summary>The first sign change up to a limit.</summary>
    /// <param name="limit">The largest t that counts.</param>
    /// <param name="expected">A guess; not a number where unknown.</param>
    public RayCrossing FirstSignChange(double limit, double expected)
    {
        RayPoint start = At(0);
        if (start.Value == 0 || !double.IsFinite(_scale))
        {
            return RayCrossing.None;
        }

        double length = expected > 0 ? expected : -start.Value / start.Slope;
        double scale = length > 0 ? Math.Min(length, _scale) : _scale;
        return SampledRay.TryFindSignChange(this, start, scale, limit, out RayPoint crossing) ? new(crossing.Time, crossing.Slope) : RayCrossing.None;
    }

    /// <inheritdoc/>
    public RayPoint At(double time)
    {
        double value = 0;
        double slope = 0;
        for (int s = 0; s < _signs.Length; s++)
        {
            double z = Math.FusedMultiplyAdd(time, _q[s], _p[s]);
            value += _signs[s] * _activation.Value(z);
            slope += _signs[s] * _q[s] * _activation.Slope(z);
        }

        return new(time, _outputScale * value, _outputScale * slope);
    }

    /// <inheritdoc/>
    public double LongestStep(double time) => double.PositiveInfinity;

    /// <inheritdoc/>
    public bool HasSettled(double time) => time >= _settled;

    /// <inheritdoc/>
    public bool TryFindBeyond(RayPoint left, int sign, double limit, out RayPoint crossing)
    {
        crossing = default;
        if (sign * _lastSlope >= 0)
        {
            return false;
        }

        // Twice as far as the line at infinity falls to zero.
        RayPoint right = At(Math.Min(2 * (left.Time - (left.Value / _lastSlope)), limit));
        if (sign * right.Value >= 0)
        {
            return false;
        }

        crossing = SampledRay.Bracket(this, left, right, sign);
        return true;
    }
}
