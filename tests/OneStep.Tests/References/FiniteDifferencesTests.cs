namespace OneStep.Tests.References;

public class FiniteDifferencesTests
{
    [Fact]
    public void Derivative_of_a_cube() => Assert.Equal(12, FiniteDifferences.Derivative(t => t * t * t, 2), 6);

    [Fact]
    public void Gradient_of_a_polynomial_in_two_variables()
    {
        double[] gradient = FiniteDifferences.Gradient(v => (v[0] * v[0] * v[1]) + (5 * v[1]), [3, 2]);
        Assert.Equal(12, gradient[0], 6);
        Assert.Equal(14, gradient[1], 6);
    }
}
