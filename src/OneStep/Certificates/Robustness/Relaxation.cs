using OneStep.Numerics;

namespace OneStep.Certificates.Robustness;

/// <summary>Lines around relu on an interval (docs/mathematics.md §7).</summary>
internal static class Relaxation
{
    // Pays for the few roundings of the offset.
    private const double Slack = 1 + (8 * RoundingError.Unit);

    /// <summary>A line λz + μ above relu on [l, u]: the chord. Since relu is convex it is enough that the line is above at both ends,
    /// whatever λ was rounded to.</summary>
    /// <param name="lower">l.</param>
    /// <param name="upper">u.</param>
    /// <returns>λ in [0, 1] and μ ≥ 0, rounded up.</returns>
    public static (double Slope, double Offset) Chord(double lower, double upper)
    {
        if (lower >= 0)
        {
            return (1, 0);
        }

        if (upper <= 0)
        {
            return (0, 0);
        }

        double slope = Math.Min(upper / (upper - lower), 1);
        return (slope, Slack * Math.Max(slope * -lower, (1 - slope) * upper));
    }
}
