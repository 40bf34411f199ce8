using OneStep.Networks;
using OneStep.Training;

namespace OneStep.Experiments.Kinds;

/// <summary>The parameters of a two-layer network in its lazy ball, for kinds that ask for one as the attack experiment does: with its
/// names, defaults and ranges.</summary>
/// <typeparam name="T">The record of the kind's parameters.</typeparam>
/// <param name="get">Reads the network.</param>
/// <param name="set">The record with another network.</param>
internal sealed class NetworkParameters<T>(Func<T, ExperimentParameters> get, Func<T, ExperimentParameters, T> set)
    where T : class
{
    /// <summary>The task, W0 and the ball.</summary>
    public IReadOnlyList<RecordParameter<T>> Initial =>
    [
        RecordParameter<T>.TwoClasses(p => get(p).Digits, (p, value) => Changed(p, network => network with { Digits = value })),
        RecordParameter<T>.Integer(
            "side", "The side of the images in pixels; d is its square", "an integer from 1 to 100", p => get(p).Side, (p, value) => Changed(p, network => network with { Side = value })),
        RecordParameter<T>.Integer(
            "width",
            "The width m of the network",
            $"an integer from 1 to {ExperimentParameters.MaximumWidth}",
            p => get(p).Width,
            (p, value) => Changed(p, network => network with { Width = value })),
        RecordParameter<T>.Number(
            "c0", "Radius of the lazy ball: V = C0/√m for every neuron", "a finite number above 0", p => get(p).C0, (p, value) => Changed(p, network => network with { C0 = value })),
        RecordParameter<T>.Choice(
            "initialization",
            "Independent neurons, or pairs that cancel so that f = 0 at the start",
            Enum.GetValues<InitializationKind>(),
            value => MetadataEntries.NameOf(value),
            p => get(p).Initialization,
            (p, value) => Changed(p, network => network with { Initialization = value })),
    ];

    /// <summary>How the network is trained.</summary>
    public IReadOnlyList<RecordParameter<T>> Training =>
    [
        RecordParameter<T>.Number(
            "learning-rate", "The step size of SGD", "a finite number above 0", p => get(p).Training.LearningRate, (p, value) => Trained(p, training => training with { LearningRate = value })),
        RecordParameter<T>.Integer(
            "batch", "Examples a minibatch", "an integer from 1 to 1000000", p => get(p).Training.Batch, (p, value) => Trained(p, training => training with { Batch = value })),
        RecordParameter<T>.Choice(
            "ball",
            "How SGD respects the lazy ball",
            Enum.GetValues<BallMode>(),
            value => MetadataEntries.NameOf(value),
            p => get(p).Training.Ball,
            (p, value) => Trained(p, training => training with { Ball = value })),
        RecordParameter<T>.Integer(
            "epochs",
            "Passes over the training images at most",
            "an integer from 1 to 1000000",
            p => get(p).Training.Epochs,
            (p, value) => Trained(p, training => training with { Epochs = value })),
        RecordParameter<T>.Optional(
            "train-limit",
            "Train on only the first so many training images",
            "an integer from 1 on, or none",
            p => get(p).TrainLimit,
            (p, value) => Changed(p, network => network with { TrainLimit = value })),
    ];

    private T Changed(T record, Func<ExperimentParameters, ExperimentParameters> change) => set(record, change(get(record)));

    private T Trained(T record, Func<TrainingOptions, TrainingOptions> change) =>
        Changed(record, network => network with { Training = change(network.Training) });
}
