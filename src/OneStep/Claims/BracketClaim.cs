namespace OneStep.Claims;

/// <summary>
/// Between the shortest perturbation found and the radius within which provably nothing flips the network there is little room: the size
/// of the smallest flip is known to a few percent in the median, where linear relaxations know it to a factor of several.
/// </summary>
public static class BracketClaim
{
    /// <summary>The proved part of the shortest perturbation found from which on the claim holds.</summary>
    public const double Sufficient = 0.95;

    /// <summary>The part from which on it holds within.</summary>
    public const double Near = 0.9;

    private static readonly Claim Unmeasured = new()
    {
        Id = ClaimIds.Bracket,
        Group = ClaimGroup.Own,
        Statement = "Of a network that began as a random function the smallest flip is known to a few percent in the median: within nearly the size of the shortest one found, nothing flips it, proved.",
        ExpectedText = "proved over found ≥ 95 %",
        Expected = 1,
        Verdict = Verdict.NotMeasured,
        Rule = BracketRule.Judged + $"the proved radius over ‖δ‖ of the shortest perturbation found. Holds if it is at least {ClaimText.Percent(Sufficient)}; holds-within if at least {ClaimText.Percent(Near)}"
            + BracketRule.Otherwise,
        Basis = "No networks as drawn and trained with a bracket in enough dimensions.",
    };

    /// <summary>Judges the claim.</summary>
    /// <param name="networks">Networks of all kinds, over dimensions and widths.</param>
    public static Claim Judge(IReadOnlyCollection<NetworkBracket> networks) =>
        BracketRule.Judge(Unmeasured, networks, network => network.ProvedOverBest, Sufficient, Near);
}
