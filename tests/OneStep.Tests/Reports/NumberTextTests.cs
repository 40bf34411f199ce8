using OneStep.Reports;

namespace OneStep.Tests.Reports;

public sealed class NumberTextTests
{
    [Theory]
    [InlineData(0.0812345, 3, "0.0812")]
    [InlineData(0.99961, 3, "1.00")]
    [InlineData(19.799, 3, "19.8")]
    [InlineData(12345.6, 3, "12346")]
    [InlineData(-1.5, 2, "−1.5")]
    [InlineData(0, 3, "0")]
    [InlineData(2.04e-7, 2, "2.0·10⁻⁷")]
    [InlineData(-2.04e-7, 3, "−2.04·10⁻⁷")]
    [InlineData(1.5e12, 2, "1.5·10¹²")]
    public void Measured_numbers_show_their_significant_digits(double value, int digits, string expected) =>
        Assert.Equal(expected, NumberText.Significant(value, digits));

    [Fact]
    public void No_number_is_a_dash()
    {
        Assert.Equal("–", NumberText.Significant(null));
        Assert.Equal("–", NumberText.Percent(null));
    }

    [Theory]
    [InlineData(0, "0 %")]
    [InlineData(1, "100 %")]
    [InlineData(0.9432, "94.3 %")]
    [InlineData(0.99999, "> 99.9 %")]
    [InlineData(0.00001, "< 0.1 %")]
    public void Percentages_never_round_to_all_or_nothing(double part, string expected) => Assert.Equal(expected, NumberText.Percent(part));

    [Theory]
    [InlineData(7, "7")]
    [InlineData(2110, "2\u202f110")]
    [InlineData(1_000_000, "1\u202f000\u202f000")]
    public void Counts_stand_in_groups_of_three(int count, string expected) => Assert.Equal(expected, NumberText.Count(count));

    [Theory]
    [InlineData(0.42, "0.42 s")]
    [InlineData(12.34, "12.3 s")]
    [InlineData(75.2, "1 min 15 s")]
    [InlineData(59.7, "1 min 0 s")]
    [InlineData(4979.6, "83 min 0 s")]
    public void Times_are_seconds_or_minutes(double seconds, string expected) => Assert.Equal(expected, NumberText.Seconds(seconds));

    [Fact]
    public void What_is_proved_is_never_rounded_up() =>
        Assert.Equal(("0.0675", "0", NumberText.None), (NumberText.RoundedDown(0.067599), NumberText.RoundedDown(0), NumberText.RoundedDown(null)));
}
