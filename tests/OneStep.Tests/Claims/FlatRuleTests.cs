using OneStep.Claims;
using OneStep.Statistics;

namespace OneStep.Tests.Claims;

public class FlatRuleTests
{
    [Theory]
    [InlineData(-0.02, -0.04, -0.01, Verdict.Holds)]
    [InlineData(0.02, -0.06, 0.1, Verdict.Holds)]
    [InlineData(0.02, -0.11, 0.15, Verdict.HoldsWithin)]
    [InlineData(0.14, 0.12, 0.16, Verdict.HoldsWithin)]
    [InlineData(-0.15, -0.2, -0.1, Verdict.HoldsWithin)]
    [InlineData(0.16, 0.12, 0.2, Verdict.Fails)]
    [InlineData(-0.5, -0.6, -0.4, Verdict.Fails)]
    [InlineData(0.18, -0.02, 0.24, Verdict.Fails)]
    public void By_the_interval_first_and_then_by_the_slope(double slope, double low, double high, Verdict verdict) =>
        Assert.Equal(verdict, FlatRule.Judge(slope, new(slope, low, high, 0.95), points: 3));

    [Theory]
    [InlineData(0, -0.3, 0.3)]
    [InlineData(0.1, -0.1, 0.3)]
    [InlineData(-0.4, -0.9, 0.1)]
    [InlineData(0.14, 0.01, 0.6)]
    public void An_interval_from_0_to_the_next_law_tells_nothing(double slope, double low, double high) =>
        Assert.Equal(Verdict.NotMeasured, FlatRule.Judge(slope, new(slope, low, high, 0.95), points: 3));

    [Fact]
    public void Without_an_interval_a_slope_can_only_fail()
    {
        Assert.Equal(Verdict.NotMeasured, FlatRule.Judge(0, null, points: 3));
        Assert.Equal(Verdict.Fails, FlatRule.Judge(0.2, null, points: 3));
    }

    [Fact]
    public void Without_a_slope_or_with_two_points_nothing_is_measured()
    {
        Assert.Equal(Verdict.NotMeasured, FlatRule.Judge(null));
        Assert.Equal(Verdict.NotMeasured, FlatRule.Judge(0, new ConfidenceInterval(0, -0.01, 0.01, 0.95), points: 2));
    }

    [Theory]
    [InlineData(1, Verdict.Holds)]
    [InlineData(0.99, Verdict.Holds)]
    [InlineData(0.98, Verdict.HoldsWithin)]
    [InlineData(0.94, Verdict.Fails)]
    public void Nearly_all_networks_have_to_flip(double share, Verdict verdict) => Assert.Equal(verdict, FlatRule.JudgeShare(share));

    [Fact]
    public void Of_several_verdicts_all_count()
    {
        Assert.Equal(Verdict.Holds, FlatRule.All(Verdict.Holds, Verdict.Holds));
        Assert.Equal(Verdict.HoldsWithin, FlatRule.All(Verdict.Holds, Verdict.HoldsWithin));
        Assert.Equal(Verdict.Fails, FlatRule.All(Verdict.Fails, Verdict.HoldsWithin));
        Assert.Equal(Verdict.NotMeasured, FlatRule.All(Verdict.Fails, Verdict.NotMeasured));
    }
}
