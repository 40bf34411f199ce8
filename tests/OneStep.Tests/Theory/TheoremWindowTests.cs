using OneStep.Theory;

namespace OneStep.Tests.Theory;

public class TheoremWindowTests
{
    [Fact]
    public void With_all_constants_one_it_is_empty_up_to_three_million_dimensions()
    {
        int smallest = TheoremWindow.SmallestDimension(0.05);
        Assert.Equal(2_972_163, smallest);
        Assert.All(Enumerable.Range(2, 30_000), d => Assert.True(TheoremWindow.Of(d, 0.05).IsEmpty));
        Assert.All(Enumerable.Range(1, 1000), i => Assert.True(TheoremWindow.Of((smallest / 1000 * i) - 1, 0.05).IsEmpty));
        Assert.True(TheoremWindow.Of(smallest - 1, 0.05).IsEmpty);
        Assert.False(TheoremWindow.Of(smallest, 0.05).IsEmpty);
        Assert.False(TheoremWindow.Of(int.MaxValue, 0.05).IsEmpty);
        Assert.Equal(smallest, TheoremWindow.SmallestDimension(double.Epsilon));
    }

    [Fact]
    public void At_the_size_of_MNIST_it_ends_long_before_it_begins()
    {
        TheoremWindow window = TheoremWindow.Of(784, 0.05);
        Assert.Equal(8.838e6, window.SmallestWidth, 1e3);
        Assert.Equal(141.2, window.LargestWidth, 0.1);
        Assert.False(window.Contains(141));
        Assert.False(window.Contains(9_000_000));
        Assert.True(TheoremWindow.Of(10_000_000, 0.05).Contains(1e17));
        Assert.Equal(-Math.Log(1e-300), TheoremWindow.Of(2, 1e-300).SmallestWidth);
    }

    [Theory]
    [InlineData(0, 0.1, "dimension")]
    [InlineData(10, 0, "gamma")]
    [InlineData(10, 1, "gamma")]
    [InlineData(10, double.NaN, "gamma")]
    public void Values_out_of_range_are_refused(int dimension, double gamma, string named) =>
        Sentences.AssertFails(() => TheoremWindow.Of(dimension, gamma), named);
}
