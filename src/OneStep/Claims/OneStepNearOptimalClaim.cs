namespace OneStep.Claims;

/// <summary>
/// One gradient step is nearly the shortest flip that there is, of all perturbations whatever: what an attack found might be beaten by a
/// better attack, what is proved cannot.
/// </summary>
public static class OneStepNearOptimalClaim
{
    /// <summary>The part of the step from which on the claim holds: nothing shorter flips.</summary>
    public const double Sufficient = 0.9;

    /// <summary>The part from which on it holds within.</summary>
    public const double Near = 0.8;

    private static readonly Claim Unmeasured = new()
    {
        Id = ClaimIds.OneStepNearOptimal,
        Group = ClaimGroup.Own,
        Statement = "On a network that began as a random function one gradient step is nearly the shortest flip of all in the median: no perturbation much shorter flips it, proved.",
        ExpectedText = "proved over one step ≥ 90 %",
        Expected = 1,
        Verdict = Verdict.NotMeasured,
        Rule = BracketRule.Judged + $"the proved radius over ‖δ‖ of the single step. Holds if it is at least {ClaimText.Percent(Sufficient)}; holds-within if at least {ClaimText.Percent(Near)}"
            + BracketRule.Otherwise,
        Basis = "No networks as drawn and trained with a bracket in enough dimensions.",
    };

    /// <summary>Judges the claim.</summary>
    /// <param name="networks">Networks of all kinds, over dimensions and widths.</param>
    public static Claim Judge(IReadOnlyCollection<NetworkBracket> networks) =>
        BracketRule.Judge(Unmeasured, networks, network => network.ProvedOverOneStep, Sufficient, Near);
}
