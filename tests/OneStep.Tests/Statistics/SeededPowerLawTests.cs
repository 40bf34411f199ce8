using OneStep.Statistics;
using OneStep.Tests.References;

namespace OneStep.Tests.Statistics;

public class SeededPowerLawTests
{
    private static readonly double[] Dimensions = [25, 49, 100, 196, 400, 784];

    private static readonly SeedBootstrap Bootstrap = new();

    [Fact]
    public void A_power_law_without_noise_is_found_exactly()
    {
        SeededPowerLaw law = SeededPowerLaw.OfMeans(Table(3, (d, _) => 3 / Math.Sqrt(d)), Bootstrap)!;
        Assert.Equal(-0.5, law.Slope, 13);
        Assert.Equal(Math.Log(3), law.Intercept, 12);
        Assert.Equal(0.3, law.ValueAt(100), 12);
        Assert.Equal(-0.5, law.SlopeInterval!.Low, 12);
        Assert.Equal(-0.5, law.SlopeInterval.High, 12);
        Assert.Equal(IntervalKind.SeedBootstrap, law.IntervalKind);
        Assert.Equal(3, law.Seeds);
        Assert.Equal(Dimensions, law.Points.Select(point => point.X));
        Assert.Equal(0.6, law.Points[0].Y, 12);
    }

    [Fact]
    public void What_a_seed_does_to_all_its_cells_alike_does_not_widen_the_interval_of_the_slope()
    {
        // Were cells drawn again one by one, factors of 1 and 5 would make the slope uncertain by about a half.
        SeededPowerLaw law = SeededPowerLaw.OfMeans(Table(4, (d, seed) => (seed + 1) / Math.Sqrt(d)), Bootstrap)!;
        Assert.Equal(-0.5, law.Slope, 13);
        Assert.Equal(0, law.SlopeInterval!.HalfWidth, 10);
    }

    [Fact]
    public void The_line_goes_through_the_logarithms_of_the_means()
    {
        SeededPowerLaw law = SeededPowerLaw.OfMeans([new(1, 0, 1), new(1, 7, 3), new(Math.E, 0, 2), new(Math.E, 7, 6)], Bootstrap)!;
        Assert.Equal(Math.Log(2), law.Slope, 13);
        Assert.Equal(Math.Log(2), law.Intercept, 13);
        Assert.Equal([2.0, 4.0], law.Points.Select(point => point.Y));
    }

    [Fact]
    public void One_seed_falls_back_to_the_residuals_and_says_so()
    {
        double[] y = [1, 3, 2];
        double[] x = [1, Math.E, Math.E * Math.E];
        SeededPowerLaw law = SeededPowerLaw.OfMeans(x.Zip(y, (xi, yi) => new SeededValue(xi, 4, yi)), Bootstrap with { Level = 0.9 })!;
        LogLogFit reference = LogLogFit.Of(x, y, 0.9);
        Assert.Equal(IntervalKind.RegressionResiduals, law.IntervalKind);
        Assert.Equal(reference.SlopeInterval, law.SlopeInterval);
        Assert.Equal(1, law.Seeds);
    }

    [Fact]
    public void One_seed_and_two_points_have_a_slope_and_no_interval()
    {
        SeededPowerLaw law = SeededPowerLaw.OfMeans([new(1, 0, 10), new(4, 0, 5)], Bootstrap)!;
        Assert.Equal(-0.5, law.Slope, 13);
        Assert.Null(law.SlopeInterval);
        Assert.Null(law.IntervalKind);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    public void Intervals_cover_the_true_slope_as_often_as_they_say(int seeds)
    {
        var random = new RandomInputs(20 + seeds);
        SeedBootstrap bootstrap = Bootstrap with { Level = 0.8, Resamples = 100 };
        int covered = 0;
        for (int draw = 0; draw < 300; draw++)
        {
            // Noise of the cell on top of noise that the seed shares among its cells, as nested weights do.
            double[] slopes = random.Gaussian(seeds);
            double[] noise = random.Gaussian(seeds * Dimensions.Length);
            int cell = 0;
            SeededPowerLaw law = SeededPowerLaw.OfMeans(
                Table(seeds, (d, seed) => (1 + (0.03 * noise[cell++])) * Math.Pow(d, -0.5 + (0.03 * slopes[seed]))), bootstrap)!;
            covered += law.SlopeInterval!.Low <= -0.5 && -0.5 <= law.SlopeInterval.High ? 1 : 0;
        }

        // The standard deviation of the covered fraction is √(.8 · .2/300) = .023.
        Assert.Equal(0.8, covered / 300.0, 0.07);
    }

    [Fact]
    public void Cells_that_are_missing_leave_the_mean_to_the_other_seeds()
    {
        SeededPowerLaw law = SeededPowerLaw.OfMeans(Table(5, (d, seed) => (seed + 1) / d).Where(value => value is not { X: 100, Seed: 4 }), Bootstrap)!;
        Assert.Equal(2.5 / 100, law.Points[2].Y, 14);
        Assert.Equal(3.0 / 196, law.Points[3].Y, 14);
        Assert.Equal(IntervalKind.SeedBootstrap, law.IntervalKind);
    }

    [Fact]
    public void Where_resamples_lack_a_point_too_often_the_residuals_tell()
    {
        // One of the four resamples of two seeds holds seed 1 alone, which says nothing at d = 100.
        SeededPowerLaw law = SeededPowerLaw.OfMeans(Table(2, (d, seed) => (seed + 1) / d).Where(value => value is not { X: 100, Seed: 1 }), Bootstrap)!;
        Assert.Equal(IntervalKind.RegressionResiduals, law.IntervalKind);
    }

    [Fact]
    public void A_point_without_an_ordinate_is_left_out()
    {
        SeededPowerLaw law = SeededPowerLaw.Of([4, 1, 2], 2, (point, _) => point == 2 ? null : point == 0 ? 8 : 2, Bootstrap)!;
        Assert.Equal([new CurvePoint(1, 2), new CurvePoint(4, 8)], law.Points);
        Assert.Equal(1, law.Slope, 13);
        Assert.Null(SeededPowerLaw.Of([4, 1, 2], 2, (point, _) => point == 2 ? 1 : null, Bootstrap));
    }

    [Fact]
    public void Nothing_and_a_single_abscissa_have_no_slope()
    {
        Assert.Null(SeededPowerLaw.OfMeans([], Bootstrap));
        Assert.Null(SeededPowerLaw.OfMeans([new(100, 0, 1), new(100, 1, 2)], Bootstrap));
    }

    [Theory]
    [InlineData(double.NaN, 1)]
    [InlineData(double.PositiveInfinity, 1)]
    [InlineData(0, 1)]
    [InlineData(2, double.NaN)]
    [InlineData(2, double.NegativeInfinity)]
    [InlineData(2, -1)]
    public void Numbers_without_a_logarithm_are_refused(double x, double y) =>
        Assert.Throws<ArgumentException>(() => SeededPowerLaw.OfMeans([new(1, 0, 1), new(x, 0, y)], Bootstrap));

    [Fact]
    public void A_cell_that_is_there_twice_is_refused() =>
        Assert.Contains("Seed 7", Assert.Throws<ArgumentException>(() => SeededPowerLaw.OfMeans([new(1, 7, 1), new(2, 7, 1), new(2, 7, 1)], Bootstrap)).Message, StringComparison.Ordinal);

    private static IEnumerable<SeededValue> Table(int seeds, Func<double, int, double> value) =>
        Dimensions.SelectMany(d => Enumerable.Range(0, seeds).Select(seed => new SeededValue(d, (ulong)seed, value(d, seed))));
}
