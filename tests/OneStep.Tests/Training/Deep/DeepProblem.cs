using OneStep.Data;
using OneStep.Networks.Deep;
using OneStep.Numerics.Randomness;
using OneStep.Tests.References;
using OneStep.Training;
using OneStep.Training.Deep;

namespace OneStep.Tests.Training.Deep;

/// <summary>A random network of some depth and random inputs with labels that it can learn, trained by the library and naively.</summary>
internal sealed class DeepProblem
{
    public const ulong Seed = 77;

    /// <summary>Makes a problem.</summary>
    /// <param name="widths">The input dimension, the hidden widths and the number of outputs.</param>
    /// <param name="count">How many examples.</param>
    /// <param name="bias">Whether there are biases.</param>
    public DeepProblem(int[] widths, int count, bool bias)
    {
        Initial = Draw(widths, bias, seed: 3);
        var random = new RandomInputs(4);
        double[][] inputs = [.. Enumerable.Range(0, count).Select(_ => random.Unit(widths[0]))];
        Examples = new(inputs.ToMatrix(), [.. inputs.Select(x => LabelOf(x, widths[^1]))]);
    }

    /// <summary>The network before training, its weights rounded to float32.</summary>
    public NaiveLayers Initial { get; }

    public LabelledInputs Examples { get; }

    /// <summary>Weights from N(0, 2/fan-in), rounded to float32.</summary>
    public static NaiveLayers Draw(int[] widths, bool bias, int seed)
    {
        var random = new RandomInputs(seed);
        double[][][] layers = [.. widths.Skip(1).Select((width, l) => Enumerable.Range(0, width)
            .Select(_ => random.Gaussian(widths[l] + (bias ? 1 : 0)).Select(v => (double)(float)(v * Math.Sqrt(2.0 / widths[l]))).ToArray()).ToArray())];
        return new(layers, bias);
    }

    /// <summary>Trains in the library; the caller disposes of what comes out.</summary>
    public TrainedDeepNetwork Train(DeepTrainingOptions options, int threads = 1, Action<TrainingProgress, DeepNetwork>? told = null)
    {
        DeepNetwork network = Initial.ToLibrary();
        var execution = new TrainingExecution
        {
            Threads = threads,
            Progress = told is null ? null : new SynchronousProgress<TrainingProgress>(value => told(value, network)),
        };
        try
        {
            return new DeepTrainer(options, Seed).Train(network, Examples, execution);
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>Trains naively, in the same order of examples.</summary>
    public (NaiveLayers Network, double[] BatchLosses) TrainNaively(DeepTrainingOptions options)
    {
        int[][] order = [.. Enumerable.Range(0, options.Epochs)
            .Select(epoch => new RandomStream(Seed, RandomPurpose.ExampleOrder).Permutation(epoch, Examples.Count))];
        return new NaiveDeepTrainer(options.LearningRate, options.Momentum, options.WeightDecay, options.Batch)
            .Train(Initial, Examples.Inputs.ToRows(), Examples.Labels, order);
    }

    // ±1 by the side of a plane, or the number of the sector in the plane of the first two coordinates.
    private static int LabelOf(double[] x, int outputs)
    {
        double second = x.Length > 1 ? x[1] : 0;
        return outputs == 1
            ? x[0] + (0.3 * second) > 0 ? 1 : -1
            : Math.Min((int)((Math.Atan2(second, x[0]) + Math.PI) / (2 * Math.PI) * outputs), outputs - 1);
    }
}
