using OneStep.Networks.Deep;
using OneStep.Numerics;

namespace OneStep.Tests.References;

/// <summary>
/// A ReLU multilayer perceptron as the formula reads, in float64 and one neuron at a time. It shares nothing with the library.
/// </summary>
/// <param name="layers">W_l, [layer][row][column], the bias last.</param>
/// <param name="hasBias">Whether the last weight of every row is a bias.</param>
internal sealed class NaiveDeepNetwork(double[][][] layers, bool hasBias)
{
    public double[][][] Layers { get; } = layers;

    public bool HasBias { get; } = hasBias;

    public int InputDimension => Layers[0][0].Length - (HasBias ? 1 : 0);

    /// <summary>Normal weights of variance 2/fan-in, rounded to float32.</summary>
    public static NaiveDeepNetwork Random(int[] widths, bool hasBias, int seed)
    {
        var random = new RandomInputs(seed);
        return new(
            [.. Enumerable.Range(0, widths.Length - 1).Select(l => Enumerable.Range(0, widths[l + 1]).Select(_ =>
                Array.ConvertAll(random.Gaussian(widths[l] + (hasBias ? 1 : 0)), w => (double)(float)(w * Math.Sqrt(2.0 / widths[l])))).ToArray())],
            hasBias);
    }

    /// <summary>Small integers: pre-activations of exactly zero and equal kinks are common.</summary>
    public static NaiveDeepNetwork Integer(int[] widths, bool hasBias, int seed)
    {
        var random = new Random(seed);
        return new(
            [.. Enumerable.Range(0, widths.Length - 1).Select(l => Enumerable.Range(0, widths[l + 1]).Select(_ =>
                Enumerable.Range(0, widths[l] + (hasBias ? 1 : 0)).Select(_ => (double)random.Next(-2, 3)).ToArray()).ToArray())],
            hasBias);
    }

    /// <summary>The outputs.</summary>
    public double[] Outputs(double[] x)
    {
        double[] h = x;
        for (int l = 0; l < Layers.Length; l++)
        {
            double[] z = PreActivations(l, h);
            h = l + 1 < Layers.Length ? Array.ConvertAll(z, v => Math.Max(0, v)) : z;
        }

        return h;
    }

    /// <summary>z_o − max_j z_j over some competitors, or z_o.</summary>
    public double Margin(double[] x, int output, int[] competitors)
    {
        double[] z = Outputs(x);
        return z[output] - (competitors.Length == 0 ? 0 : competitors.Max(j => z[j]));
    }

    /// <summary>The gradient of that margin, with relu'(0) = 0 and the first of equal competitors.</summary>
    public double[] Gradient(double[] x, int output, int[] competitors)
    {
        var taken = new List<double[]> { x };
        for (int l = 0; l + 1 < Layers.Length; l++)
        {
            taken.Add(Array.ConvertAll(PreActivations(l, taken[l]), v => Math.Max(0, v)));
        }

        double[] z = PreActivations(Layers.Length - 1, taken[^1]);
        double[] gradient = new double[z.Length];
        gradient[output] = 1;
        if (competitors.Length > 0)
        {
            gradient[competitors.OrderByDescending(j => z[j]).First()] = -1;
        }

        for (int l = Layers.Length - 1; l >= 0; l--)
        {
            double[] above = gradient;
            gradient = [.. taken[l].Select((h, k) => l > 0 && h <= 0 ? 0 : Enumerable.Range(0, above.Length).Sum(s => Layers[l][s][k] * above[s]))];
        }

        return gradient;
    }

    /// <summary>The library's network with these weights, rounded to float32.</summary>
    public DeepNetwork ToLibrary()
    {
        var packed = new List<PackedWeights>();
        foreach (double[][] rows in Layers)
        {
            packed.Add(new(rows.Length, rows[0].Length));
            for (int s = 0; s < rows.Length; s++)
            {
                packed[^1].SetRow(s, Array.ConvertAll(rows[s], w => (float)w));
            }
        }

        return new(packed, HasBias);
    }

    public double[] PreActivations(int layer, double[] h)
    {
        double[] z = new double[Layers[layer].Length];
        for (int s = 0; s < z.Length; s++)
        {
            double[] row = Layers[layer][s];
            z[s] = HasBias ? row[^1] : 0;
            for (int k = 0; k < h.Length; k++)
            {
                z[s] += row[k] * h[k];
            }
        }

        return z;
    }
}
