using OneStep.Reports.Figures;
using OneStep.Statistics;
using OneStep.Studies;

namespace OneStep.Tests.Reports.Figures;

public class SeedCrossingsTests
{
    [Fact]
    public void The_crossings_of_seeds_are_averaged()
    {
        // Half way from 1 to 4 and from 4 to 16 in the logarithm: 2 and 8.
        SeedMean mean = SeedCrossings.Of([.. Curve(0, 0, 1, 1), .. Curve(1, 0, 0, 1)], 0.5)!;
        Assert.Equal(5, mean.Mean, 1e-12);
        Assert.Equal(2, mean.Seeds);
        Assert.NotNull(mean.Interval);
    }

    [Fact]
    public void A_level_that_one_seed_does_not_pass_has_no_mean()
    {
        Assert.Null(SeedCrossings.Of([.. Curve(0, 0, 1, 1), .. Curve(1, 0, 0, 0.4)], 0.5));
        Assert.Null(SeedCrossings.Of([], 0.5));
    }

    private static IEnumerable<(ulong Seed, CurvePoint Point)> Curve(ulong seed, params double[] values) =>
        values.Select((value, i) => (seed, new CurvePoint(Math.Pow(4, i), value)));
}
