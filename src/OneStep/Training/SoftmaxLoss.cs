using OneStep.Numerics.Elementary;

namespace OneStep.Training;

/// <summary>
/// The cross-entropy of the softmax of a network's outputs, log Σ_k e^{z_k} − z_c for an example of class c, without overflow
/// (docs/mathematics.md §16).
/// </summary>
public static class SoftmaxLoss
{
    /// <summary>log Σ_k e^{z_k} − z_c.</summary>
    /// <param name="outputs">z, [K], finite numbers.</param>
    /// <param name="class">c, the class of the example, 0 to K − 1.</param>
    public static double Value(ReadOnlySpan<double> outputs, int @class)
    {
        double largest = Largest(outputs);
        double others = 0;
        for (int k = 0; k < outputs.Length; k++)
        {
            others += k == @class ? 0 : ElementaryFunctions.Exp(outputs[k] - largest);
        }

        return Value(largest - outputs[@class], others);
    }

    /// <summary>The loss, and its gradient in the outputs: softmax_k(z) − 1[k = c].</summary>
    /// <param name="outputs">z, [K], finite numbers.</param>
    /// <param name="class">c, the class of the example, 0 to K − 1.</param>
    /// <param name="gradient">Receives the gradient, [K].</param>
    /// <returns>The loss.</returns>
    public static double ValueAndGradient(ReadOnlySpan<double> outputs, int @class, Span<double> gradient)
    {
        double largest = Largest(outputs);
        double others = 0;
        for (int k = 0; k < outputs.Length; k++)
        {
            gradient[k] = ElementaryFunctions.Exp(outputs[k] - largest);
            others += k == @class ? 0 : gradient[k];
        }

        double total = others + gradient[@class];

        // From the others: 1 less a number near 1 would be nothing but rounding.
        gradient[@class] = -others;
        for (int k = 0; k < outputs.Length; k++)
        {
            gradient[k] /= total;
        }

        return Value(largest - outputs[@class], others);
    }

    /// <summary>softmax(z): the probabilities that the network gives to the classes.</summary>
    /// <param name="outputs">z, [K], finite numbers.</param>
    /// <param name="probabilities">Receives the probabilities, [K].</param>
    public static void Probabilities(ReadOnlySpan<double> outputs, Span<double> probabilities)
    {
        double largest = Largest(outputs);
        double total = 0;
        for (int k = 0; k < outputs.Length; k++)
        {
            probabilities[k] = ElementaryFunctions.Exp(outputs[k] - largest);
            total += probabilities[k];
        }

        for (int k = 0; k < outputs.Length; k++)
        {
            probabilities[k] /= total;
        }
    }

    /// <summary>z_c − max_{k≠c} z_k, above zero where the example is classified correctly.</summary>
    /// <param name="outputs">z, [K], K at least 2.</param>
    /// <param name="class">c, the class of the example, 0 to K − 1.</param>
    public static double Margin(ReadOnlySpan<double> outputs, int @class)
    {
        double other = double.NegativeInfinity;
        for (int k = 0; k < outputs.Length; k++)
        {
            other = k == @class ? other : Math.Max(other, outputs[k]);
        }

        return outputs[@class] - other;
    }

    // gap = max z − z_c, others = Σ_{k≠c} e^{z_k − max z}. Where c leads, the loss is log(1 + others), however small.
    private static double Value(double gap, double others) =>
        gap == 0 ? ElementaryFunctions.LogOnePlus(others) : gap + ElementaryFunctions.Log(others + ElementaryFunctions.Exp(-gap));

    private static double Largest(ReadOnlySpan<double> outputs)
    {
        double largest = double.NegativeInfinity;
        foreach (double output in outputs)
        {
            largest = Math.Max(largest, output);
        }

        return largest;
    }
}
