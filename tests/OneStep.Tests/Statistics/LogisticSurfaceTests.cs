using OneStep.Statistics;

namespace OneStep.Tests.Statistics;

public class LogisticSurfaceTests
{
    private static readonly double[] Deviations = [0.025, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2];

    private static readonly double[] Widths = [50, 200, 800, 3200];

    [Theory]
    [InlineData(-6, 4, 2, 0.93)]
    [InlineData(-10, 3, 1.2, 0.85)]
    [InlineData(-8, 2.5, 1.25, 0.6)]
    public void A_surface_without_noise_is_found_exactly_with_its_plateau(double a, double b, double c, double plateau)
    {
        LogisticSurface truth = new(a, b, c, plateau, null, null, 0);
        LogisticSurface fit = LogisticSurface.Of(Cells(truth.Probability, total: 1_000_000_000))!;
        Assert.Equal(a, fit.Intercept, 1e-6);
        Assert.Equal(b, fit.DeviationCoefficient, 1e-6);
        Assert.Equal(c, fit.WidthCoefficient, 1e-6);
        Assert.Equal(plateau, fit.Plateau, 1e-7);
        Assert.Equal(-c / b, fit.ThresholdSlope, 1e-6);
        Assert.Equal(1, fit.Dispersion);
        Assert.Equal(28, fit.DegreesOfFreedom);
    }

    [Fact]
    public void A_plateau_at_one_is_found_as_well()
    {
        LogisticSurface truth = new(-6, 4, 2, 1, null, null, 0);
        LogisticSurface fit = LogisticSurface.Of(Cells(truth.Probability, total: 100_000))!;
        Assert.Equal(1, fit.Plateau, 1e-4);
        Assert.Equal(-0.5, fit.ThresholdSlope, 1e-3);
    }

    [Fact]
    public void Without_a_plateau_the_threshold_would_be_missed()
    {
        // Robust accuracy levels off at .9: half of the images are not robust at half of the logistic curve.
        LogisticSurface truth = new(-6, 4, 2, 0.9, null, null, 0);
        LogisticSurface fit = LogisticSurface.Of(Cells(truth.Probability, total: 500))!;
        double half = fit.ThresholdDeviation(200, 0.5)!.Value;
        Assert.Equal(0.5, truth.Probability(half, 200), 0.005);
        Assert.True(half > 1.04 * Math.Exp((6 - (2 * Math.Log(200))) / 4));
    }

    [Fact]
    public void The_threshold_is_where_the_surface_has_the_level()
    {
        LogisticSurface surface = new(-6, 4, 2, 0.9, null, null, 0);
        foreach (double level in new[] { 0.1, 0.5, 0.8 })
        {
            Assert.Equal(level, surface.Probability(surface.ThresholdDeviation(300, level)!.Value, 300), 12);
        }

        Assert.Equal(-0.5, Math.Log(surface.ThresholdDeviation(400, 0.3)!.Value / surface.ThresholdDeviation(100, 0.3)!.Value) / Math.Log(4), 12);
        Assert.Null(surface.ThresholdDeviation(300, 0.9));
        Assert.Null(surface.ThresholdDeviation(300, 0));
    }

    [Fact]
    public void The_fit_is_a_maximum_of_the_likelihood_as_written_down()
    {
        // Counts that no surface fits, so that nothing but the maximum can be met.
        RobustCount[] cells = [.. Cells((v, m) => Math.Min(0.95, 0.02 + (0.05 * v * Math.Sqrt(m) / (1 + (0.02 * v * v * m)))), total: 400)];
        LogisticSurface fit = LogisticSurface.Of(cells)!;
        double best = LogLikelihood(cells, fit);
        foreach (double step in new[] { -1e-2, -1e-3, 1e-3, 1e-2 })
        {
            Assert.True(LogLikelihood(cells, fit with { Intercept = fit.Intercept + step }) < best);
            Assert.True(LogLikelihood(cells, fit with { DeviationCoefficient = fit.DeviationCoefficient + step }) < best);
            Assert.True(LogLikelihood(cells, fit with { WidthCoefficient = fit.WidthCoefficient + step }) < best);
            Assert.True(LogLikelihood(cells, fit with { Plateau = fit.Plateau + step }) < best);
        }

        Assert.True(fit.Dispersion > 2);
    }

