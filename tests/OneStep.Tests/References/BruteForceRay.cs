namespace OneStep.Tests.References;

/// <summary>A sign change along a ray: its length t and the slope ∂f/∂t of the piece it lies on.</summary>
internal readonly record struct NaiveCrossing(double Length, double Slope);

/// <summary>
/// The first sign change along a ray, found the slow way: sort every kink, evaluate f at each from scratch, and look at
/// the slope behind the last. Touching zero is no change; in float64 a touch is seen as one only where the numbers are
/// exact, as small integers are.
/// </summary>
internal static class BruteForceRay
{
    /// <summary>inf{t > 0 : sign(f(x)) f(x + t u) &lt; 0}; null where there is none up to <paramref name="limit"/>.</summary>
    public static NaiveCrossing? FirstSignChange(NaiveNetwork network, double[] x, double[] u, double limit = double.PositiveInfinity)
    {
        double[] p = [.. Enumerable.Range(0, network.Width).Select(s => network.PreActivation(s, x))];
        double[] q = [.. Enumerable.Range(0, network.Width).Select(s => network.Slope(s, u))];
        return FirstSignChange(p, q, network.Signs, network.Scale, limit);
    }

    /// <summary>The same for scale · Σ a_s relu(p_s + t q_s).</summary>
    public static NaiveCrossing? FirstSignChange(
        double[] p, double[] q, double[] signs, double scale, double limit = double.PositiveInfinity)
    {
        double Score(double t) => scale * p.Select((ps, s) => signs[s] * Math.Max(0, ps + (t * q[s]))).Sum();
        double y = Math.Sign(Score(0));
        if (y == 0)
        {
            throw new ArgumentException("A score of zero has no sign to change.", nameof(p));
        }

        double[] kinks = [.. p.Zip(q, (ps, qs) => -ps / qs).Where(t => t > 0 && double.IsFinite(t)).Distinct().Order()];
        double left = 0;
        double leftScore = y * Score(0);
        foreach (double kink in kinks)
        {
            double score = y * Score(kink);
            if (score < 0)
            {
                // The line between two neighbouring kinks starts at or above zero and ends below.
                double length = left + ((kink - left) * leftScore / (leftScore - score));
                return Within(limit, length, y * (score - leftScore) / (kink - left));
            }

            (left, leftScore) = (kink, score);
        }

        // Behind the last kink exactly the neurons that grow are active; those with q = 0 do not change.
        double slope = scale * q.Select((qs, s) => qs > 0 ? signs[s] * qs : 0).Sum();
        return y * slope < 0 ? Within(limit, left + (leftScore / Math.Abs(slope)), slope) : null;
    }

    // At the crossing itself f is zero: up to a limit there, nothing has changed.
    private static NaiveCrossing? Within(double limit, double length, double slope) =>
        length < limit ? new(length, slope) : null;
}
