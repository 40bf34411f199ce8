using OneStep.Data;
using OneStep.Networks;

namespace OneStep.Training;

/// <summary>
/// Minibatch SGD inside a lazy ball as <see cref="LazyTrainer"/> does it, each minibatch replaced by its attacked copy
/// (docs/mathematics.md §2, [MMSTV18]).
/// </summary>
/// <param name="options">How to train.</param>
/// <param name="adversary">How to attack the examples; its budget is above 0.</param>
/// <param name="seed">The seed of the order of examples, which is that of plain training, and of random starts.</param>
public sealed class AdversarialTrainer(TrainingOptions options, AdversarialOptions adversary, ulong seed)
{
    /// <summary>Trains a network in place. Losses and accuracies of the summary are those on the attacked copies, but for the
    /// ones at the end, which are those on the examples themselves.</summary>
    /// <param name="network">The network, at its initial weights.</param>
    /// <param name="radius">V, the radius of the ball around the weights as they are now; not negative.</param>
    /// <param name="examples">The training set, at least one example.</param>
    /// <param name="execution">Threads, progress, cancellation.</param>
    /// <param name="watched">The inputs on which accuracy under attack is measured every epoch, where a patience asks for
    /// it; null, the default, for the training set.</param>
    /// <returns>The network, its initial weights and what happened.</returns>
    /// <exception cref="InvalidParameterException">An option is out of its range.</exception>
    /// <exception cref="OneStepException">Numbers overflow: the learning rate is far too large.</exception>
    public TrainedNetwork Train(
        TwoLayerNetwork network, double radius, LabelledInputs examples, TrainingExecution execution, LabelledInputs? watched = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(examples);
        ArgumentNullException.ThrowIfNull(execution);
        adversary.Validate();
        InvalidParameterException.Require(adversary.IsOn, "adversarial-budget", adversary.Budget, "a finite number above 0");
        using RobustWatch? watch = adversary.Patience is null ? null : new(adversary, network, watched ?? examples, seed, execution.Threads);
        return SgdRun.Train(
            options,
            network,
            radius,
            examples,
            execution,
            capacity => new AttackedMinibatches(adversary, network, examples, capacity, seed, execution.Threads),
            watch);
    }
}
