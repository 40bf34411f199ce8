using OneStep.Tests.References;
using OneStep.Training;

namespace OneStep.Tests.Training;

public class LogisticLossTests
{
    [Fact]
    public void At_margin_zero_the_loss_is_log_two_and_the_pull_a_half()
    {
        Assert.Equal(Math.Log(2), LogisticLoss.Value(0), 1e-15);
        Assert.Equal(0.5, LogisticLoss.Pull(0));
    }

    [Theory]
    [InlineData(1, 0.31326168751822286, 0.2689414213699951)]
    [InlineData(-1, 1.3132616875182228, 0.7310585786300049)]
    [InlineData(10, 4.539889921686465e-05, 4.5397868702434395e-05)]
    [InlineData(-10, 10.000045398899218, 0.9999546021312976)]
    [InlineData(40, 4.248354255291589e-18, 4.248354255291589e-18)]
    public void Known_values(double margin, double loss, double pull)
    {
        Assert.Equal(1, LogisticLoss.Value(margin) / loss, 1e-14);
        Assert.Equal(1, LogisticLoss.Pull(margin) / pull, 1e-14);
    }

    [Theory]
    [InlineData(-1e308, 1e308, 1)]
    [InlineData(-1e5, 1e5, 1)]
    [InlineData(1e5, 0, 0)]
    [InlineData(1e308, 0, 0)]
    public void Nothing_overflows_far_from_zero(double margin, double loss, double pull)
    {
        Assert.Equal(loss, LogisticLoss.Value(margin));
        Assert.Equal(pull, LogisticLoss.Pull(margin));
    }

    [Fact]
    public void The_pull_is_minus_the_derivative_of_the_loss()
    {
        for (double margin = -20; margin <= 20; margin += 0.37)
        {
            Assert.Equal(-FiniteDifferences.Derivative(LogisticLoss.Value, margin), LogisticLoss.Pull(margin), 1e-8);
        }
    }

    [Fact]
    public void The_loss_falls_and_is_convex()
    {
        for (double margin = -30; margin < 30; margin += 0.5)
        {
            Assert.True(LogisticLoss.Value(margin + 0.5) < LogisticLoss.Value(margin));
            Assert.True(LogisticLoss.Pull(margin + 0.5) < LogisticLoss.Pull(margin));
        }
    }
}
