using OneStep.Claims;
using OneStep.Statistics;

namespace OneStep.Tests.Claims;

public class RobustErrorClaimTests
{
    [Fact]
    public void Holds_where_the_constant_of_the_smaller_dimensions_does_for_the_largest()
    {
        // Norms k/100 · 3/√d for k = 1 … 100: the error reaches 0.9 at k = 90 and ε = 2.7/√d in every dimension.
        Claim claim = RobustErrorClaim.Judge(Spread(d => 3 / Math.Sqrt(d)), ClaimScenes.Bootstrap);
        Assert.Equal(Verdict.Holds, claim.Verdict);
        Assert.Equal(0.9, claim.Measured!.Value, 12);
        Assert.Equal(0.9, claim.Expected);
        Assert.Equal(0, claim.Interval!.HalfWidth, 9);
        Assert.Equal(IntervalKind.SeedBootstrap, claim.IntervalKind);
        Assert.Equal(
            "ε = 2.7/√d, which is 0.096 ‖x‖ at d = 784; 6 dimensions (25 to 784) × 2 seeds, C0 = 10, m = 1000; 95 % interval by a bootstrap over seeds.", claim.Basis);
    }

    [Fact]
    public void The_error_at_the_largest_dimension_is_measured_with_a_constant_that_does_not_know_it()
    {
        // At d = 784 the flips are larger by 20 %: ε = 2.7/√d flips those with k ≤ 75.
        Claim claim = RobustErrorClaim.Judge(Spread(d => (d == 784 ? 3.6 : 3) / Math.Sqrt(d)), ClaimScenes.Bootstrap);
        Assert.Equal(Verdict.HoldsWithin, claim.Verdict);
        Assert.Equal(0.75, claim.Measured!.Value, 12);

        // And where they are smaller, more than 0.9 of the images are lost.
        Claim smaller = RobustErrorClaim.Judge(Spread(d => (d == 784 ? 2.8 : 3) / Math.Sqrt(d)), ClaimScenes.Bootstrap);
        Assert.Equal(Verdict.Holds, smaller.Verdict);
        Assert.Equal(0.96, smaller.Measured!.Value, 12);
    }

    [Fact]
    public void Fails_where_the_size_of_the_flip_does_not_shrink()
    {
        // c = 2.7 √400 from d = 400 gives ε = 2.7 · √(400/784) at the largest: those with k ≤ 64.
        Claim claim = RobustErrorClaim.Judge(Spread(_ => 3), ClaimScenes.Bootstrap);
        Assert.Equal(0.64, claim.Measured!.Value, 12);
        Claim narrow = RobustErrorClaim.Judge(ClaimScenes.PowerLaw(0, noise: 0), ClaimScenes.Bootstrap);
        Assert.Equal(Verdict.Fails, narrow.Verdict);
        Assert.Equal(0, narrow.Measured!.Value, 12);
    }

    [Fact]
    public void Misclassified_images_are_errors_at_every_budget()
    {
        AttackedNetwork[] networks = [.. ClaimScenes.Dimensions.Select(d => ClaimScenes.Attacked(d, 2 / Math.Sqrt(d), misclassified: 95))];
        Claim claim = RobustErrorClaim.Judge(networks, ClaimScenes.Bootstrap);
        Assert.Equal(0.95, claim.Measured!.Value, 12);
        Assert.StartsWith("ε = 0/√d", claim.Basis, StringComparison.Ordinal);
        Assert.Null(claim.Interval);
    }

    [Fact]
    public void Fails_where_no_budget_reaches_the_error()
    {
        AttackedNetwork[] networks = [.. ClaimScenes.Dimensions.Select(d => ClaimScenes.Attacked(d, 2 / Math.Sqrt(d), notFlipped: d == 100 ? 11 : 0))];
        Claim claim = RobustErrorClaim.Judge(networks, ClaimScenes.Bootstrap);
        Assert.Equal(Verdict.Fails, claim.Verdict);
        Assert.Null(claim.Measured);
    }

    [Fact]
    public void Only_the_widest_networks_at_the_reference_radius_count()
    {
        AttackedNetwork[] networks = [.. Spread(d => 3 / Math.Sqrt(d)), .. ClaimScenes.PowerLaw(0, width: 100), .. ClaimScenes.PowerLaw(0, width: 10_000, c0: 20)];
        Assert.Equal(0.9, RobustErrorClaim.Judge(networks, ClaimScenes.Bootstrap).Measured!.Value, 12);
    }

    [Fact]
    public void A_width_of_which_most_failed_leaves_the_verdict_to_the_next()
    {
        AttackedNetwork[] wide = ClaimScenes.PowerLaw(0, width: 5000, dimensions: [25, 100]);
        Claim claim = RobustErrorClaim.Judge([.. Spread(d => 3 / Math.Sqrt(d)), .. wide], ClaimScenes.Bootstrap);
        Assert.Equal(Verdict.Holds, claim.Verdict);
        Assert.Contains("m = 1000", claim.Basis, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_dimensions_are_not_enough()
    {
        Claim claim = RobustErrorClaim.Judge(ClaimScenes.PowerLaw(-0.5, dimensions: [25, 100]), ClaimScenes.Bootstrap);
        Assert.Equal(Verdict.NotMeasured, claim.Verdict);
        Assert.Null(claim.Measured);
        Assert.Equal(Verdict.NotMeasured, RobustErrorClaim.Judge([], ClaimScenes.Bootstrap).Verdict);
    }

    [Theory]
    [InlineData(0.05, 0.2)]
    [InlineData(0.195, 0.5)]
    [InlineData(0.5, 0.9)]
    public void The_error_of_a_network_counts_what_is_wrong_or_flipped_within_the_budget(double budget, double error)
    {
        AttackedNetwork network = ClaimScenes.Attacked(25, 0.1) with { Total = 10, Misclassified = 2, PerturbationNorms = [0.4, 0.1, 0.1, 0.3, 0.19, 0.21, 0.5] };
        Assert.Equal(error, network.RobustError(budget), 12);
    }

    private static IEnumerable<AttackedNetwork> Spread(Func<int, double> largest) =>
        from d in ClaimScenes.Dimensions
        from seed in new ulong[] { 3, 8 }
        select ClaimScenes.Attacked(d, 0, seed) with { PerturbationNorms = [.. Enumerable.Range(1, 100).Select(k => k * largest(d) / 100)] };
}
