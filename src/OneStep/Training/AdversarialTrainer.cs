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
    /// <inheritdoc cref="LazyTrainer.Train"/>
    public TrainedNetwork Train(TwoLayerNetwork network, double radius, LabelledInputs examples, TrainingExecution execution)
    {
        adversary.Validate();
        InvalidParameterException.Require(adversary.IsOn, "adversarial-budget", adversary.Budget, "a finite number above 0");
        return SgdRun.Train(
            options,
            network,
            radius,
            examples,
            execution,
            capacity => new AttackedMinibatches(adversary, network, examples, capacity, seed, execution.Threads));
    }
}
