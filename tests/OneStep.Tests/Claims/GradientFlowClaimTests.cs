using OneStep.Claims;

namespace OneStep.Tests.Claims;

public class GradientFlowClaimTests
{
    [Theory]
    [InlineData(-0.02, Verdict.Holds)]
    [InlineData(0.12, Verdict.HoldsWithin)]
    [InlineData(0.5, Verdict.Fails)]
    public void Is_judged_by_the_slope_of_its_path(double slope, Verdict verdict)
    {
        Claim claim = Judge(EarlierScenes.Flow(slope));
        Assert.Equal(ClaimIds.GradientFlowFlips, claim.Id);
        Assert.Equal(ClaimGroup.Earlier, claim.Group);
        Assert.Equal(verdict, claim.Verdict);
        Assert.Equal(slope, claim.Measured!.Value, 0.015);
        Assert.StartsWith("2 hidden layers, each 4 times narrower than the one before: 4 dimensions (100 to 800) × 4 seeds, means ", claim.Basis, StringComparison.Ordinal);
        Assert.EndsWith("1600 networks.", claim.Basis, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(99, Verdict.Holds)]
    [InlineData(97, Verdict.HoldsWithin)]
    [InlineData(80, Verdict.Fails)]
    public void Every_dimension_has_to_flip(int flipped, Verdict verdict) =>
        Assert.Equal(verdict, Judge(EarlierScenes.Flow(flipped: d => d == 100 ? flipped : 100)).Verdict);

    [Fact]
    public void The_worst_shape_decides()
    {
        Claim claim = Judge([.. EarlierScenes.Flow(), .. EarlierScenes.Flow(0.4, ratio: 2.5, depth: 1)]);
        Assert.Equal(Verdict.Fails, claim.Verdict);
        Assert.StartsWith("1 hidden layer, each 2.5 times narrower", claim.Basis, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_dimensions_are_not_enough()
    {
        Assert.Equal(Verdict.NotMeasured, Judge(EarlierScenes.Flow(dimensions: [100, 800])).Verdict);
        Assert.Equal(Verdict.NotMeasured, Judge([]).Verdict);
    }

    private static Claim Judge(IEnumerable<FlowEnsemble> ensembles) => GradientFlowClaim.Judge(ensembles, ClaimScenes.Bootstrap);
}
