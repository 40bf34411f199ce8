using OneStep.Cli.Rendering;

namespace OneStep.Tests.Cli.Rendering;

public class NumberTextTests
{
    [Theory]
    [InlineData(null, "-")]
    [InlineData(double.NaN, "-")]
    [InlineData(0.0, "0")]
    [InlineData(0.08461, "0.0846")]
    [InlineData(0.99996, "1.00")]
    [InlineData(-20.13, "-20.1")]
    [InlineData(1234.6, "1235")]
    [InlineData(0.00012345, "0.000123")]
    [InlineData(0.0000123, "1.23e-5")]
    [InlineData(1.5e9, "1.50e9")]
    public void Three_digits_count(double? value, string text) => Assert.Equal(text, NumberText.Significant(value));

    [Theory]
    [InlineData(1, "100 %")]
    [InlineData(0.99999, "99.99 %")]
    [InlineData(0.5, "50 %")]
    [InlineData(0.29, "29 %")]
    [InlineData(0, "0 %")]
    public void What_is_missing_is_never_rounded_away(double part, string text) => Assert.Equal(text, NumberText.Percent(part));

    [Theory]
    [InlineData(3.25, "3.2 s")]
    [InlineData(125, "2 min 5 s")]
    [InlineData(59.97, "1 min 0 s")]
    [InlineData(119.6, "2 min 0 s")]
    public void Times_are_short(double seconds, string text) => Assert.Equal(text, NumberText.Seconds(seconds));

    [Fact]
    public void What_is_proved_is_never_rounded_up() =>
        Assert.Equal(("0.0675", "0", NumberText.None), (NumberText.RoundedDown(0.067599), NumberText.RoundedDown(0), NumberText.RoundedDown(null)));
}
