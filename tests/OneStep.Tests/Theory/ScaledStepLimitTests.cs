using OneStep.Networks.Activations;
using OneStep.Theory;

namespace OneStep.Tests.Theory;

public sealed class ScaledStepLimitTests
{
    [Fact]
    public void Of_relu_it_is_the_mean_of_a_normal_magnitude() => Assert.Equal(Math.Sqrt(2 / Math.PI), ScaledStepLimit.Mean(null), 1e-15);

    [Fact]
    public void Of_smooth_activations_it_is_what_another_quadrature_gives()
    {
        Assert.Equal(Naive(Math.Tanh, z => 1 / (Math.Cosh(z) * Math.Cosh(z))), ScaledStepLimit.Mean(Activation.Tanh), 1e-9);
        Assert.Equal(Naive(z => Math.Log(1 + Math.Exp(z)), z => 1 / (1 + Math.Exp(-z))), ScaledStepLimit.Mean(Activation.Softplus), 1e-9);
    }

    // Simpson's rule on [-9, 9].
    private static double Naive(Func<double, double> value, Func<double, double> slope)
    {
        double values = 0;
        double slopes = 0;
        const int Intervals = 4000;
        for (int i = 0; i <= Intervals; i++)
        {
            double z = -9 + (18.0 * i / Intervals);
            double weight = (i is 0 or Intervals ? 1 : i % 2 == 0 ? 2 : 4) * Math.Exp(-z * z / 2);
            values += weight * value(z) * value(z);
            slopes += weight * slope(z) * slope(z);
        }

        return Math.Sqrt(2 / Math.PI * values / slopes);
    }
}
