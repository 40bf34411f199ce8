using OneStep.Data;
using OneStep.Experiments.Kinds;
using OneStep.TangentKernel;

namespace OneStep.Experiments.InfiniteWidth;

/// <summary>The kind <c>kernel</c>; see <see cref="KernelExperiment"/>.</summary>
internal sealed class KernelKind : ImageKind<KernelParameters>
{
    /// <inheritdoc/>
    public override string Name => "kernel";

    /// <inheritdoc/>
    public override string Summary => "One gradient step on a predictor of the tangent kernel, which training makes of networks of infinite width [JGH18].";

    /// <inheritdoc/>
    protected override IReadOnlyList<RecordParameter<KernelParameters>> Fields { get; } =
    [
        RecordParameter<KernelParameters>.TwoClasses(p => p.Digits, (p, value) => p with { Digits = value }),
        RecordParameter<KernelParameters>.Integer(
            "side", "The side of the images in pixels; d is its square", "an integer from 1 to 100", p => p.Side, (p, value) => p with { Side = value }),
        RecordParameter<KernelParameters>.Integer(
            "train-limit", "Train on the first so many training images", InfiniteWidthCost.TrainLimitRange, p => p.TrainLimit, (p, value) => p with { TrainLimit = value }),
        RecordParameter<KernelParameters>.Choice(
            "predictor",
            "How the predictor is fitted: ridge or logistic regression, or SGD without a penalty",
            Enum.GetValues<KernelFitting>(),
            value => MetadataEntries.NameOf(value),
            p => p.Predictor,
            (p, value) => p with { Predictor = value }),
        RecordParameter<KernelParameters>.Number(
            "regularization", "The penalty of ridge and logistic regression", "a finite number from 0 on, above 0 for logistic", p => p.Regularization, (p, value) => p with { Regularization = value }),
        RecordParameter<KernelParameters>.Integer(
            "hidden-layers", "Hidden layers of the network whose kernel it is", "an integer from 1 to 100", p => p.HiddenLayers, (p, value) => p with { HiddenLayers = value }),
        RecordParameter<KernelParameters>.Choice(
            "layers", "Which of its layers are trained", Enum.GetValues<TrainedLayers>(), value => MetadataEntries.NameOf(value), p => p.Layers, (p, value) => p with { Layers = value }),
        RecordParameter<KernelParameters>.Number(
            "learning-rate", "The step size of SGD", "a finite number above 0", p => p.Training.LearningRate, (p, value) => p with { Training = p.Training with { LearningRate = value } }),
        RecordParameter<KernelParameters>.Integer(
            "batch", "Examples a minibatch of SGD", "an integer from 1 to 1000000", p => p.Training.Batch, (p, value) => p with { Training = p.Training with { Batch = value } }),
        RecordParameter<KernelParameters>.Integer(
            "epochs", "Passes of SGD over the training images", "an integer from 1 to 1000000", p => p.Training.Epochs, (p, value) => p with { Training = p.Training with { Epochs = value } }),
        RecordParameter<KernelParameters>.Optional(
            "limit", "Attack only the first so many test images", "an integer from 1 on, or none", p => p.Limit, (p, value) => p with { Limit = value }),
        RecordParameter<KernelParameters>.Integer(
            "margin-samples", "Weights that the margin of [JT19] is estimated with; 0 leaves it out", "an integer from 0 to 100000", p => p.MarginSamples, (p, value) => p with { MarginSamples = value }),
        RecordParameter<KernelParameters>.Number(
            "risk", "The mean logistic loss that the theorem of [JT19] is asked for", "a number between 0 and 1", p => p.Risk, (p, value) => p with { Risk = value }),
    ];

    /// <inheritdoc/>
    protected override KernelParameters Default(ulong seed) => new() { Seed = seed };

    /// <inheritdoc/>
    protected override void Validate(KernelParameters parameters) => parameters.Validate();

    /// <inheritdoc/>
    protected override (double Flops, long Bytes) CostOf(KernelParameters parameters) => (parameters.Flops, parameters.NeededBytes);

    /// <inheritdoc/>
    protected override int DimensionOf(KernelParameters parameters) => parameters.Side * parameters.Side;

    /// <inheritdoc/>
    protected override Result Measure(KernelParameters parameters, ImageDataset images, ExperimentExecution execution)
    {
        KernelResult result = KernelExperiment.Run(parameters, images, execution);
        return new(
            result.DatasetFingerprint, json => InfiniteWidthJson.Write(json, result), ExampleFields.Names, [.. result.Rows.Select(ExampleFields.Of)]);
    }
}
