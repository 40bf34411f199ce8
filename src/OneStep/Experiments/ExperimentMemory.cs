using System.Globalization;
using OneStep.Numerics;

namespace OneStep.Experiments;

/// <summary>
/// How much memory a network takes, known before any of it is asked for: an operating system that hands out more than
/// it has ends the program later, without a word.
/// </summary>
public static class ExperimentMemory
{
    /// <summary>
    /// An untrained network whose weights take more than this, 1 GiB, is not held in memory: every pass draws them anew.
    /// Its numbers are the same.
    /// </summary>
    public const long LargestUntrainedWeights = 1L << 30;

    // Signs as bytes and as padded floats, norms and bounds of rows: what every neuron takes beside its weights.
    private const long BytesANeuron = 16;

    // The weights of a deep network, and while training their initial values and velocities.
    private const long DeepCopies = 3;

    // What a deep network's minibatch keeps of every neuron: its activation, and the gradient in two orders.
    private const long DeepNumbersANeuron = 3;

    /// <summary>The bytes of one copy of the weights.</summary>
    public static long WeightBytes(ExperimentParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        long bias = parameters.Bias ? 1 : 0;
        return parameters.IsDeep
            ? parameters.LayerWidths.Zip(parameters.LayerWidths.Skip(1), (from, to) => InPanels(to) * (from + bias)).Sum() * sizeof(float)
            : InPanels(parameters.Width) * (parameters.Dimension + bias) * sizeof(float);
    }

    /// <summary>Whether the weights are drawn anew in every pass.</summary>
    /// <param name="parameters">The experiment.</param>
    /// <param name="largestWeights">The most bytes that the weights of an untrained network may take.</param>
    public static bool DrawsAnew(ExperimentParameters parameters, long largestWeights = LargestUntrainedWeights)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return parameters is { Untrained: true, IsDeep: false } && WeightBytes(parameters) > largestWeights;
    }

    /// <summary>The bytes that an experiment needs for its network: W, for training W0 beside it and who was active in two
    /// minibatches, and the signs; for a deep one its weights, for training two more copies and one minibatch.</summary>
    /// <param name="parameters">The experiment.</param>
    /// <param name="largestWeights">The most bytes that the weights of an untrained network may take.</param>
    /// <param name="trainingExamples">How many training examples there are, if that is known: no minibatch is larger.</param>
    public static long NeededBytes(
        ExperimentParameters parameters, long largestWeights = LargestUntrainedWeights, int trainingExamples = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        long batch = Math.Min(parameters.Training.Batch, trainingExamples);
        if (parameters.IsDeep)
        {
            return parameters.Untrained ? WeightBytes(parameters) : (DeepCopies * WeightBytes(parameters)) + (batch * DeepBytesAnExample(parameters));
        }

        long copies = DrawsAnew(parameters, largestWeights) ? 0 : parameters.Untrained ? 1 : 2;
        long minibatches = parameters.Untrained ? 0 : parameters.Width * (2 * batch / 8);
        return (copies * WeightBytes(parameters)) + minibatches + (parameters.Width * BytesANeuron);
    }

    /// <summary>Refuses an experiment whose network does not fit.</summary>
    /// <param name="parameters">The experiment.</param>
    /// <param name="neededBytes">What it needs.</param>
    /// <param name="availableBytes">What there is; null where nobody knows.</param>
    /// <exception cref="OneStepException">It does not fit; the message says both numbers.</exception>
    internal static void Require(ExperimentParameters parameters, long neededBytes, long? availableBytes)
    {
        string layers = parameters.IsDeep ? $"with hidden layers of {parameters.Hidden}" : $"of width {parameters.Width}";
        Require($"A network {layers} at d = {parameters.Dimension}", neededBytes, availableBytes);
    }

    /// <summary>Refuses what does not fit.</summary>
    /// <param name="what">What it is, to be read before "needs".</param>
    /// <param name="neededBytes">What it needs.</param>
    /// <param name="availableBytes">What there is; null where nobody knows.</param>
    /// <exception cref="OneStepException">It does not fit; the message says both numbers.</exception>
    internal static void Require(string what, long neededBytes, long? availableBytes)
    {
        if (neededBytes > availableBytes)
        {
            throw new OneStepException($"{what} needs {Size(neededBytes)} of memory, but {Size(availableBytes.Value)} are available.");
        }
    }

    private static long DeepBytesAnExample(ExperimentParameters parameters) =>
        sizeof(float) * (parameters.Dimension + (DeepNumbersANeuron * parameters.LayerWidths.Skip(1).Sum(InPanels)));

    /// <summary>A number of neurons, rounded up to whole panels.</summary>
    internal static long InPanels(int neurons) => ((long)neurons + PackedWeights.Lanes - 1) / PackedWeights.Lanes * PackedWeights.Lanes;

    private static string Size(long bytes) => bytes switch
    {
        >= 100_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:F1} GB"),
        >= 100_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:F1} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:F1} kB"),
    };
}
