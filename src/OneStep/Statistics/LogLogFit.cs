namespace OneStep.Statistics;

/// <summary>
/// A power law y ≈ e^Intercept · x^Slope, fitted by ordinary least squares to the natural logarithms: the straight line
/// through a log-log plot.
/// </summary>
/// <param name="Slope">The exponent.</param>
/// <param name="Intercept">The natural logarithm of the law's value at x = 1.</param>
/// <param name="SlopeStandardError">The slope's standard error, with n − 2 degrees of freedom; null for two points, through
/// which a line always passes.</param>
/// <param name="SlopeInterval">The slope's confidence interval; null for two points.</param>
public sealed record LogLogFit(double Slope, double Intercept, double? SlopeStandardError, ConfidenceInterval? SlopeInterval)
{
    /// <summary>Fits the law.</summary>
    /// <param name="x">The abscissae, [n], finite and positive; at least two of them differ.</param>
    /// <param name="y">The ordinates, [n], finite and positive.</param>
    /// <param name="level">The confidence level, above 0 and below 1.</param>
    /// <exception cref="ArgumentException">The lengths differ, there are fewer than two points, a value is not positive and
    /// finite, or all x are the same.</exception>
    public static LogLogFit Of(IReadOnlyList<double> x, IReadOnlyList<double> y, double level = ConfidenceInterval.DefaultLevel)
    {
        double[] u = Logarithms(x, nameof(x));
        double[] v = Logarithms(y, nameof(y));
        if (u.Length != v.Length || u.Length < 2)
        {
            throw new ArgumentException($"A line needs two or more points, but there are {u.Length} x and {v.Length} y.", nameof(y));
        }

        if (!(x.Max() > x.Min()))
        {
            throw new ArgumentException($"A slope needs two different x, but all are {x[0]}.", nameof(x));
        }

        LinearFit line = LinearFit.Of(u, v, level);
        return new(line.Slope, line.Intercept, line.SlopeStandardError, line.SlopeInterval);
    }

    /// <summary>The fitted law at <paramref name="x"/>, which must be positive.</summary>
    public double ValueAt(double x)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(x);
        return Math.Exp(Intercept + (Slope * Math.Log(x)));
    }

    private static double[] Logarithms(IReadOnlyList<double> values, string parameter)
    {
        double[] copy = FiniteValues.Copy(values, parameter);
        int position = Array.FindIndex(copy, value => value <= 0);
        return position < 0
            ? Array.ConvertAll(copy, Math.Log)
            : throw new ArgumentException($"A logarithm needs positive values, but value {position} is {copy[position]}.", parameter);
    }
}
