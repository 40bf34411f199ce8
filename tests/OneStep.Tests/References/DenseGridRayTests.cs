namespace OneStep.Tests.References;

public class DenseGridRayTests
{
    // (2 + t) − (1 + 2t) = 1 − t, over √2.
    private static readonly NaiveNetwork Line = new([[2, 1], [1, 2]], [1, -1]);

    [Fact]
    public void The_bracket_holds_the_crossing()
    {
        (double low, double high)? bracket = DenseGridRay.FirstSignChange(Line, [1, 0], [0, 1], limit: 4, steps: 7);
        Assert.NotNull(bracket);
        Assert.InRange(1, bracket.Value.low, bracket.Value.high);
        Assert.Equal(4 / 7.0, bracket.Value.high - bracket.Value.low, 12);
    }

    [Fact]
    public void Nothing_is_seen_before_the_crossing() =>
        Assert.Null(DenseGridRay.FirstSignChange(Line, [1, 0], [0, 1], limit: 0.9, steps: 100));
}
