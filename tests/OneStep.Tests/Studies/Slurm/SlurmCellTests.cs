using OneStep.Studies.Slurm;

namespace OneStep.Tests.Studies.Slurm;

public sealed class SlurmCellTests
{
    [Theory]
    [InlineData("")]
    [InlineData("0123456789abcdef0123456789abcde")]
    [InlineData("0123456789abcdef0123456789abcdef0")]
    [InlineData("0123456789ABCDEF0123456789abcdef")]
    [InlineData("../3456789abcdef0123456789abcdef")]
    [InlineData("0123456789abcdef0123456789abcdef\n")]
    public void A_key_has_32_hexadecimal_digits(string key) => Assert.Throws<ArgumentException>(() => new SlurmCell(key, 1, "cell"));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void An_estimate_is_positive_and_finite(double seconds) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new SlurmCell(Cells.Key(1), seconds, "cell"));
}
