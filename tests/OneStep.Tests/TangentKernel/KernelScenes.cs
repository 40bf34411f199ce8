using OneStep.Data;
using OneStep.Tests.References;
using OneStep.TangentKernel;

namespace OneStep.Tests.TangentKernel;

/// <summary>Small problems, and predictors summed by hand.</summary>
internal static class KernelScenes
{
    /// <summary>Random unit inputs whose label is the sign of a product of two coordinates: no linear function.</summary>
    public static LabelledInputs Problem(int count, int dimension, int seed)
    {
        var random = new RandomInputs(seed);
        double[][] inputs = [.. Enumerable.Range(0, count).Select(_ => random.Unit(dimension))];
        return new(inputs.ToMatrix(), [.. inputs.Select(x => x[0] * x[1] > 0 ? 1 : -1)]);
    }

    public static KernelPredictor Random(ReluTangentKernel kernel, int count, int dimension, int seed)
    {
        var random = new RandomInputs(seed);
        double[][] inputs = [.. Enumerable.Range(0, count).Select(_ => random.Gaussian(dimension))];
        return new(kernel, inputs.ToMatrix(), random.Gaussian(count));
    }

    /// <summary>Σ α_i K(x_i, x), each kernel taken for itself.</summary>
    public static double Naive(ReluTangentKernel kernel, double[][] inputs, IReadOnlyList<double> coefficients, double[] x) =>
        inputs.Select((input, i) => coefficients[i] * kernel.Value(input, x)).Sum();

    /// <summary>Its gradient.</summary>
    public static double[] NaiveGradient(ReluTangentKernel kernel, double[][] inputs, IReadOnlyList<double> coefficients, double[] x)
    {
        double[] total = new double[x.Length];
        double[] own = new double[x.Length];
        for (int i = 0; i < inputs.Length; i++)
        {
            kernel.Gradient(inputs[i], x, own);
            for (int k = 0; k < x.Length; k++)
            {
                total[k] += coefficients[i] * own[k];
            }
        }

        return total;
    }
}
