using OneStep.Numerics;

namespace OneStep.Networks;

/// <summary>Rays x + t u, one a row, along which a sign change is looked for.</summary>
public sealed class RayBatch
{
    /// <summary>Makes rays without limit.</summary>
    /// <param name="origins">The inputs x, [n, d].</param>
    /// <param name="directions">The directions u, [n, d], of any length.</param>
    public RayBatch(Matrix<float> origins, Matrix<float> directions)
    {
        ArgumentNullException.ThrowIfNull(origins);
        ArgumentNullException.ThrowIfNull(directions);
        if (origins.Rows != directions.Rows || origins.Columns != directions.Columns)
        {
            throw new ArgumentException("Every ray needs an origin and a direction of the same dimension.", nameof(directions));
        }

        Origins = origins;
        Directions = directions;
    }

    /// <summary>The inputs x, [n, d].</summary>
    public Matrix<float> Origins { get; }

    /// <summary>The directions u, [n, d].</summary>
    public Matrix<float> Directions { get; }

    /// <summary>The largest t that counts, per ray; null means no limit: the slope behind the last kink then decides
    /// whether a change exists.</summary>
    public double[]? Limits { get; init; }

    /// <summary>
    /// A guess of the first crossing, per ray, for example |f|/|∂f/∂t|; null where unknown. It changes
    /// how many kinks are looked at, and the result by no more than the rounding of another order of sums.
    /// </summary>
    public double[]? ExpectedLengths { get; init; }

    /// <summary>The number of rays n.</summary>
    public int Count => Origins.Rows;

    /// <summary>The largest t that counts along one ray.</summary>
    internal double LimitOf(int ray) => Limits?[ray] ?? double.PositiveInfinity;

    /// <summary>Refuses limits and expected lengths that are not one a ray.</summary>
    internal void RequireOneValuePerRay()
    {
        RequireOneValuePerRay(Limits, nameof(Limits));
        RequireOneValuePerRay(ExpectedLengths, nameof(ExpectedLengths));
    }

    private void RequireOneValuePerRay(double[]? values, string name)
    {
        if (values is not null && values.Length != Count)
        {
            throw new ArgumentException($"{name} needs a value for each of the {Count} rays, not {values.Length}.", nameof(values));
        }
    }
}
