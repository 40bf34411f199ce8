using OneStep.Claims;
using OneStep.Statistics;

namespace OneStep.Tests.Claims;

public class DimensionSlopeClaimTests
{
    [Theory]
    [InlineData(-0.5, Verdict.Holds)]
    [InlineData(-0.42, Verdict.HoldsWithin)]
    [InlineData(-0.2, Verdict.Fails)]
    [InlineData(0.5, Verdict.Fails)]
    public void The_perturbation_is_judged_by_its_slope(double slope, Verdict verdict)
    {
        Claim claim = PerturbationSlopeClaim.Judge(ClaimScenes.PowerLaw(slope), ClaimScenes.Bootstrap);
        Assert.Equal(ClaimIds.PerturbationSlope, claim.Id);
        Assert.Equal(-0.5, claim.Expected);
        Assert.Equal(verdict, claim.Verdict);
        Assert.Equal(slope, claim.Measured!.Value, 0.015);
        Assert.Equal(IntervalKind.SeedBootstrap, claim.IntervalKind);
        Assert.Equal(claim.Measured, claim.Interval!.Estimate);
    }

    [Theory]
    [InlineData(0.5, Verdict.Holds)]
    [InlineData(0.41, Verdict.HoldsWithin)]
    [InlineData(0.1, Verdict.Fails)]
    public void The_gradient_is_judged_by_its_slope(double slope, Verdict verdict)
    {
        Claim claim = GradientSlopeClaim.Judge(ClaimScenes.PowerLaw(-0.5, slope), ClaimScenes.Bootstrap);
        Assert.Equal(ClaimIds.GradientSlope, claim.Id);
        Assert.Equal(0.5, claim.Expected);
        Assert.Equal(verdict, claim.Verdict);
        Assert.Equal(slope, claim.Measured!.Value, 0.015);
    }

    [Theory]
    [InlineData(0.5, Verdict.Holds)]
    [InlineData(0.4, Verdict.HoldsWithin)]
    [InlineData(0.2, Verdict.Fails)]
    public void The_step_is_judged_by_its_slope(double gradient, Verdict verdict)
    {
        Claim claim = StepSlopeClaim.Judge(ClaimScenes.PowerLaw(-0.5, gradient), ClaimScenes.Bootstrap);
        Assert.Equal(ClaimIds.StepSlope, claim.Id);
        Assert.Equal(-1, claim.Expected);
        Assert.Equal(verdict, claim.Verdict);
        Assert.Equal(-0.5 - gradient, claim.Measured!.Value, 0.02);
    }

    [Fact]
    public void The_widest_width_decides_and_the_others_are_told()
    {
        Claim claim = PerturbationSlopeClaim.Judge([.. ClaimScenes.PowerLaw(-0.5, noise: 0, width: 5000), .. ClaimScenes.PowerLaw(-0.25, noise: 0, width: 1000)], ClaimScenes.Bootstrap);
        Assert.Equal(-0.5, claim.Measured!.Value, 12);
        Assert.Equal(
            "6 dimensions (25 to 784) × 3 seeds, C0 = 10, m = 5000; 95 % interval by a bootstrap over seeds; slopes at other widths: −0.25 (m = 1000).", claim.Basis);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_width_of_which_most_failed_leaves_the_verdict_to_the_next(int finished)
    {
        AttackedNetwork[] wide = ClaimScenes.PowerLaw(-0.1, width: 5000, dimensions: ClaimScenes.Dimensions[..finished]);
        Claim claim = PerturbationSlopeClaim.Judge([.. ClaimScenes.PowerLaw(-0.5), .. wide], ClaimScenes.Bootstrap);
        Assert.Equal(Verdict.Holds, claim.Verdict);
        Assert.Contains("m = 1000;", claim.Basis, StringComparison.Ordinal);
        Assert.Equal(finished == 2, claim.Basis.Contains("(m = 5000)", StringComparison.Ordinal));
    }

    [Fact]
    public void Other_radii_do_not_count()
    {
        AttackedNetwork[] others = ClaimScenes.PowerLaw(-0.2, width: 9000, c0: 20);
        Assert.Equal(-0.5, PerturbationSlopeClaim.Judge([.. ClaimScenes.PowerLaw(-0.5, noise: 0), .. others], ClaimScenes.Bootstrap).Measured!.Value, 12);
        Claim claim = PerturbationSlopeClaim.Judge(others, ClaimScenes.Bootstrap);
        Assert.Equal(Verdict.NotMeasured, claim.Verdict);
        Assert.Null(claim.Measured);
        Assert.Equal("No two dimensions at C0 = 10.", claim.Basis);
    }

    [Fact]
    public void Two_dimensions_have_a_slope_and_no_verdict()
    {
        Claim claim = PerturbationSlopeClaim.Judge(ClaimScenes.PowerLaw(-0.5, dimensions: [25, 100]), ClaimScenes.Bootstrap);
        Assert.Equal(Verdict.NotMeasured, claim.Verdict);
        Assert.NotNull(claim.Measured);
    }

    [Fact]
    public void One_seed_is_judged_by_the_residuals_and_says_so()
    {
        Claim claim = PerturbationSlopeClaim.Judge(ClaimScenes.PowerLaw(-0.5, seeds: 1), ClaimScenes.Bootstrap);
        Assert.Equal(Verdict.Holds, claim.Verdict);
        Assert.Equal(IntervalKind.RegressionResiduals, claim.IntervalKind);
        Assert.Contains("1 seed, C0 = 10, m = 1000; 95 % interval from the residuals of the fit", claim.Basis, StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_without_flips_is_as_if_it_were_missing()
    {
        AttackedNetwork[] networks = ClaimScenes.PowerLaw(-0.5, noise: 0);
        networks[4] = networks[4] with { PerturbationNorms = [], GradientNorm = null, StepSize = null };
        Assert.Equal(-0.5, PerturbationSlopeClaim.Judge(networks, ClaimScenes.Bootstrap).Measured!.Value, 12);
        Assert.Equal(-1, StepSlopeClaim.Judge(networks, ClaimScenes.Bootstrap).Measured!.Value, 12);
    }
}