    [Fact]
    public void Perfectly_separated_counts_have_a_finite_surface_whose_threshold_lies_in_the_gap()
    {
        LogisticSurface fit = LogisticSurface.Of(Cells((v, m) => v * Math.Sqrt(m) > 5 ? 1 : 0, total: 500))!;
        Assert.True(double.IsFinite(fit.DeviationCoefficient));
        Assert.True(fit.DeviationCoefficient > 10);
        Assert.Equal(-0.5, fit.ThresholdSlope, 0.08);
        foreach (double width in Widths)
        {
            double last = Deviations.Last(v => v * Math.Sqrt(width) <= 5);
            double first = Deviations.First(v => v * Math.Sqrt(width) > 5);
            Assert.InRange(fit.ThresholdDeviation(width, 0.5)!.Value, last, first);
        }
    }

    [Fact]
    public void Cells_of_one_kind_may_come_in_parts()
    {
        RobustCount[] cells = [.. Cells((v, m) => 0.9 / (1 + Math.Exp(6 - (4 * Math.Log(v)) - (2 * Math.Log(m)))), total: 1000)];
        LogisticSurface whole = LogisticSurface.Of(cells)!;
        LogisticSurface parts = LogisticSurface.Of(cells.SelectMany(cell => new[]
        {
            cell with { Robust = cell.Robust / 3, Total = 400 }, cell with { Robust = cell.Robust - (cell.Robust / 3), Total = 600 }, cell with { Robust = 0, Total = 0 },
        }))!;
        Assert.Equal(whole.ThresholdSlope, parts.ThresholdSlope, 1e-6);
        Assert.Equal(whole.Plateau, parts.Plateau, 1e-6);
    }

    [Fact]
    public void Counts_that_cannot_tell_have_no_surface()
    {
        Assert.Null(LogisticSurface.Of([]));
        Assert.Null(LogisticSurface.Of([new(1, 10, 1, 2), new(2, 10, 2, 2)]));
        Assert.Null(LogisticSurface.Of([new(1, 10, 1, 2), new(1, 20, 2, 2)]));
        Assert.Null(LogisticSurface.Of(Cells((_, _) => 0, total: 100)));
        Assert.Null(LogisticSurface.Of(Cells((v, _) => 0.8 / (1 + v), total: 100)));
    }

    [Fact]
    public void Too_few_cells_leave_no_dispersion()
    {
        LogisticSurface fit = LogisticSurface.Of([new(1, 10, 2, 9), new(2, 10, 6, 9), new(1, 40, 6, 9), new(2, 40, 8, 9)])!;
        Assert.Null(fit.Dispersion);
        Assert.Null(fit.SlopeStandardError);
        Assert.Equal(0, fit.DegreesOfFreedom);
    }

    [Theory]
    [InlineData(double.NaN, 10, 1, 2)]
    [InlineData(0, 10, 1, 2)]
    [InlineData(1, double.PositiveInfinity, 1, 2)]
    [InlineData(1, -1, 1, 2)]
    [InlineData(1, 10, 3, 2)]
    [InlineData(1, 10, -1, 2)]
    [InlineData(1, 10, 0, -2)]
    public void Cells_out_of_range_are_refused(double deviation, double width, long robust, long total) =>
        Assert.Throws<ArgumentException>(() => LogisticSurface.Of([new(1, 10, 1, 2), new(2, 20, 1, 2), new(deviation, width, robust, total)]));

    private static IEnumerable<RobustCount> Cells(Func<double, double, double> probability, long total) =>
        Widths.SelectMany(m => Deviations.Select(v => new RobustCount(v, m, (long)Math.Round(total * probability(v, m)), total)));

    private static double LogLikelihood(IEnumerable<RobustCount> cells, LogisticSurface surface) => cells.Sum(cell =>
    {
        double p = surface.Probability(cell.Deviation, cell.Width);
        return (cell.Robust * Math.Log(p)) + ((cell.Total - cell.Robust) * Math.Log(1 - p));
    });
}
