using OneStep.Statistics;

namespace OneStep.Claims;

/// <summary>
/// The rule for claims that a size times √d/‖x‖ does not change: the size itself is of order d^(−1/2), and nearly all networks
/// flip. An exponent of 0 cannot be told from a small one, so that nearness decides: it holds where the whole interval is
/// near 0, an equivalence test, and holds-within where the slope is.
/// </summary>
/// <remarks>
/// What has to be told apart are slopes of ±1/2: a perturbation that does not shrink, or shrinks as one over the dimension. Finite
/// dimensions cost some hundredths: over random two-layer networks the mean is .84 at d = 100 and .83 at d = 400, and
/// .80 in the limit (docs/mathematics.md §19), and with many networks an interval need not contain 0. One network in a
/// hundred is left to the theorems' "with high probability".
/// </remarks>
internal static class FlatRule
{
    /// <summary>Within so much of 0 lies the whole interval of what is flat.</summary>
    public const double Flat = 0.1;

    /// <summary>Half way to the next law, ±1/2: an interval that reaches so far does not exclude it.</summary>
    public const double Undecided = 0.25;

    /// <summary>The share of networks from which on a claim holds.</summary>
    public const double SufficientShare = 0.99;

    /// <summary>The share from which on it holds within.</summary>
    public const double NearShare = 0.95;

    /// <summary>The rule in words.</summary>
    /// <param name="slope">What is fitted: "the slope" or "each slope".</param>
    /// <param name="against">More about it, between commas; empty where nothing is to be said.</param>
    /// <param name="flips">What flips, for example "one step flips".</param>
    /// <param name="where">Of what networks, for example "every dimension".</param>
    /// <param name="points">What the points are, for example "dimensions".</param>
    public static string Sentence(string slope, string against, string flips, string where, string points) =>
        $"Holds if the interval of {slope}{against} lies within ±{ClaimText.Number(Flat)} and {flips} at least {ClaimText.Percent(SufficientShare)} of the networks of {where}; "
        + $"not-measured with fewer than three {points} or where the interval reaches beyond ±{ClaimText.Number(Undecided)} though it contains 0 or {slope} lies within ±{ClaimText.Number(SlopeRule.Tolerance)}; "
        + $"otherwise holds-within if {slope} lies within ±{ClaimText.Number(SlopeRule.Tolerance)} and at least {ClaimText.Percent(NearShare)} flip; fails otherwise.";

    /// <summary>Judges a slope.</summary>
    /// <param name="law">The measured law; null where there is none.</param>
    public static Verdict Judge(SeededPowerLaw? law) => Judge(law?.Slope, law?.SlopeInterval, law?.Points.Count ?? 0);

    /// <summary>Judges a slope.</summary>
    /// <param name="slope">The measured slope; null where there is none.</param>
    /// <param name="interval">Its interval; null where there is none.</param>
    /// <param name="points">Through how many points the line was put.</param>
    public static Verdict Judge(double? slope, ConfidenceInterval? interval, int points)
    {
        if (points < SlopeRule.MinimumPoints || slope is not double measured)
        {
            return Verdict.NotMeasured;
        }

        double reach = interval is null ? double.PositiveInfinity : Math.Max(Math.Abs(interval.Low), Math.Abs(interval.High));
        bool isNear = Math.Abs(measured) <= SlopeRule.Tolerance;
        bool tellsNothing = reach > Undecided && (isNear || interval is { Low: <= 0, High: >= 0 });
        return tellsNothing ? Verdict.NotMeasured
            : reach <= Flat ? Verdict.Holds
            : isNear ? Verdict.HoldsWithin
            : Verdict.Fails;
    }

    /// <summary>What is asked of the part that flips where another rule judges the rest, to be added to that rule.</summary>
    /// <param name="where">Of what images, for example "by every network".</param>
    public static string ShareSentence(string where) =>
        $" For holds, moreover, at least {ClaimText.Percent(SufficientShare)} of the correctly classified images have to be flipped {where}, for holds-within {ClaimText.Percent(NearShare)}; with fewer it fails.";

    /// <summary>Judges the part of the networks, or of the images, that flip.</summary>
    public static Verdict JudgeShare(double share) =>
        share >= SufficientShare ? Verdict.Holds
        : share >= NearShare ? Verdict.HoldsWithin
        : Verdict.Fails;

    /// <summary>What follows of verdicts all of which are asked for: what one of them does not tell is not told, else the worst counts.</summary>
    public static Verdict All(params ReadOnlySpan<Verdict> verdicts)
    {
        Verdict worst = Verdict.Holds;
        foreach (Verdict verdict in verdicts)
        {
            if (verdict == Verdict.NotMeasured)
            {
                return Verdict.NotMeasured;
            }

            worst = WorstVerdict.Severity(verdict) > WorstVerdict.Severity(worst) ? verdict : worst;
        }

        return worst;
    }
}
