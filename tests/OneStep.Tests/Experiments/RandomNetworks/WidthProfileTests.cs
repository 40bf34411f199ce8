using OneStep.Experiments.RandomNetworks;

namespace OneStep.Tests.Experiments.RandomNetworks;

public class WidthProfileTests
{
    [Theory]
    [InlineData(WidthProfile.Constant, new[] { 64, 64, 64, 64, 64 })]
    [InlineData(WidthProfile.Bottleneck, new[] { 64, 64, 16, 64, 64 })]
    [InlineData(WidthProfile.Expanding, new[] { 64, 256, 1024, 4096, 16384 })]
    [InlineData(WidthProfile.Vanishing, new[] { 64, 16, 4, 1, 1 })]
    public void Widths_follow_the_profile(WidthProfile profile, int[] widths) => Assert.Equal(widths, profile.Widths(5, 64, 4));

    [Fact]
    public void Widths_that_grow_without_end_are_refused()
    {
        var error = Assert.Throws<InvalidParameterException>(() => WidthProfile.Expanding.Widths(9, 64, 4));

        Assert.Equal("ratio is 4, but must be small enough for 9 layers of at most 65536 neurons.", error.Message);
    }

    [Fact]
    public void A_ratio_below_one_is_refused() =>
        Assert.Throws<InvalidParameterException>(() => WidthProfile.Vanishing.Widths(3, 64, 0.5));
}
