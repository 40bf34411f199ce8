using MathNet.Numerics.Distributions;

namespace OneStep.Theory;

/// <summary>
/// A mean-field prediction of the certificates of <see cref="Certificates.Vulnerability.StepCertifier"/>: every term of that
/// bound is replaced by what it is for wide random weights (docs/mathematics.md §6, "What to expect"). It says for which d, m and
/// C0 a certificate can be expected, not that none exists elsewhere.
/// </summary>
public static class StepCertificatePrediction
{
    private const double ShortestStep = 1e-5;
    private const double LongestLength = 2;
    private const double GridFactor = 1.02;

    // Points of the half-normal distribution that stand for the rows' pre-activations, and halvings of an interval of angles.
    private const int Strata = 200;
    private const int Thirds = 40;

    private static readonly double[] HalfNormal =
        [.. Enumerable.Range(0, Strata).Select(i => Normal.InvCDF(0, 1, 0.5 + ((i + 0.5) / (2 * Strata))))];

    /// <summary>Predicts the length η ‖g_c‖ of the shortest certified step.</summary>
    /// <param name="inputDimension">d, at least 2.</param>
    /// <param name="width">m, at least 1.</param>
    /// <param name="margin">M = y f(x; W0), not negative.</param>
    /// <param name="c0">C0, not negative.</param>
    /// <returns>The length in units of ‖x‖ = 1; null where no certificate is expected.</returns>
    public static double? Length(int inputDimension, double width, double margin, double c0)
    {
        double gradient = MeanField.GradientNorm(inputDimension, margin);
        for (double length = Math.Max(ShortestStep, (margin + (c0 / 2)) / gradient); length <= LongestLength; length *= GridFactor)
        {
            if (Bound(inputDimension, width, margin, c0, length / gradient) < 0)
            {
                return length;
            }
        }

        return null;
    }

    private static double Bound(int dimension, double width, double margin, double c0, double stepSize)
    {
        double gradient = MeanField.GradientNorm(dimension, margin);
        double along = 1 - (stepSize * margin);
        double orthogonal = stepSize * Math.Sqrt((dimension - 1) / 2.0);
        double reach = double.Hypot(along, orthogonal);
        double turned = Math.Atan2(orthogonal, along) / Math.PI;
        double score = MeanField.ScoreAlongRay(dimension, margin, stepSize);

        // The part of the rows that are undecided, and what their switching and the moving of rows do to the gradient.
        double radius = c0 / Math.Sqrt(width);
        double undecided = 1 - (2 * Normal.CDF(0, 1, -radius));
        double switching = undecided * width < 1 ? 0 : (Math.Sqrt(undecided * width) + Math.Sqrt(dimension)) * Math.Sqrt(undecided) / 2;
        double moving = c0 * Normal.CDF(0, 1, radius);
        double changed = c0 * (turned + (undecided / 2));

        double twice = Math.Sqrt(Math.Max(0, (reach * reach) - (2 * stepSize * score) + (stepSize * stepSize * gradient * gradient)));
        double rows = c0 / 2 * (((1 - turned) * twice) + (turned * reach) + ((turned + undecided) * stepSize * gradient));
        double aligned = stepSize * Math.Sqrt(width) * undecided * gradient / Math.Sqrt(2 * Math.PI);
        double worst = Math.Min(moving, (switching + changed) / 2);
        double second = stepSize * Math.Min(
            (worst * (switching + changed - worst)) + (switching * changed), c0 / 2 * (switching + moving));
        return score + rows + aligned + second + Crossing(dimension, width, radius * reach, reach, stepSize * (switching + moving));
    }

    /// <summary>What rows contribute that cross zero within ρ of x_c: (‖B‖ρ + ‖k‖)²/√m.</summary>
    private static double Crossing(int dimension, double width, double range, double reach, double length)
    {
        if (length == 0)
        {
            return 0;
        }

        double[] thresholds = Array.ConvertAll(HalfNormal, z => Math.Max(0, (z * reach) - range));
        double[] weights = Array.ConvertAll(
            thresholds, c => c < length * Math.Sqrt(dimension) ? 1 / (4 * Math.Max(c, length)) : 0);
        double count = width / (2 * Strata);
        double constant = 0;
        for (int i = 0; i < Strata; i++)
        {
            double shift = Math.Max(0, length - thresholds[i]);
            constant += count * weights[i] * shift * shift;
        }

        double root = (Math.Sqrt(LargestEigenvalue(dimension, count, weights)) * length) + Math.Sqrt(constant);
        return root * root / Math.Sqrt(width);
    }

    /// <summary>
    /// The upper edge of the spectrum of Σ h_i w_i w_iᵀ, w_i ~ N(0, I_d): the minimum over g in (0, 1/(d max h)) of
    /// 1/g + Σ h_i/(1 − d g h_i), which is convex.
    /// </summary>
    private static double LargestEigenvalue(int dimension, double count, double[] weights)
    {
        double low = 0;
        double high = 1 / (dimension * weights.Max());
        for (int i = 0; i < Thirds; i++)
        {
            double third = (high - low) / 3;
            (low, high) = Edge(low + third) < Edge(high - third) ? (low, high - third) : (low + third, high);
        }

        return Edge((low + high) / 2);

        double Edge(double g) => (1 / g) + weights.Sum(h => count * h / (1 - (dimension * g * h)));
    }
}
