using OneStep.Statistics;

namespace OneStep.Tests.Statistics;

public class ConfidenceIntervalTests
{
    [Fact]
    public void Of_four_values_by_hand()
    {
        // Mean 5, s² = (9 + 1 + 1 + 9)/3, standard error √(20/3)/2, t with 3 degrees of freedom 3.182446305284263.
        ConfidenceInterval interval = ConfidenceInterval.OfMean([2, 4, 6, 8])!;
        double half = 3.182446305284263 * Math.Sqrt(20 / 3.0) / 2;
        Assert.Equal(5, interval.Estimate);
        Assert.Equal(5 - half, interval.Low, 9);
        Assert.Equal(5 + half, interval.High, 9);
        Assert.Equal(half, interval.HalfWidth, 9);
        Assert.Equal(0.95, interval.Level);
    }

    [Theory]
    [InlineData(1, 0.95, 12.706204736432095)]
    [InlineData(9, 0.95, 2.2621571628540993)]
    [InlineData(19, 0.95, 2.093024054408263)]
    [InlineData(4, 0.99, 4.604094871415897)]
    [InlineData(100000, 0.95, 1.959987707534)]
    public void Half_a_width_is_the_quantile_of_students_t(int degreesOfFreedom, double level, double quantile) =>
        Assert.Equal(quantile, ConfidenceInterval.Around(0, 1, degreesOfFreedom, level).HalfWidth, 7);

    [Fact]
    public void Equal_values_give_an_interval_of_no_width() =>
        Assert.Equal(new ConfidenceInterval(3, 3, 3, 0.95), ConfidenceInterval.OfMean([3, 3, 3]));

    [Fact]
    public void Fewer_than_two_values_have_none()
    {
        Assert.Null(ConfidenceInterval.OfMean([]));
        Assert.Null(ConfidenceInterval.OfMean([1]));
    }

    [Fact]
    public void Intervals_cover_the_truth_as_often_as_they_say()
    {
        var random = new References.RandomInputs(11);
        int covered = 0;
        for (int i = 0; i < 4000; i++)
        {
            ConfidenceInterval interval = ConfidenceInterval.OfMean(random.Gaussian(4), 0.8)!;
            covered += interval.Low <= 0 && 0 <= interval.High ? 1 : 0;
        }

        // The standard deviation of the covered fraction is √(.8 · .2/4000) = .0063.
        Assert.Equal(0.8, covered / 4000.0, 0.025);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-0.5)]
    [InlineData(95)]
    [InlineData(double.NaN)]
    public void A_level_outside_zero_to_one_is_refused(double level) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ConfidenceInterval.OfMean([1, 2], level));

    [Fact]
    public void A_value_that_is_not_finite_is_refused() =>
        Assert.Throws<ArgumentException>(() => ConfidenceInterval.OfMean([1, double.NaN]));

    [Fact]
    public void What_is_impossible_is_cut_off_an_interval()
    {
        var share = new ConfidenceInterval(0.9, 0.7, 1.1, 0.95);

        Assert.Equal(share with { High = 1 }, share.Within(0, 1));
        Assert.Equal(share with { Low = 0.8 }, share.Within(0.8, 2));
    }

    [Fact]
    public void A_spread_needs_a_degree_of_freedom_and_cannot_be_negative()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ConfidenceInterval.Around(0, 1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => ConfidenceInterval.Around(0, -1, 3));
    }
}
