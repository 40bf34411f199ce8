using OneStep.Claims;
using OneStep.Tests.References;

namespace OneStep.Tests.Claims;

public class DeviationSlopeClaimTests
{
    private static readonly int[] Widths = [100, 1000, 10_000, 30_000];

    [Theory]
    [InlineData(-0.5, Verdict.Holds)]
    [InlineData(-0.4, Verdict.HoldsWithin)]
    [InlineData(-0.1, Verdict.Fails)]
    public void Is_judged_by_its_slope(double slope, Verdict verdict)
    {
        Claim claim = DeviationSlopeClaim.Judge(Networks(slope, 100), ClaimScenes.Bootstrap);
        Assert.Equal(verdict, claim.Verdict);
        Assert.Equal(slope, claim.Measured!.Value, 0.015);
        Assert.Equal("4 widths (100 to 30000) × 3 seeds, d = 100, no ball; 95 % interval by a bootstrap over seeds.", claim.Basis);
    }

    [Fact]
    public void The_largest_dimension_with_three_widths_counts()
    {
        FreeNetwork[] networks = [.. Networks(-0.5, 100), .. Networks(-0.1, 25), .. Networks(-0.1, 784).Where(network => network.Width <= 1000)];
        Assert.Equal(-0.5, DeviationSlopeClaim.Judge(networks, ClaimScenes.Bootstrap).Measured!.Value, 0.015);
    }

    [Fact]
    public void Two_widths_are_not_enough()
    {
        Assert.Equal(Verdict.NotMeasured, DeviationSlopeClaim.Judge(Networks(-0.5, 100).Where(network => network.Width <= 1000), ClaimScenes.Bootstrap).Verdict);
        Assert.Equal(Verdict.NotMeasured, DeviationSlopeClaim.Judge([], ClaimScenes.Bootstrap).Verdict);
    }

    private static FreeNetwork[] Networks(double slope, int dimension)
    {
        var random = new RandomInputs(dimension);
        return [.. from m in Widths from seed in Enumerable.Range(0, 3) select new FreeNetwork(dimension, m, (ulong)seed, 5 * Math.Pow(m, slope) * Math.Exp(0.01 * random.Gaussian(1)[0]))];
    }
}
