using OneStep.Statistics;

namespace OneStep.Claims;

/// <summary>
/// The rule for claims that a power law has a certain exponent. It holds where the interval contains the exponent and is short
/// enough to leave no doubt about the sign. It holds-within where the slope is within <see cref="Tolerance"/> of the exponent. An
/// interval that contains the exponent and 0 alike tells nothing, however near its middle lies.
/// </summary>
/// <remarks>
/// The tolerance is what finite dimensions cost at C0 = 10: ‖∇f‖² ≈ d/2 + C0²/8 and ‖δ‖ ≈ .18 C0/‖∇f‖ fit all runs
/// (docs/protocol.md §5), with slopes of −.46, +.41 and −.88 over 25 ≤ d ≤ 784. The last misses its −1 by .12; a slope that
/// misses by more than .15 is not explained by that.
/// </remarks>
internal static class SlopeRule
{
    /// <summary>How far a slope may be from the theory's exponent.</summary>
    public const double Tolerance = 0.15;

    /// <summary>A line through fewer points says nothing of a power law.</summary>
    public const int MinimumPoints = 3;

    // A fit without noise has an interval without width, which may miss the exponent it was made from by rounding.
    private const double Rounding = 1e-9;

    /// <summary>The rule in words.</summary>
    /// <param name="exponent">The exponent in words, for example "−1/2".</param>
    /// <param name="points">What the points are, for example "dimensions".</param>
    public static string Sentence(string exponent, string points) =>
        $"Holds if the interval of the slope contains {exponent} and not 0; not-measured with fewer than three {points} or an interval that contains {exponent} and 0 alike; "
        + $"otherwise holds-within if the slope has the right sign and differs from {exponent} by at most {ClaimText.Number(Tolerance)}; fails otherwise.";

    /// <summary>Judges a slope.</summary>
    /// <param name="exponent">The theory's exponent, not zero.</param>
    /// <param name="slope">The measured slope; null where there is none.</param>
    /// <param name="interval">Its interval; null where there is none.</param>
    /// <param name="points">Through how many points the line was put.</param>
    public static Verdict Judge(double exponent, double? slope, ConfidenceInterval? interval, int points)
    {
        if (points < MinimumPoints || slope is not double measured)
        {
            return Verdict.NotMeasured;
        }

        bool agrees = interval is not null && interval.Low - Rounding <= exponent && exponent <= interval.High + Rounding;
        bool hasSign = interval is not null && (interval.Low > 0 || interval.High < 0);
        bool isNear = measured * exponent > 0 && Math.Abs(measured - exponent) <= Tolerance;
        return agrees && hasSign ? Verdict.Holds
            : agrees ? Verdict.NotMeasured
            : isNear ? Verdict.HoldsWithin
            : Verdict.Fails;
    }
}
