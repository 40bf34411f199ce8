using OneStep.Tests.References;
using OneStep.Training;

namespace OneStep.Tests.Training;

public class SoftmaxLossTests
{
    [Fact]
    public void Equal_outputs_are_equal_probabilities()
    {
        double[] gradient = new double[4];
        double[] probabilities = new double[4];
        SoftmaxLoss.Probabilities([3, 3, 3, 3], probabilities);
        Assert.All(probabilities, p => Assert.Equal(0.25, p));
        Assert.Equal(Math.Log(4), SoftmaxLoss.ValueAndGradient([3, 3, 3, 3], 2, gradient), 1e-15);
        Assert.Equal([0.25, 0.25, -0.75, 0.25], gradient);
    }

    [Fact]
    public void A_small_case_is_what_the_hand_computes()
    {
        // e^z = 1, 2, 5.
        double[] outputs = [0, Math.Log(2), Math.Log(5)];
        double[] gradient = new double[3];
        Assert.Equal(Math.Log(8 / 2.0), SoftmaxLoss.ValueAndGradient(outputs, 1, gradient), 1e-15);
        Assert.Equal([1 / 8.0, -6 / 8.0, 5 / 8.0], gradient, (a, b) => Math.Abs(a - b) < 1e-15);
        Assert.Equal(Math.Log(2) - Math.Log(5), SoftmaxLoss.Margin(outputs, 1), 1e-15);
        Assert.Equal(Math.Log(5) - Math.Log(2), SoftmaxLoss.Margin(outputs, 2), 1e-15);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(-2)]
    [InlineData(40)]
    [InlineData(-700)]
    [InlineData(1e5)]
    [InlineData(-1e5)]
    public void Two_classes_are_the_logistic_loss_of_their_difference(double margin)
    {
        double[] gradient = new double[2];
        double loss = SoftmaxLoss.ValueAndGradient([margin, 0], 0, gradient);
        AssertRelative(LogisticLoss.Value(margin), loss);
        AssertRelative(LogisticLoss.Pull(margin), -gradient[0]);
        AssertRelative(LogisticLoss.Pull(margin), gradient[1]);
        Assert.Equal(loss, SoftmaxLoss.Value([margin, 0], 0));

        static void AssertRelative(double expected, double actual) => Assert.InRange(actual, expected * (1 - 1e-14), expected * (1 + 1e-14));
    }

    [Fact]
    public void Nothing_overflows_far_from_zero()
    {
        double[] gradient = new double[3];
        Assert.Equal(2e300, SoftmaxLoss.ValueAndGradient([1e300, -1e300, 0], 1, gradient));
        Assert.Equal([1, -1, 0], gradient);
        Assert.Equal(0, SoftmaxLoss.ValueAndGradient([1e300, -1e300, 0], 0, gradient));
        Assert.All(gradient, g => Assert.True(g == 0));
    }

    [Fact]
    public void The_gradient_is_that_of_finite_differences_and_adds_up_to_nothing()
    {
        var random = new RandomInputs(5);
        for (int round = 0; round < 20; round++)
        {
            double[] outputs = [.. random.Gaussian(10).Select(v => 4 * v)];
            double[] gradient = new double[10];
            int c = round % 10;
            SoftmaxLoss.ValueAndGradient(outputs, c, gradient);
            Assert.Equal(FiniteDifferences.Gradient(z => SoftmaxLoss.Value(z, c), outputs), gradient, (a, b) => Math.Abs(a - b) < 1e-8);
            Assert.Equal(0, gradient.Sum(), 1e-15);
        }
    }

    [Fact]
    public void The_margin_is_above_zero_for_the_first_class_alone_and_zero_where_classes_tie()
    {
        Assert.Equal(1, SoftmaxLoss.Margin([1, 3, 2], 1));
        Assert.Equal(-2, SoftmaxLoss.Margin([1, 3, 2], 0));
        Assert.Equal(0, SoftmaxLoss.Margin([3, 1, 3], 0));
    }
}
