using OneStep.Numerics.Randomness;
using OneStep.TangentKernel;

namespace OneStep.Tests.TangentKernel;

/// <summary>The tangent kernel of one finite network, summed over its weights by hand: what the closed form is the limit of.</summary>
internal static class SampledTangentKernel
{
    /// <summary>Σ over the trained weights of ∂f(x) ∂f(x').</summary>
    public static double Of(double[] x, double[] other, int depth, TrainedLayers trained, int width, ulong seed)
    {
        double[][][] weights = [.. Enumerable.Range(0, depth).Select(l => Draw(width, l == 0 ? x.Length : width, seed, l))];
        double[] output = Draw(1, width, seed, depth)[0];
        (double[][] h, double[][] backward) = Pass(x, weights, output);
        (double[][] otherH, double[][] otherBackward) = Pass(other, weights, output);
        double kernel = Dot(x, other) * Dot(backward[0], otherBackward[0]);
        if (trained == TrainedLayers.All)
        {
            for (int l = 1; l < depth; l++)
            {
                kernel += Dot(h[l - 1], otherH[l - 1]) * Dot(backward[l], otherBackward[l]) / width;
            }

            kernel += Dot(h[^1], otherH[^1]) / width;
        }

        return kernel;
    }

    // What every layer puts out behind its relu, and ∂f/∂h_l.
    private static (double[][] Outputs, double[][] Backward) Pass(double[] x, double[][][] weights, double[] output)
    {
        int depth = weights.Length;
        double scale = 1 / Math.Sqrt(output.Length);
        double[][] outputs = new double[depth][];
        double[] input = x;
        for (int l = 0; l < depth; l++)
        {
            outputs[l] = [.. weights[l].Select(row => Math.Max(0, Dot(row, input) * (l == 0 ? 1 : scale)))];
            input = outputs[l];
        }

        double[][] backward = new double[depth][];
        double[] behind = [.. output.Select(a => a * scale)];
        for (int l = depth - 1; l >= 0; l--)
        {
            backward[l] = [.. behind.Select((b, s) => outputs[l][s] > 0 ? b : 0)];
            double[] next = new double[weights[l][0].Length];
            for (int s = 0; s < backward[l].Length; s++)
            {
                for (int k = 0; k < next.Length; k++)
                {
                    next[k] += scale * weights[l][s][k] * backward[l][s];
                }
            }

            behind = next;
        }

        return (outputs, backward);
    }

    private static double[][] Draw(int rows, int columns, ulong seed, int layer)
    {
        var stream = new RandomStream((seed * 100) + (ulong)layer, RandomPurpose.HiddenWeights);
        float[] row = new float[columns];
        return [.. Enumerable.Range(0, rows).Select(s =>
        {
            stream.Gaussians(s, row);
            return Array.ConvertAll(row, w => (double)w);
        })];
    }

    private static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (int k = 0; k < a.Length; k++)
        {
            sum += a[k] * b[k];
        }

        return sum;
    }
}
