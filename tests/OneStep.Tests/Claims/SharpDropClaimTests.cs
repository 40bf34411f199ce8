using OneStep.Claims;
using OneStep.Statistics;

namespace OneStep.Tests.Claims;

public class SharpDropClaimTests
{
    [Theory]
    [InlineData(-0.5, Verdict.Holds)]
    [InlineData(-0.25, Verdict.Fails)]
    public void Is_judged_by_the_slope_of_the_half_budget(double slope, Verdict verdict)
    {
        Claim claim = SharpDropClaim.Judge(ClaimScenes.BudgetSweep(slope), ClaimScenes.Bootstrap);
        Assert.Equal(verdict, claim.Verdict);
        Assert.Equal(slope, claim.Measured!.Value, 0.03);
        Assert.Equal(IntervalKind.SeedBootstrap, claim.IntervalKind);
    }

    [Fact]
    public void A_slope_that_is_near_holds_within() =>
        Assert.Equal(Verdict.HoldsWithin, SharpDropClaim.Judge(ClaimScenes.BudgetSweep(-0.4, seeds: 4), ClaimScenes.Bootstrap).Verdict);

    [Fact]
    public void A_drop_that_takes_as_long_as_a_straight_line_fails()
    {
        // From 80 to 10 % the curve 1/(1 + u^p) takes a factor of (9 · 4)^(1/p): 1.8 for p = 6 and 6 for p = 2.
        Claim claim = SharpDropClaim.Judge(ClaimScenes.BudgetSweep(-0.5, power: 2, dimensions: [196, 400, 784]), ClaimScenes.Bootstrap);
        Assert.Equal(-0.5, claim.Measured!.Value, 0.05);
        Assert.Equal(Verdict.Fails, claim.Verdict);

        // Interpolation between budgets that are 30 % apart lengthens that by some per cent.
        BudgetDrops sharp = Assert.Single(BudgetDrops.Of(ClaimScenes.BudgetSweep(-0.5), ClaimScenes.Bootstrap));
        Assert.Equal(Math.Pow(36, 1 / 6.0), sharp.LargestRatio!.Value, 0.15);
    }

    [Fact]
    public void A_straight_line_takes_the_ratio_of_the_rule()
    {
        AdversarialNetwork[] line = [.. Enumerable.Range(1, 99).Select(percent => ClaimScenes.Adversarial(100, percent / 100.0, 1 - (percent / 100.0)))];
        Assert.Equal(SharpDropClaim.StraightLineRatio, Assert.Single(BudgetDrops.Of(line, ClaimScenes.Bootstrap)).LargestRatio!.Value, 6);
    }

    [Fact]
    public void The_worse_of_two_radii_decides_and_both_are_told()
    {
        AdversarialNetwork[] networks = [.. ClaimScenes.BudgetSweep(-0.25, c0: 5), .. ClaimScenes.BudgetSweep(-0.5, c0: 10), .. ClaimScenes.BudgetSweep(-0.1, c0: 20)];
        Claim claim = SharpDropClaim.Judge(networks, ClaimScenes.Bootstrap);
        Assert.Equal(Verdict.Fails, claim.Verdict);
        Assert.Equal(-0.25, claim.Measured!.Value, 0.03);
        Assert.StartsWith("C0 = 5, m = 1000, ε₅₀ in ", claim.Basis, StringComparison.Ordinal);
        Assert.Contains("Also (holds): C0 = 10, m = 1000, ε₅₀ in 6 dimensions of 6 × 2 seeds", claim.Basis, StringComparison.Ordinal);
        Assert.DoesNotContain("C0 = 20", claim.Basis, StringComparison.Ordinal);
    }

    [Fact]
    public void Dimensions_whose_budgets_do_not_bracket_one_half_are_left_out()
    {
        AdversarialNetwork[] networks = [.. ClaimScenes.BudgetSweep(-0.5).Where(network => network.Dimension > 49 || network.Budget < 0.1)];
        BudgetDrops drops = Assert.Single(BudgetDrops.Of(networks, ClaimScenes.Bootstrap));
        Assert.Equal(6, drops.Drops.Count);
        Assert.Null(drops.Drops[0].Half);
        Assert.Null(drops.Drops[0].Ratio);
        Assert.Equal(4, drops.HalfBudgets!.Points.Count);
        Assert.Equal(100, drops.HalfBudgets.Points[0].X);
    }

    [Fact]
    public void Two_dimensions_are_not_enough_and_neither_is_a_curve_without_its_ends()
    {
        Assert.Equal(Verdict.NotMeasured, SharpDropClaim.Judge(ClaimScenes.BudgetSweep(-0.5, dimensions: [100, 400]), ClaimScenes.Bootstrap).Verdict);
        AdversarialNetwork[] middles = [.. ClaimScenes.BudgetSweep(-0.5, seeds: 1).Where(network => network.RobustAccuracy is > 0.2 and < 0.9)];
        Claim claim = SharpDropClaim.Judge(middles, ClaimScenes.Bootstrap);
        Assert.NotNull(claim.Measured);
        Assert.Equal(Verdict.NotMeasured, claim.Verdict);
        Assert.Equal(Verdict.NotMeasured, SharpDropClaim.Judge([], ClaimScenes.Bootstrap).Verdict);
    }

    [Fact]
    public void The_curve_is_the_mean_over_the_seeds_that_were_run()
    {
        AdversarialNetwork[] networks = [ClaimScenes.Adversarial(25, 0.1, 0.9), ClaimScenes.Adversarial(25, 0.1, 0.7, seed: 1), ClaimScenes.Adversarial(25, 0.2, 0.3)];
        BudgetDrop drop = Assert.Single(Assert.Single(BudgetDrops.Of(networks, ClaimScenes.Bootstrap)).Drops);
        Assert.Equal(0.8, drop.Curve[0].Y, 12);
        Assert.Equal(0.3, drop.Curve[1].Y, 12);
        Assert.Equal(0.1 * Math.Pow(2, 0.6), drop.Half!.At, 12);
    }
}
