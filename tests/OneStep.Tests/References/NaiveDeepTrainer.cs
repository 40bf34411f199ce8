using OneStep.Networks.Deep;

namespace OneStep.Tests.References;

/// <summary>A multilayer perceptron in float64, one example and one neuron at a time.</summary>
/// <param name="Layers">W_1, …, W_L, [layer][neuron][input], the bias last.</param>
/// <param name="HasBias">Whether there are biases.</param>
internal sealed record NaiveLayers(double[][][] Layers, bool HasBias)
{
    public static implicit operator NaiveLayers(NaiveDeepNetwork network) => new(network.Layers, network.HasBias);

    public DeepNetwork ToLibrary() => new NaiveDeepNetwork(Layers, HasBias).ToLibrary();

    public NaiveLayers Copy() => this with { Layers = [.. Layers.Select(layer => layer.Select(row => row.ToArray()).ToArray())] };

    /// <summary>The outputs, [K].</summary>
    public double[] Outputs(double[] x) => TakenIn(x)[^1];

    /// <summary>What every layer takes in, the constant 1 included, and behind them the outputs.</summary>
    public double[][] TakenIn(double[] x)
    {
        var taken = new List<double[]>();
        double[] h = x;
        for (int l = 0; l < Layers.Length; l++)
        {
            double[] with = HasBias ? [.. h, 1] : h;
            taken.Add(with);
            double[] z = Array.ConvertAll(Layers[l], row => Product(row, with));
            h = l + 1 < Layers.Length ? [.. z.Select(v => Math.Max(v, 0))] : z;
        }

        return [.. taken, h];
    }

    /// <summary>log(1 + e^{−yz}) for one output, else log Σ e^{z_k} − z_c.</summary>
    public double Loss(double[] x, int label)
    {
        double[] z = Outputs(x);
        return z.Length == 1 ? Math.Log(1 + Math.Exp(-label * z[0])) : Math.Log(z.Sum(Math.Exp)) - z[label];
    }

    public bool IsCorrect(double[] x, int label)
    {
        double[] z = Outputs(x);
        return z.Length == 1 ? label * z[0] > 0 : Array.IndexOf(z, z.Max()) == label;
    }

    /// <summary>Adds the gradient of the loss of one example in all weights.</summary>
    public void AddGradient(double[] x, int label, double[][][] gradient)
    {
        double[][] taken = TakenIn(x);
        double[] z = taken[^1];
        double sum = z.Sum(Math.Exp);
        double[] g = z.Length == 1
            ? [-label / (1 + Math.Exp(label * z[0]))]
            : [.. z.Select((v, k) => (Math.Exp(v) / sum) - (k == label ? 1 : 0))];
        for (int l = Layers.Length - 1; l >= 0; l--)
        {
            double[] below = new double[taken[l].Length];
            for (int s = 0; s < g.Length; s++)
            {
                for (int k = 0; k < below.Length; k++)
                {
                    gradient[l][s][k] += g[s] * taken[l][k];
                    below[k] += g[s] * Layers[l][s][k];
                }
            }

            g = [.. below.Take(below.Length - (HasBias ? 1 : 0)).Select((v, k) => taken[l][k] > 0 ? v : 0)];
        }
    }

    private static double Product(double[] a, double[] b)
    {
        double sum = 0;
        for (int k = 0; k < a.Length; k++)
        {
            sum += a[k] * b[k];
        }

        return sum;
    }
}

/// <summary>Minibatch SGD on all layers in float64, in an order that the caller gives.</summary>
/// <param name="learningRate">The step size on the mean loss of a minibatch.</param>
/// <param name="momentum">The part of the last velocity that is kept.</param>
/// <param name="weightDecay">The factor of ½ ‖W‖².</param>
/// <param name="batch">Examples a minibatch; the last of an epoch may be shorter.</param>
internal sealed class NaiveDeepTrainer(double learningRate, double momentum, double weightDecay, int batch)
{
    /// <summary>Trains a copy of <paramref name="initial"/>, one epoch for each row of <paramref name="order"/>.</summary>
    /// <returns>The network, and the mean loss of each minibatch before its step.</returns>
    public (NaiveLayers Network, double[] BatchLosses) Train(NaiveLayers initial, double[][] inputs, int[] labels, int[][] order)
    {
        NaiveLayers network = initial.Copy();
        double[][][] velocity = Zeros(network);
        var losses = new List<double>();
        foreach (int[] examples in order.SelectMany(epoch => epoch.Chunk(batch)))
        {
            losses.Add(examples.Average(i => network.Loss(inputs[i], labels[i])));
            double[][][] gradient = Zeros(network);
            foreach (int i in examples)
            {
                network.AddGradient(inputs[i], labels[i], gradient);
            }

            for (int l = 0; l < velocity.Length; l++)
            {
                for (int s = 0; s < velocity[l].Length; s++)
                {
                    for (int k = 0; k < velocity[l][s].Length; k++)
                    {
                        ref double weight = ref network.Layers[l][s][k];
                        ref double v = ref velocity[l][s][k];
                        v = (momentum * v) + (gradient[l][s][k] / examples.Length) + (weightDecay * weight);
                        weight -= learningRate * v;
                    }
                }
            }
        }

        return (network, [.. losses]);
    }

    private static double[][][] Zeros(NaiveLayers network) =>
        [.. network.Layers.Select(layer => layer.Select(row => new double[row.Length]).ToArray())];
}
