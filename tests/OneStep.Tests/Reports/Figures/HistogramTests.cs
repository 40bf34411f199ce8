using OneStep.Reports.Figures;

namespace OneStep.Tests.Reports.Figures;

public sealed class HistogramTests
{
    [Fact]
    public void Every_value_is_counted_once_in_the_bin_that_holds_it()
    {
        var random = new Random(5);
        double[] values = [.. Enumerable.Range(0, 1000).Select(_ => Math.Pow(random.NextDouble(), 3) - 0.2)];
        IReadOnlyList<HistogramBin> bins = Histogram.Of(values);
        Assert.Equal(1000, bins.Sum(bin => bin.Count));
        Assert.All(bins, bin => Assert.InRange(bin.Count, Within(bin, -1e-12), Within(bin, 1e-12)));
        Assert.All(bins.Zip(bins.Skip(1)), pair => Assert.Equal(pair.First.End, pair.Second.Start));

        // Values on an edge may fall to either side of it in rounding.
        int Within(HistogramBin bin, double slack) => values.Count(value => value >= bin.Start - slack && value < bin.End + slack);
    }

    [Fact]
    public void A_long_tail_does_not_ask_for_ever_more_bins()
    {
        double[] values = [.. Enumerable.Range(0, 999).Select(i => i * 1e-3), 1e6];
        Assert.InRange(Histogram.Of(values).Count, 2, 61);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.25)]
    [InlineData(-3e-9)]
    public void Equal_values_make_one_bin(double value)
    {
        HistogramBin bin = Assert.Single(Histogram.Of([value, value, value]));
        Assert.Equal(3, bin.Count);
        Assert.InRange(value, bin.Start, bin.End);
    }

    [Fact]
    public void Nothing_makes_no_bins() => Assert.Empty(Histogram.Of([]));
}
