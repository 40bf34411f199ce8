using OneStep.Data;
using OneStep.Networks;
using OneStep.Numerics.Randomness;
using OneStep.Tests.References;
using OneStep.Training;

namespace OneStep.Tests.Training;

/// <summary>A random network and random inputs with labels that it can learn, trained by the library and naively.</summary>
internal sealed class TrainingProblem
{
    private const ulong Seed = 77;

    public TrainingProblem(int width, int dimension, int count, int seed, bool bias = false, bool positive = false)
    {
        using TwoLayerNetwork rounded = NaiveNetwork.Random(width, dimension, seed, bias).ToLibrary();
        Initial = rounded.ToNaive();
        var random = new RandomInputs(seed + 1);
        double[][] inputs = [.. Enumerable.Range(0, count).Select(_ => random.Unit(dimension)).Select(x => positive ? [.. x.Select(Math.Abs)] : x)];
        Examples = new(inputs.ToMatrix(), [.. inputs.Select(x => x[0] + (0.3 * x[1]) > (positive ? 0.45 : 0) ? 1 : -1)]);
    }

    /// <summary>The network before training, its weights rounded to float32.</summary>
    public NaiveNetwork Initial { get; }

    public LabelledInputs Examples { get; }

    /// <summary>Trains in the library; the caller disposes of what comes out.</summary>
    public TrainedNetwork Train(TrainingOptions options, double radius, int threads = 1, Action<TrainingProgress, TwoLayerNetwork>? told = null)
    {
        TwoLayerNetwork network = Initial.ToLibrary();
        var execution = new TrainingExecution
        {
            Threads = threads,
            Progress = told is null ? null : new SynchronousProgress<TrainingProgress>(value => told(value, network)),
        };
        return new LazyTrainer(options, Seed).Train(network, radius, Examples, execution);
    }

    /// <summary>Trains adversarially in the library; the caller disposes of what comes out.</summary>
    public TrainedNetwork TrainAdversarially(TrainingOptions options, AdversarialOptions adversary, double radius, int threads = 1)
    {
        TwoLayerNetwork network = Initial.ToLibrary();
        try
        {
            return new AdversarialTrainer(options, adversary, Seed).Train(network, radius, Examples, new() { Threads = threads });
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>Trains naively, in the same order, on copies of the examples that <paramref name="attack"/> makes.</summary>
    public NaiveTrainingRun TrainNaively(
        TrainingOptions options, double radius, AdversarialRefresh refresh, Func<NaiveNetwork, double[], int, double[]> attack)
    {
        int[][] order = [.. Enumerable.Range(0, options.Epochs)
            .Select(epoch => new RandomStream(Seed, RandomPurpose.ExampleOrder).Permutation(epoch, Examples.Count))];
        return new NaiveTrainer(radius, options.Ball, options.LearningRate, options.Batch) { Attack = attack, AttacksWholeEpochs = refresh == AdversarialRefresh.Epoch }
            .Train(Initial, Examples.Inputs.ToRows(), Examples.Labels, order);
    }

    /// <summary>Trains naively, in the same order of examples.</summary>
    public NaiveTrainingRun TrainNaively(TrainingOptions options, double radius)
    {
        int[][] order = [.. Enumerable.Range(0, options.Epochs)
            .Select(epoch => new RandomStream(Seed, RandomPurpose.ExampleOrder).Permutation(epoch, Examples.Count))];
        return new NaiveTrainer(radius, options.Ball, options.LearningRate, options.Batch)
            .Train(Initial, Examples.Inputs.ToRows(), Examples.Labels, order);
    }
}
