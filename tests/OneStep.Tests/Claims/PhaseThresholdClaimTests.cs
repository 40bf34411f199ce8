using OneStep.Claims;
using OneStep.Statistics;

namespace OneStep.Tests.Claims;

public class PhaseThresholdClaimTests
{
    [Theory]
    [InlineData(-0.5, Verdict.Holds)]
    [InlineData(-0.25, Verdict.Fails)]
    public void Is_judged_by_the_slope_of_the_threshold(double slope, Verdict verdict)
    {
        Claim claim = PhaseThresholdClaim.Judge(ClaimScenes.PhaseGrid(slope, scale: 8 * Math.Pow(600, -0.5 - slope)), ClaimScenes.Bootstrap);
        Assert.Equal(ClaimIds.PhaseThresholdSlope, claim.Id);
        Assert.Equal(verdict, claim.Verdict);
        Assert.Equal(slope, claim.Measured!.Value, 0.02);
        Assert.Equal(IntervalKind.SeedBootstrap, claim.IntervalKind);
        Assert.StartsWith("ε = 0.3, d = 100, 8 widths × 2 seeds, one half bracketed at 8, slope ", claim.Basis, StringComparison.Ordinal);
        Assert.Contains("plateau 0.93", claim.Basis, StringComparison.Ordinal);
    }

    [Fact]
    public void A_slope_that_is_near_holds_within() =>
        Assert.Equal(Verdict.HoldsWithin, PhaseThresholdClaim.Judge(ClaimScenes.PhaseGrid(-0.42, scale: 5, seeds: 4), ClaimScenes.Bootstrap).Verdict);

    [Fact]
    public void One_seed_is_judged_by_the_scatter_of_its_counts_and_says_so()
    {
        Claim claim = PhaseThresholdClaim.Judge(ClaimScenes.PhaseGrid(-0.5, seeds: 1), ClaimScenes.Bootstrap);
        Assert.Equal(Verdict.Holds, claim.Verdict);
        Assert.Equal(IntervalKind.QuasiBinomial, claim.IntervalKind);
        Assert.Contains("from the scatter of the counts", claim.Basis, StringComparison.Ordinal);
    }

    [Fact]
    public void The_worse_of_two_budgets_decides()
    {
        Claim claim = PhaseThresholdClaim.Judge(
            [.. ClaimScenes.PhaseGrid(-0.5), .. ClaimScenes.PhaseGrid(-0.25, budget: 0.2, scale: 8 * Math.Pow(600, -0.25))], ClaimScenes.Bootstrap);
        Assert.Equal(Verdict.Fails, claim.Verdict);
        Assert.StartsWith("ε = 0.2, ", claim.Basis, StringComparison.Ordinal);
        Assert.Contains("Also (holds): ε = 0.3, ", claim.Basis, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_equals_the_largest_budget_is_shown()
    {
        Claim claim = PhaseThresholdClaim.Judge([.. ClaimScenes.PhaseGrid(-0.5), .. ClaimScenes.PhaseGrid(-0.5, budget: 0.2)], ClaimScenes.Bootstrap);
        Assert.Equal(Verdict.Holds, claim.Verdict);
        Assert.StartsWith("ε = 0.3, ", claim.Basis, StringComparison.Ordinal);
    }

    [Fact]
    public void A_transition_that_too_few_widths_show_is_not_measured()
    {
        // The threshold of the other widths lies beyond the largest radius.
        Claim claim = PhaseThresholdClaim.Judge(ClaimScenes.PhaseGrid(-0.5, scale: 200), ClaimScenes.Bootstrap);
        Assert.Equal(Verdict.NotMeasured, claim.Verdict);
        Assert.Contains("one half bracketed at 1", claim.Basis, StringComparison.Ordinal);
        Assert.Equal(Verdict.NotMeasured, PhaseThresholdClaim.Judge(ClaimScenes.PhaseGrid(-0.5, widths: [50, 6400]), ClaimScenes.Bootstrap).Verdict);
    }

    [Fact]
    public void Nothing_robust_and_nothing_at_all_are_not_measured()
    {
        Claim claim = PhaseThresholdClaim.Judge(ClaimScenes.PhaseGrid(-0.5).Select(network => network with { Robust = 0 }), ClaimScenes.Bootstrap);
        Assert.Equal(Verdict.NotMeasured, claim.Verdict);
        Assert.Null(claim.Measured);
        Assert.Contains("no threshold fitted", claim.Basis, StringComparison.Ordinal);
        Assert.Equal(Verdict.NotMeasured, PhaseThresholdClaim.Judge([], ClaimScenes.Bootstrap).Verdict);
    }
}
