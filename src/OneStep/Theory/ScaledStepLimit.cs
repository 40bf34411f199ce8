using OneStep.Networks.Activations;
using OneStep.Numerics.Elementary;

namespace OneStep.Theory;

/// <summary>
/// Where ‖δ‖√d/‖x‖ of the single step on random two-layer networks tends to as first the width and then the dimension grow:
/// |Z|√(E σ(g)²/E σ'(g)²) with Z and g standard normal (docs/mathematics.md §19).
/// </summary>
public static class ScaledStepLimit
{
    // The trapezoidal rule is exact to rounding here: the integrands are analytic in a wide strip and vanish at the ends.
    private const int NodesAUnit = 32;
    private const int LargestNode = 12 * NodesAUnit;

    /// <summary>The mean of the limit: √(2/π) for relu, for which E σ² = E σ'² = 1/2.</summary>
    /// <param name="activation">A smooth activation; null for relu.</param>
    public static double Mean(Activation? activation)
    {
        double ratio = activation is null ? 1 : Math.Sqrt(NormalMean(z => Square(activation.Value(z))) / NormalMean(z => Square(activation.Slope(z))));
        return Math.Sqrt(2 / Math.PI) * ratio;
    }

    private static double NormalMean(Func<double, double> value)
    {
        double sum = 0;
        for (int i = -LargestNode; i <= LargestNode; i++)
        {
            double z = (double)i / NodesAUnit;
            sum += ElementaryFunctions.Exp(-z * z / 2) * value(z);
        }

        return sum / (NodesAUnit * Math.Sqrt(2 * Math.PI));
    }

    private static double Square(double value) => value * value;
}
