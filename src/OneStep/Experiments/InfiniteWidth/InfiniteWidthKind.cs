using OneStep.Experiments.Kinds;

namespace OneStep.Experiments.InfiniteWidth;

/// <summary>A kind of experiment at infinite width: on images, one row an attacked image.</summary>
/// <typeparam name="T">The record of the parameters.</typeparam>
internal abstract class InfiniteWidthKind<T> : ImageKind<T>
    where T : InfiniteWidthParameters
{
    /// <summary>What is learned.</summary>
    protected static IReadOnlyList<RecordParameter<T>> Task { get; } =
    [
        RecordParameter<T>.TwoClasses(p => p.Digits, (p, value) => With(p, all => all with { Digits = value })),
        RecordParameter<T>.Integer(
            "side", "The side of the images in pixels; d is its square", "an integer from 1 to 100", p => p.Side, (p, value) => With(p, all => all with { Side = value })),
        RecordParameter<T>.Integer(
            "train-limit",
            "Train on the first so many training images",
            InfiniteWidthCost.TrainLimitRange,
            p => p.TrainLimit,
            (p, value) => With(p, all => all with { TrainLimit = value })),
    ];

    /// <summary>How SGD trains, what is attacked, and how the margin is estimated.</summary>
    protected static IReadOnlyList<RecordParameter<T>> Descent { get; } =
    [
        RecordParameter<T>.Number(
            "learning-rate",
            "The step size of SGD",
            "a finite number above 0",
            p => p.Training.LearningRate,
            (p, value) => With(p, all => all with { Training = all.Training with { LearningRate = value } })),
        RecordParameter<T>.Integer(
            "batch",
            "Examples a minibatch of SGD",
            "an integer from 1 to 1000000",
            p => p.Training.Batch,
            (p, value) => With(p, all => all with { Training = all.Training with { Batch = value } })),
        RecordParameter<T>.Integer(
            "epochs",
            "Passes of SGD over the training images",
            "an integer from 1 to 1000000",
            p => p.Training.Epochs,
            (p, value) => With(p, all => all with { Training = all.Training with { Epochs = value } })),
        RecordParameter<T>.Optional(
            "limit", "Attack only the first so many test images", "an integer from 1 on, or none", p => p.Limit, (p, value) => With(p, all => all with { Limit = value })),
        RecordParameter<T>.Integer(
            "margin-samples",
            "Weights that the margin of [JT19] is estimated with; 0 leaves it out",
            "an integer from 0 to 100000",
            p => p.MarginSamples,
            (p, value) => With(p, all => all with { MarginSamples = value })),
    ];

    /// <inheritdoc/>
    protected sealed override void Validate(T parameters) => parameters.Validate();

    /// <inheritdoc/>
    protected sealed override (double Flops, long Bytes) CostOf(T parameters) => (parameters.Flops, parameters.NeededBytes);

    /// <inheritdoc/>
    protected sealed override int DimensionOf(T parameters) => parameters.Dimension;

    private static T With(T parameters, Func<InfiniteWidthParameters, InfiniteWidthParameters> change) => (T)change(parameters);
}
