using OneStep.Reports.Figures;

namespace OneStep.Tests.Reports.Figures;

public sealed class LogAxisTests
{
    [Theory]
    [InlineData(0.001, 20, new[] { 0.001, 0.01, 0.1, 1, 10 })]
    [InlineData(0.9, 35, new[] { 1d, 3, 10, 30 })]
    [InlineData(0.08, 0.5, new[] { 0.1, 0.15, 0.2, 0.3, 0.5 })]
    [InlineData(0.004, 0.1, new[] { 0.005, 0.01, 0.02, 0.05, 0.1 })]
    [InlineData(0.076, 0.0857, new[] { 0.076, 0.078, 0.08, 0.082, 0.084 })]
    [InlineData(198, 207, new[] { 198d, 200, 202, 204, 206 })]
    public void Ticks_are_round_and_as_few_as_help(double low, double high, double[] expected) =>
        Assert.Equal(expected, LogAxis.RoundTicks(low, high));

    [Fact]
    public void The_domain_hugs_the_data()
    {
        (double low, double high) = LogAxis.Domain([100, 1, 10]);
        Assert.InRange(low, 0.7, 0.99);
        Assert.InRange(high, 101, 140);
        (low, high) = LogAxis.Domain([7]);
        Assert.True(low < 7 && high > 7);
    }
}
