using OneStep.Claims;
using OneStep.Statistics;

namespace OneStep.Tests.Claims;

public class SlopeRuleTests
{
    [Theory]
    [InlineData(-0.46, -0.52, -0.40, Verdict.Holds)]
    [InlineData(-0.46, -0.49, -0.43, Verdict.HoldsWithin)]
    [InlineData(-0.36, -0.38, -0.34, Verdict.HoldsWithin)]
    [InlineData(-0.64, -0.66, -0.62, Verdict.HoldsWithin)]
    [InlineData(-0.34, -0.36, -0.32, Verdict.Fails)]
    [InlineData(-0.66, -0.68, -0.64, Verdict.Fails)]
    [InlineData(0.5, 0.4, 0.6, Verdict.Fails)]
    [InlineData(-0.3, -0.55, -0.05, Verdict.Holds)]
    [InlineData(-0.4999999999999999, -0.4999999999999999, -0.4999999999999999, Verdict.Holds)]
    [InlineData(-0.49999, -0.49999, -0.49999, Verdict.HoldsWithin)]
    public void By_the_interval_first_and_then_by_the_distance(double slope, double low, double high, Verdict verdict) =>
        Assert.Equal(verdict, SlopeRule.Judge(-0.5, slope, new(slope, low, high, 0.95), points: 3));

    [Theory]
    [InlineData(-0.45, -1.1, 0.2, Verdict.NotMeasured)]
    [InlineData(-0.5, -30, 29, Verdict.NotMeasured)]
    [InlineData(-0.2, -0.9, 0.5, Verdict.NotMeasured)]
    [InlineData(0.2, -0.9, 1.3, Verdict.NotMeasured)]
    [InlineData(0.2, -0.4, 0.8, Verdict.Fails)]
    public void An_interval_too_long_to_tell_the_sign_proves_nothing(double slope, double low, double high, Verdict verdict) =>
        Assert.Equal(verdict, SlopeRule.Judge(-0.5, slope, new(slope, low, high, 0.95), points: 3));

    [Fact]
    public void A_small_exponent_asks_for_its_sign_as_well() =>
        Assert.Equal(Verdict.Fails, SlopeRule.Judge(-0.1, 0.02, new(0.02, 0.01, 0.03, 0.95), points: 3));

    [Fact]
    public void Without_an_interval_the_distance_decides()
    {
        Assert.Equal(Verdict.HoldsWithin, SlopeRule.Judge(1, 1, null, points: 3));
        Assert.Equal(Verdict.Fails, SlopeRule.Judge(1, 0.8, null, points: 3));
    }

    [Fact]
    public void Without_a_slope_or_with_two_points_nothing_is_measured()
    {
        Assert.Equal(Verdict.NotMeasured, SlopeRule.Judge(-0.5, null, null, points: 6));
        Assert.Equal(Verdict.NotMeasured, SlopeRule.Judge(-0.5, -0.5, new ConfidenceInterval(-0.5, -0.6, -0.4, 0.95), points: 2));
    }
}
