namespace OneStep.Claims;

/// <summary>One verdict from several measurements of one claim, as at several radii or budgets.</summary>
internal static class WorstVerdict
{
    /// <summary>The claim as judged by the measurement with the worst verdict, of equals the last; those that tell nothing count
    /// only if none tells anything. The basis names all of them, the deciding one first.</summary>
    /// <param name="unmeasured">The claim where there is no measurement at all.</param>
    /// <param name="judged">The claim as judged by each measurement.</param>
    public static Claim Of(Claim unmeasured, IReadOnlyList<Claim> judged)
    {
        if (judged.Count == 0)
        {
            return unmeasured;
        }

        Claim worst = judged.Reverse().MaxBy(claim => Severity(claim.Verdict))!;
        return worst with
        {
            Basis = string.Join(" ", judged.Where(claim => !ReferenceEquals(claim, worst)).Select(claim => $"Also ({claim.Verdict.Name()}): {claim.Basis}").Prepend(worst.Basis)),
        };
    }

    /// <summary>Orders verdicts from the one that tells nothing to the worst.</summary>
    public static int Severity(Verdict verdict) => verdict switch
    {
        Verdict.Fails => 3,
        Verdict.HoldsWithin => 2,
        Verdict.Holds => 1,
        _ => 0,
    };
}
