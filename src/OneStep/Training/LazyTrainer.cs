using OneStep.Data;
using OneStep.Networks;

namespace OneStep.Training;

/// <summary>
/// Minibatch SGD on the hidden weights with the logistic loss, inside a lazy ball (docs/mathematics.md §2). The order of
/// examples comes from the seed alone.
/// </summary>
/// <param name="options">How to train.</param>
/// <param name="seed">The seed of the order of examples.</param>
public sealed class LazyTrainer(TrainingOptions options, ulong seed)
{
    /// <summary>Trains a network in place.</summary>
    /// <param name="network">The network, at its initial weights.</param>
    /// <param name="radius">V, the radius of the ball around the weights as they are now; not negative.</param>
    /// <param name="examples">The training set, at least one example.</param>
    /// <param name="execution">Threads, progress, cancellation.</param>
    /// <returns>The network, its initial weights and what happened.</returns>
    /// <exception cref="InvalidParameterException">An option is out of its range.</exception>
    /// <exception cref="OneStepException">Numbers overflow: the learning rate is far too large.</exception>
    public TrainedNetwork Train(TwoLayerNetwork network, double radius, LabelledInputs examples, TrainingExecution execution)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(examples);
        return SgdRun.Train(
            options, network, radius, examples, execution, capacity => new PlainMinibatches(examples, network.HasBias, capacity, seed, execution.Threads));
    }
}
