using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace OneStep.Statistics;

/// <summary>A two-sided confidence interval around an estimate, from Student's t distribution.</summary>
/// <param name="Estimate">The estimate, in the middle of the interval.</param>
/// <param name="Low">The lower end.</param>
/// <param name="High">The upper end.</param>
/// <param name="Level">The probability with which such intervals cover the true value, between 0 and 1.</param>
public sealed record ConfidenceInterval(double Estimate, double Low, double High, double Level)
{
    /// <summary>The level used unless another is asked for.</summary>
    public const double DefaultLevel = 0.95;

    /// <summary>Half the interval's width: what stands behind ±.</summary>
    public double HalfWidth => (High - Low) / 2;

    /// <summary>The part of the interval that is possible at all, for example between 0 and 1 for a share.</summary>
    /// <param name="low">The least possible value.</param>
    /// <param name="high">The largest possible value.</param>
    public ConfidenceInterval Within(double low, double high) => this with { Low = Math.Max(Low, low), High = Math.Min(High, high) };

    /// <summary>
    /// The interval of a mean over independent values, for example one value a seed: mean ± t_{n−1} s/√n, s with divisor
    /// n − 1.
    /// </summary>
    /// <param name="values">The values, finite.</param>
    /// <param name="level">The level, above 0 and below 1.</param>
    /// <returns>The interval; null for fewer than two values, which tell nothing of their spread.</returns>
    /// <exception cref="ArgumentException">A value is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The level is not between 0 and 1.</exception>
    public static ConfidenceInterval? OfMean(IEnumerable<double> values, double level = DefaultLevel)
    {
        double[] sample = FiniteValues.Copy(values, nameof(values));
        CheckLevel(level);
        return sample.Length < 2
            ? null
            : Around(ArrayStatistics.Mean(sample), ArrayStatistics.StandardDeviation(sample) / Math.Sqrt(sample.Length), sample.Length - 1, level);
    }

    /// <summary>The interval of an estimate whose standard error is known from as many degrees of freedom.</summary>
    /// <param name="estimate">The estimate.</param>
    /// <param name="standardError">Its standard error, in the same unit, not negative.</param>
    /// <param name="degreesOfFreedom">At least 1.</param>
    /// <param name="level">The level, above 0 and below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static ConfidenceInterval Around(double estimate, double standardError, int degreesOfFreedom, double level = DefaultLevel)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(standardError);
        ArgumentOutOfRangeException.ThrowIfLessThan(degreesOfFreedom, 1);
        CheckLevel(level);
        double halfWidth = StudentT.InvCDF(0, 1, degreesOfFreedom, (1 + level) / 2) * standardError;
        return new(estimate, estimate - halfWidth, estimate + halfWidth, level);
    }

    private static void CheckLevel(double level)
    {
        if (level is not (> 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(level), level, "A confidence level lies between 0 and 1.");
        }
    }
}
