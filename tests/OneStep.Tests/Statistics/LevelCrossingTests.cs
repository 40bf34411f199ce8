using OneStep.Statistics;

namespace OneStep.Tests.Statistics;

public class LevelCrossingTests
{
    [Fact]
    public void A_curve_linear_in_the_logarithm_is_crossed_exactly()
    {
        double[] budgets = [0.1, 0.2, 0.4, 0.8];
        LevelCrossing crossing = LevelCrossing.Of(budgets.Select(e => new CurvePoint(e, 0.9 - (0.4 * Math.Log(e / 0.1)))), 0.5)!;
        Assert.Equal(0.1 * Math.E, crossing.At, 14);
        Assert.Equal(0.2, crossing.Below);
        Assert.Equal(0.4, crossing.Above);
        Assert.Equal(1, crossing.Crossings);
    }

    [Fact]
    public void Halfway_between_two_values_lies_the_geometric_mean_of_their_abscissae()
    {
        Assert.Equal(2, LevelCrossing.Of([new(1, 0.75), new(4, 0.25)], 0.5)!.At, 14);
        Assert.Equal(2, LevelCrossing.Of([new(4, 0.75), new(1, 0.25)], 0.5)!.At, 14);
    }

    [Fact]
    public void A_value_at_the_level_is_where_the_curve_crosses() =>
        Assert.Equal(2, LevelCrossing.Of([new(1, 0.9), new(2, 0.5), new(4, 0.1)], 0.5)!.At, 14);

    [Fact]
    public void A_level_that_the_ends_do_not_bracket_has_no_crossing()
    {
        Assert.Null(LevelCrossing.Of([], 0.5));
        Assert.Null(LevelCrossing.Of([new(1, 0.9)], 0.5));
        Assert.Null(LevelCrossing.Of([new(1, 0.9), new(2, 0.6)], 0.5));
        Assert.Null(LevelCrossing.Of([new(1, 0.4), new(2, 0.1)], 0.5));
        Assert.Null(LevelCrossing.Of([new(1, 0.9), new(2, 0.1), new(3, 0.9)], 0.5));
    }

    [Fact]
    public void Of_several_crossings_the_middle_one_is_given_and_they_are_counted()
    {
        LevelCrossing crossing = LevelCrossing.Of([new(1, 1), new(2, 0), new(8, 1), new(16, 0)], 0.5)!;
        Assert.Equal(4, crossing.At, 14);
        Assert.Equal(3, crossing.Crossings);
    }

    [Theory]
    [InlineData(0, 1, 0.5)]
    [InlineData(-1, 1, 0.5)]
    [InlineData(2, 1, 0.5)]
    [InlineData(double.NaN, 1, 0.5)]
    [InlineData(3, double.NaN, 0.5)]
    [InlineData(3, 1, double.NaN)]
    public void What_cannot_be_interpolated_is_refused(double x, double y, double level) =>
        Assert.Throws<ArgumentException>(() => LevelCrossing.Of([new(2, 0), new(x, y)], level));
}
