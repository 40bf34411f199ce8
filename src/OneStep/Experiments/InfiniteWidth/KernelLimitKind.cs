using OneStep.Data;
using OneStep.Experiments.Kinds;
using OneStep.Networks;

namespace OneStep.Experiments.InfiniteWidth;

/// <summary>The kind <c>kernel-limit</c>; see <see cref="KernelLimitExperiment"/>.</summary>
internal sealed class KernelLimitKind : ImageKind<KernelLimitParameters>
{
    /// <inheritdoc/>
    public override string Name => "kernel-limit";

    /// <inheritdoc/>
    public override string Summary => "One gradient step on a network without a ball and on its limit of infinite width, both trained on the same minibatches.";

    /// <inheritdoc/>
    protected override IReadOnlyList<RecordParameter<KernelLimitParameters>> Fields { get; } =
    [
        RecordParameter<KernelLimitParameters>.TwoClasses(p => p.Digits, (p, value) => p with { Digits = value }),
        RecordParameter<KernelLimitParameters>.Integer(
            "side", "The side of the images in pixels; d is its square", "an integer from 1 to 100", p => p.Side, (p, value) => p with { Side = value }),
        RecordParameter<KernelLimitParameters>.Integer(
            "train-limit", "Train on the first so many training images", InfiniteWidthCost.TrainLimitRange, p => p.TrainLimit, (p, value) => p with { TrainLimit = value }),
        RecordParameter<KernelLimitParameters>.Integer(
            "width", "The width m of the network", "an integer from 1 to 10000000, even for antisymmetric initialization", p => p.Width, (p, value) => p with { Width = value }),
        RecordParameter<KernelLimitParameters>.Choice(
            "initialization",
            "How the network's weights are drawn; only antisymmetric begins where the limit does, at f = 0",
            Enum.GetValues<InitializationKind>(),
            value => MetadataEntries.NameOf(value),
            p => p.Initialization,
            (p, value) => p with { Initialization = value }),
        RecordParameter<KernelLimitParameters>.Number(
            "learning-rate", "The step size of SGD", "a finite number above 0", p => p.Training.LearningRate, (p, value) => p with { Training = p.Training with { LearningRate = value } }),
        RecordParameter<KernelLimitParameters>.Integer(
            "batch", "Examples a minibatch", "an integer from 1 to 1000000", p => p.Training.Batch, (p, value) => p with { Training = p.Training with { Batch = value } }),
        RecordParameter<KernelLimitParameters>.Integer(
            "epochs", "Passes over the training images", "an integer from 1 to 1000000", p => p.Training.Epochs, (p, value) => p with { Training = p.Training with { Epochs = value } }),
        RecordParameter<KernelLimitParameters>.Optional(
            "limit", "Attack only the first so many test images", "an integer from 1 on, or none", p => p.Limit, (p, value) => p with { Limit = value }),
        RecordParameter<KernelLimitParameters>.Integer(
            "margin-samples", "Weights that the margin of [JT19] is estimated with; 0 leaves it out", "an integer from 0 to 100000", p => p.MarginSamples, (p, value) => p with { MarginSamples = value }),
    ];

    /// <inheritdoc/>
    protected override KernelLimitParameters Default(ulong seed) => new() { Seed = seed };

    /// <inheritdoc/>
    protected override void Validate(KernelLimitParameters parameters) => parameters.Validate();

    /// <inheritdoc/>
    protected override (double Flops, long Bytes) CostOf(KernelLimitParameters parameters) => (parameters.Flops, parameters.NeededBytes);

    /// <inheritdoc/>
    protected override int DimensionOf(KernelLimitParameters parameters) => parameters.Side * parameters.Side;

    /// <inheritdoc/>
    protected override Result Measure(KernelLimitParameters parameters, ImageDataset images, ExperimentExecution execution)
    {
        KernelLimitResult result = KernelLimitExperiment.Run(parameters, images, execution);
        return new(
            result.DatasetFingerprint, json => InfiniteWidthJson.Write(json, result), LimitRow.Columns, [.. result.Rows.Select(row => row.Fields)]);
    }
}
