using OneStep.Statistics;

namespace OneStep.Tests.Statistics;

public class SignificantDigitsTests
{
    [Theory]
    [InlineData(0.0675, 0.0675)]
    [InlineData(0.067599, 0.0675)]
    [InlineData(0.9999, 0.999)]
    [InlineData(1, 1)]
    [InlineData(12.39, 12.3)]
    [InlineData(98765, 98700)]
    [InlineData(0, 0)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity)]
    public void Digits_behind_the_last_are_cut(double value, double expected) => Assert.Equal(expected, SignificantDigits.RoundDown(value, 3), 1e-12 * (1 + (expected < 1e6 ? expected : 0)));

    [Fact]
    public void What_is_left_is_below_and_within_a_unit_of_the_last_digit()
    {
        var random = new Random(1);
        for (int i = 0; i < 10_000; i++)
        {
            double value = Math.Pow(10, (12 * random.NextDouble()) - 6);
            int digits = 1 + (i % 5);
            double rounded = SignificantDigits.RoundDown(value, digits);
            Assert.InRange(rounded, value * (1 - Math.Pow(10, 1 - digits)), value * (1 + 1e-14));
        }
    }
}
