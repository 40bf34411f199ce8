using OneStep.Statistics;

namespace OneStep.Tests.Statistics;

public class SummaryTests
{
    [Fact]
    public void Of_an_odd_number_of_values()
    {
        // Squared distances from the mean 5: 9 + 16 + 1 + 1 + 1 = 28, over n − 1 = 4.
        Summary summary = Summary.Of([8, 1, 4, 6, 6]);
        Assert.Equal(5, summary.Mean);
        Assert.Equal(6, summary.Median);
        Assert.Equal(Math.Sqrt(7), summary.Std!.Value, 14);
        Assert.Equal(1, summary.Min);
        Assert.Equal(8, summary.Max);
    }

    [Fact]
    public void The_median_of_an_even_number_of_values_is_the_mean_of_the_middle_two() =>
        Assert.Equal(2.5, Summary.Of([10, 1, 2, 3]).Median);

    [Fact]
    public void One_value_has_no_spread() => Assert.Equal(new Summary(7, 7, null, 7, 7), Summary.Of([7]));

    [Fact]
    public void Equal_values_have_a_spread_of_zero() => Assert.Equal(new Summary(0.1, 0.1, 0, 0.1, 0.1), Summary.Of([0.1, 0.1, 0.1]));

    [Fact]
    public void Nothing_has_no_statistics() => Assert.Equal(new Summary(null, null, null, null, null), Summary.Of([]));

    [Fact]
    public void The_values_handed_over_stay_as_they_are()
    {
        double[] values = [3, 1, 2];
        _ = Summary.Of(values);
        Assert.Equal([3, 1, 2], values);
    }

    [Fact]
    public void The_order_of_the_values_does_not_matter() =>
        Assert.Equal(Summary.Of([0.1, 0.7, 1e9, -3]), Summary.Of([1e9, -3, 0.7, 0.1]));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void A_value_that_is_not_finite_is_refused_by_its_position(double value)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => Summary.Of([1, value, 2]));
        Assert.Contains("value 1 is", error.Message, StringComparison.Ordinal);
    }
}
