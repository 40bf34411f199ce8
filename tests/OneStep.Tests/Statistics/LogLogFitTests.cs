using OneStep.Statistics;

namespace OneStep.Tests.Statistics;

public class LogLogFitTests
{
    [Fact]
    public void A_power_law_is_found_exactly()
    {
        double[] x = [25, 49, 100, 196, 400, 784];
        LogLogFit fit = LogLogFit.Of(x, [.. x.Select(d => 3 / Math.Sqrt(d))]);
        Assert.Equal(-0.5, fit.Slope, 13);
        Assert.Equal(Math.Log(3), fit.Intercept, 12);
        Assert.Equal(0, fit.SlopeStandardError!.Value, 12);
        Assert.Equal(3 / Math.Sqrt(50), fit.ValueAt(50), 12);
    }

    [Fact]
    public void Three_points_by_hand()
    {
        // Logarithms u = (0, 1, 2), v = (0, 2, 1): slope (−1·−1 + 1·0)/2 = 1/2, intercept 1 − 1/2;
        // residuals (−1/2, 1, −1/2), their squares add up to 3/2, so that the slope's variance is (3/2)/1/2.
        double e = Math.E;
        LogLogFit fit = LogLogFit.Of([1, e, e * e], [1, e * e, e]);
        double error = Math.Sqrt(0.75);
        Assert.Equal(0.5, fit.Slope, 13);
        Assert.Equal(0.5, fit.Intercept, 13);
        Assert.Equal(error, fit.SlopeStandardError!.Value, 13);
        Assert.Equal(0.5, fit.SlopeInterval!.Estimate, 13);
        Assert.Equal(12.706204736432095 * error, fit.SlopeInterval.HalfWidth, 7);
    }

    [Fact]
    public void Two_points_have_a_slope_and_no_interval()
    {
        LogLogFit fit = LogLogFit.Of([1, 4], [10, 5]);
        Assert.Equal(-0.5, fit.Slope, 13);
        Assert.Equal(Math.Log(10), fit.Intercept, 13);
        Assert.Null(fit.SlopeStandardError);
        Assert.Null(fit.SlopeInterval);
    }

    [Fact]
    public void Scaling_the_axes_leaves_the_slope()
    {
        double[] x = [1, 2, 5, 9];
        double[] y = [4, 3, 1.5, 1.25];
        LogLogFit fit = LogLogFit.Of(x, y);
        LogLogFit scaled = LogLogFit.Of([.. x.Select(v => 1e8 * v)], [.. y.Select(v => 1e-7 * v)]);
        Assert.Equal(fit.Slope, scaled.Slope, 12);
        Assert.Equal(fit.SlopeStandardError!.Value, scaled.SlopeStandardError!.Value, 12);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Values_without_a_logarithm_are_refused_by_their_position(double value)
    {
        Assert.Contains("value 2 is", Assert.Throws<ArgumentException>(() => LogLogFit.Of([1, 2, value], [1, 2, 3])).Message, StringComparison.Ordinal);
        Assert.Contains("value 2 is", Assert.Throws<ArgumentException>(() => LogLogFit.Of([1, 2, 3], [1, 2, value])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_needs_two_points_of_different_abscissae()
    {
        Assert.Throws<ArgumentException>(() => LogLogFit.Of([1], [1]));
        Assert.Throws<ArgumentException>(() => LogLogFit.Of([], []));
        Assert.Throws<ArgumentException>(() => LogLogFit.Of([1, 2], [1, 2, 3]));
        Assert.Throws<ArgumentException>(() => LogLogFit.Of([7, 7, 7], [1, 2, 3]));
    }

    [Fact]
    public void The_law_stands_for_positive_abscissae_only() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => LogLogFit.Of([1, 2], [1, 2]).ValueAt(0));
}
