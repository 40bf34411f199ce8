using MathNet.Numerics.Distributions;

namespace OneStep.Theory;

/// <summary>
/// The margin M = |f(x; W0)| of a wide random network at an input of unit norm, |Z|/√2 with Z ~ N(0, 1)
/// (docs/mathematics.md §4), and what predictions make of it.
/// </summary>
public static class RandomMargin
{
    // Equally likely margins whose mean stands for the expectation: within a few parts in 10⁴ for what grows like M.
    private const int DefaultStrata = 2000;

    /// <summary>The margin that the fraction <paramref name="probability"/> of random inputs stays below.</summary>
    /// <param name="probability">At least 0 and below 1.</param>
    public static double Quantile(double probability)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(probability, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(probability, 1);
        return Math.Max(0, Normal.InvCDF(0, 1, (1 + probability) / 2)) / Math.Sqrt(2);
    }

    /// <summary>
    /// The band of a prediction that grows with the margin, and its mean: what lies between its 5 % and 95 % quantiles is what
    /// nine of ten random inputs have.
    /// </summary>
    /// <param name="prediction">Predicts from a margin; null where it predicts nothing, which must then hold for all larger
    /// margins as well.</param>
    /// <param name="strata">How many equally likely margins the mean and the share are taken over.</param>
    public static PredictionBand BandOf(Func<double, double?> prediction, int strata = DefaultStrata)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        ArgumentOutOfRangeException.ThrowIfLessThan(strata, 1);
        double sum = 0;
        int exist = 0;
        for (int i = 0; i < strata; i++)
        {
            if (prediction(Quantile((i + 0.5) / strata)) is double value)
            {
                sum += value;
                exist++;
            }
        }

        return new(
            exist == strata ? sum / strata : null,
            prediction(Quantile(0.05)),
            prediction(Quantile(0.5)),
            prediction(Quantile(0.95)),
            (double)exist / strata);
    }
}
