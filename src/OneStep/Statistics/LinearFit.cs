namespace OneStep.Statistics;

/// <summary>A straight line y ≈ Intercept + Slope · x, fitted by ordinary least squares.</summary>
/// <param name="Slope">The slope.</param>
/// <param name="Intercept">The line's value at x = 0.</param>
/// <param name="SlopeStandardError">The slope's standard error, with n − 2 degrees of freedom; null for two points, through
/// which a line always passes.</param>
/// <param name="SlopeInterval">The slope's confidence interval; null for two points.</param>
public sealed record LinearFit(double Slope, double Intercept, double? SlopeStandardError, ConfidenceInterval? SlopeInterval)
{
    /// <summary>Fits the line.</summary>
    /// <param name="x">The abscissae, [n], finite; at least two of them differ.</param>
    /// <param name="y">The ordinates, [n], finite.</param>
    /// <param name="level">The confidence level, above 0 and below 1.</param>
    /// <exception cref="ArgumentException">The lengths differ, there are fewer than two points, a value is not finite, or all x are
    /// the same.</exception>
    public static LinearFit Of(IReadOnlyList<double> x, IReadOnlyList<double> y, double level = ConfidenceInterval.DefaultLevel)
    {
        double[] u = FiniteValues.Copy(x, nameof(x));
        double[] v = FiniteValues.Copy(y, nameof(y));
        if (u.Length != v.Length || u.Length < 2)
        {
            throw new ArgumentException($"A line needs two or more points, but there are {u.Length} x and {v.Length} y.", nameof(y));
        }

        if (!(u.Max() > u.Min()))
        {
            throw new ArgumentException($"A slope needs two different x, but all are {u[0]}.", nameof(x));
        }

        double meanU = u.Average();
        double meanV = v.Average();
        double squares = u.Sum(ui => (ui - meanU) * (ui - meanU));
        double slope = u.Zip(v, (ui, vi) => (ui - meanU) * (vi - meanV)).Sum() / squares;
        double intercept = meanV - (slope * meanU);
        if (u.Length == 2)
        {
            return new(slope, intercept, null, null);
        }

        int degreesOfFreedom = u.Length - 2;
        double residual = u.Zip(v, (ui, vi) => vi - meanV - (slope * (ui - meanU))).Sum(e => e * e);
        double error = Math.Sqrt(residual / degreesOfFreedom / squares);
        return new(slope, intercept, error, ConfidenceInterval.Around(slope, error, degreesOfFreedom, level));
    }
}
