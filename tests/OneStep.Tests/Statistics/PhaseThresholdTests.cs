using OneStep.Statistics;
using OneStep.Tests.References;

namespace OneStep.Tests.Statistics;

public class PhaseThresholdTests
{
    private static readonly double[] Deviations = [0.025, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2];

    private static readonly int[] Widths = [50, 200, 800, 3200];

    private static readonly SeedBootstrap Bootstrap = new();

    [Fact]
    public void A_transition_without_noise_has_its_slope_and_its_thresholds()
    {
        PhaseThreshold threshold = PhaseThreshold.Of(Grid(2, (v, m, _) => Transition(v, m, 8)), Bootstrap);
        Assert.Equal(-0.5, threshold.Surface!.ThresholdSlope, 0.002);
        Assert.Equal(IntervalKind.SeedBootstrap, threshold.IntervalKind);
        Assert.Equal(0, threshold.SlopeInterval!.HalfWidth, 1e-6);
        Assert.Equal(2, threshold.Seeds);
        Assert.Equal(Widths.SelectMany(m => PhaseThreshold.Levels.Select(level => (m, level))), threshold.Thresholds.Select(t => (t.Width, t.Level)));
        foreach (WidthThreshold half in threshold.Thresholds.Where(t => t.Level == 0.5))
        {
            // Interpolation on a grid of factors of two is good to some per cent of the model.
            double exact = threshold.Surface.ThresholdDeviation(half.Width, 0.5)!.Value;
            Assert.Equal(1, half.Crossing!.At / exact, 0.08);
            Assert.InRange(exact, half.Crossing.Below, half.Crossing.Above);
        }
    }

    [Fact]
    public void A_width_whose_radii_do_not_bracket_the_level_says_so()
    {
        PhaseThreshold threshold = PhaseThreshold.Of(Grid(1, (v, m, _) => Transition(v, m, 8)).Where(c => c.Width != 50 || c.Deviation < 1), Bootstrap);
        Assert.Null(threshold.Thresholds.Single(t => t is { Width: 50, Level: 0.5 }).Crossing);
        Assert.NotNull(threshold.Thresholds.Single(t => t is { Width: 200, Level: 0.5 }).Crossing);
    }

    [Fact]
    public void Intervals_over_seeds_cover_the_true_slope_as_often_as_they_say()
    {
        var random = new RandomInputs(77);
        SeedBootstrap bootstrap = Bootstrap with { Level = 0.8 };
        int covered = 0;
        for (int draw = 0; draw < 120; draw++)
        {
            // A seed moves the threshold at every width by itself, as networks do; the cells of a width go along.
            double[] shifts = random.Gaussian(2 * Widths.Length);
            PhaseThreshold threshold = PhaseThreshold.Of(
                Grid(2, (v, m, seed) => Transition(v, m, 8 * Math.Exp(0.1 * shifts[(seed * Widths.Length) + Array.IndexOf(Widths, m)]))), bootstrap);
            covered += threshold.SlopeInterval!.Low <= -0.5 && -0.5 <= threshold.SlopeInterval.High ? 1 : 0;
        }

        // The standard deviation of the covered fraction is √(.8 · .2/120) = .037.
        Assert.Equal(0.8, covered / 120.0, 0.11);
    }

    [Fact]
    public void One_seed_falls_back_to_the_dispersion_of_its_counts_and_covers_as_often()
    {
        var random = new Random(5);
        SeedBootstrap bootstrap = Bootstrap with { Level = 0.8 };
        int covered = 0;
        for (int draw = 0; draw < 200; draw++)
        {
            PhaseThreshold threshold = PhaseThreshold.Of(
                Grid(1, (v, m, _) => Enumerable.Range(0, 100).Count(_ => random.NextDouble() < Transition(v, m, 8)) / 100.0), bootstrap);
            Assert.Equal(IntervalKind.QuasiBinomial, threshold.IntervalKind);
            covered += threshold.SlopeInterval!.Low <= -0.5 && -0.5 <= threshold.SlopeInterval.High ? 1 : 0;
        }

        // The standard deviation of the covered fraction is √(.8 · .2/200) = .028; a dispersion below 1 counts as 1.
        Assert.InRange(covered / 200.0, 0.72, 0.92);
    }

    [Fact]
    public void Counts_that_scatter_more_than_binomial_ones_widen_the_interval_of_one_seed()
    {
        var random = new RandomInputs(8);
        double HalfWidth(double noise) => PhaseThreshold.Of(
            Grid(1, (v, m, _) => Math.Clamp(Transition(v, m, 8 * Math.Exp(noise * random.Gaussian(1)[0])), 0, 1)), Bootstrap).SlopeInterval!.HalfWidth;
        Assert.True(HalfWidth(0.4) > 2 * HalfWidth(0));
    }

    [Fact]
    public void Nothing_has_no_threshold()
    {
        PhaseThreshold nothing = PhaseThreshold.Of([], Bootstrap);
        Assert.Null(nothing.Surface);
        Assert.Null(nothing.SlopeInterval);
        Assert.Null(nothing.IntervalKind);
        Assert.Empty(nothing.Thresholds);
    }

    [Fact]
    public void Missing_cells_do_not_matter_without_noise()
    {
        PhaseThreshold threshold = PhaseThreshold.Of(Grid(3, (v, m, _) => Transition(v, m, 8)).Where((_, i) => i % 5 != 0), Bootstrap);
        Assert.Equal(-0.5, threshold.Surface!.ThresholdSlope, 0.004);
    }

    private static double Transition(double deviation, double width, double half) => 0.93 / (1 + Math.Pow(deviation * Math.Sqrt(width) / half, -4));

    private static IEnumerable<SeededRobustCount> Grid(int seeds, Func<double, int, int, double> accuracy) =>
        from seed in Enumerable.Range(0, seeds)
        from m in Widths
        from v in Deviations
        select new SeededRobustCount(v, m, (ulong)seed, (long)Math.Round(500 * accuracy(v, m, seed)), 500);
}
