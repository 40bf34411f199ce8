namespace OneStep.TangentKernel;

/// <summary>A ray x + t u in the plane of x and u: its distance from the origin and how it turns.</summary>
internal readonly struct RayPlane
{
    private readonly double _originSquare;
    private readonly double _product;

    /// <summary>Takes the products, summed in ascending order.</summary>
    /// <param name="origin">x, [d].</param>
    /// <param name="direction">u, [d].</param>
    public RayPlane(ReadOnlySpan<double> origin, ReadOnlySpan<double> direction)
    {
        for (int k = 0; k < origin.Length; k++)
        {
            _originSquare = Math.FusedMultiplyAdd(origin[k], origin[k], _originSquare);
            _product = Math.FusedMultiplyAdd(origin[k], direction[k], _product);
            DirectionSquare = Math.FusedMultiplyAdd(direction[k], direction[k], DirectionSquare);
        }
    }

    /// <summary>‖u‖².</summary>
    public double DirectionSquare { get; }

    /// <summary>‖x + t u‖.</summary>
    public double Radius(double time) =>
        Math.Sqrt(Math.Max(0, Math.FusedMultiplyAdd(time, Math.FusedMultiplyAdd(time, DirectionSquare, 2 * _product), _originSquare)));

    /// <summary>The derivative of ‖x + t u‖ in t.</summary>
    public double RadiusSlope(double time, double radius) => Math.FusedMultiplyAdd(time, DirectionSquare, _product) / radius;

    /// <summary>How far from t the ray must go to turn by an angle; infinite where it never does.</summary>
    public double DistanceOfTurn(double time, double angle)
    {
        double radius = Radius(time);
        if (radius == 0)
        {
            return double.PositiveInfinity;
        }

        // The triangle of 0, x + t u and the point sought: the law of sines.
        double along = RadiusSlope(time, radius);
        double across = Math.Sqrt(Math.Max(0, DirectionSquare - (along * along)));
        (double sine, double cosine) = Numerics.Elementary.ElementaryFunctions.SinCosPi(angle / Math.PI);
        double denominator = (across * cosine) - (along * sine);
        return denominator > 0 ? radius * sine / denominator : double.PositiveInfinity;
    }
}
