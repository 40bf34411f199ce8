using OneStep.Statistics;

namespace OneStep.Claims;

/// <summary>
/// Robust accuracy of adversarially trained networks drops sharply about a budget of order d^(−1/2): the slope of ε₅₀, the
/// budget that half of the test images survive, against d; and how sharp the drop is.
/// </summary>
/// <remarks>
/// Sharp means that the budget grows by less than 4.5 while robust accuracy falls from 80 to 10 %: a straight line from all
/// images to none, 1 − ε/ε₀, takes exactly (1 − .1)/(1 − .8) = 4.5, and whatever takes more has no threshold. The slope is
/// judged as <see cref="SlopeRule"/> says. Radii with C0 ≤ 10 count, each at its widest width that has three dimensions, and the worst verdict decides:
/// the law needs d well above C0²/4, and at C0 = 20 it flattens (docs/protocol.md §5).
/// </remarks>
public static class SharpDropClaim
{
    /// <summary>The largest C0 that counts.</summary>
    public const double MaximumC0 = 10;

    /// <summary>The ratio of budgets at 10 % and at 80 % from which on a drop is not sharp.</summary>
    public const double StraightLineRatio = 4.5;

    private static readonly Claim Unmeasured = new()
    {
        Id = ClaimIds.SharpDrop,
        Statement = "The robust accuracy of adversarially trained networks in the lazy regime drops sharply at a budget of order one over the square root of the input dimension.",
        ExpectedText = "ε₅₀ ∝ d^(−1/2), sharply",
        Expected = -0.5,
        Verdict = Verdict.NotMeasured,
        Rule = SlopeRule.Sentence("−1/2", "dimensions")
            + " It also fails if the budget grows by 4.5 times or more while robust accuracy falls from 80 to 10 %, as on a straight line, and is not-measured where no dimension shows both. "
            + "Of several C0 ≤ 10 the worst verdict counts.",
        Basis = "No adversarially trained networks with C0 ≤ 10.",
    };

    /// <summary>Judges the claim.</summary>
    /// <param name="networks">Networks of any radius, one for each budget.</param>
    /// <param name="bootstrap">How the interval is made.</param>
    /// <param name="cancellation">Ends the work early with an <see cref="OperationCanceledException"/>.</param>
    public static Claim Judge(IEnumerable<AdversarialNetwork> networks, SeedBootstrap bootstrap, CancellationToken cancellation = default) => WorstVerdict.Of(
        Unmeasured,
        [.. BudgetDrops.Of(networks.Where(network => network.C0 <= MaximumC0), bootstrap, cancellation).GroupBy(series => series.C0).Select(group => JudgeSeries(Widest(group)))]);

    private static BudgetDrops Widest(IEnumerable<BudgetDrops> series) =>
        series.MaxBy(drops => (Math.Min(drops.HalfBudgets?.Points.Count ?? 0, SlopeRule.MinimumPoints), drops.Width))!;

    private static Claim JudgeSeries(BudgetDrops series)
    {
        SeededPowerLaw? law = series.HalfBudgets;
        Verdict verdict = SlopeRule.Judge(Unmeasured.Expected, law?.Slope, law?.SlopeInterval, law?.Points.Count ?? 0);
        string sharpness = series.LargestRatio is double ratio
            ? $"from 80 to 10 % within a factor of {ClaimText.Number(ratio)} in ε at most"
            : "80 and 10 % not bracketed in any dimension";
        return Unmeasured with
        {
            Measured = law?.Slope,
            Interval = law?.SlopeInterval,
            IntervalKind = law?.IntervalKind,
            Verdict = verdict == Verdict.NotMeasured || series.LargestRatio is null ? Verdict.NotMeasured
                : series.LargestRatio >= StraightLineRatio ? Verdict.Fails
                : verdict,
            Basis = $"C0 = {ClaimText.Exact(series.C0)}, m = {series.Width}, ε₅₀ in {ClaimText.Count(law?.Points.Count ?? 0, "dimension", "dimensions")} of {series.Drops.Count}"
                + (law is null ? string.Empty : $" × {ClaimText.Count(law.Seeds, "seed", "seeds")}, slope {ClaimText.Number(law.Slope)}") + $", {sharpness}{ClaimText.Interval(law?.SlopeInterval, law?.IntervalKind)}.",
        };
    }
}
