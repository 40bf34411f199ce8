using OneStep.Statistics;

namespace OneStep.Tests.Statistics;

public class SeededLineTests
{
    [Fact]
    public void A_line_is_found_again()
    {
        SeededLine line = SeededLine.OfMeans(from x in new double[] { 1, 3, 4, 10 } from seed in new ulong[] { 0, 1 } select new SeededValue(x, seed, 2 + (1.5 * x)), new())!;
        Assert.Equal((1.5, 2), (line.Slope, line.Intercept), (a, b) => Math.Abs(a.Item1 - b.Item1) + Math.Abs(a.Item2 - b.Item2) < 1e-12);
        Assert.Equal(IntervalKind.SeedBootstrap, line.IntervalKind);
        Assert.Equal(0, line.SlopeInterval!.HalfWidth, 1e-12);
    }

    // Two seeds of slopes 1 and 2: their mean, and Student's interval with one degree of freedom, 12.706 · (1/√2)/√2.
    [Fact]
    public void The_interval_is_that_of_a_mean_over_the_seeds_slopes()
    {
        SeededLine line = SeededLine.OfMeans(from x in new double[] { 1, 2, 5 } from seed in new ulong[] { 0, 1 } select new SeededValue(x, seed, (1 + seed) * x), new())!;
        Assert.Equal(1.5, line.Slope, 1e-12);
        Assert.Equal(12.706 / 2, line.SlopeInterval!.HalfWidth, 1e-3);
    }

    // By hand: y = 0, 1, 5 at 0, 1, 2 has the slope 5/2 and residuals 1/2, −1, 1/2, so a standard error of √(1.5/1/2).
    [Fact]
    public void One_seed_has_the_interval_of_the_residuals()
    {
        SeededLine line = SeededLine.OfMeans([new(0, 7, 0), new(1, 7, 1), new(2, 7, 5)], new())!;
        Assert.Equal(2.5, line.Slope, 1e-12);
        Assert.Equal(IntervalKind.RegressionResiduals, line.IntervalKind);
        Assert.Equal(12.7062 * Math.Sqrt(0.75), line.SlopeInterval!.HalfWidth, 1e-3);
    }

    [Fact]
    public void Two_points_have_no_interval_and_one_has_no_line()
    {
        SeededLine line = SeededLine.OfMeans([new(1, 0, 1), new(2, 0, 3)], new())!;
        Assert.Equal((2, null, null), (line.Slope, line.SlopeInterval, line.IntervalKind));
        Assert.Null(SeededLine.OfMeans([new(1, 0, 1), new(1, 1, 3)], new()));
        Assert.Throws<ArgumentException>(() => LinearFit.Of([1, 1], [1, 2]));
        Assert.Throws<ArgumentException>(() => LinearFit.Of([1], [1]));
    }
}
