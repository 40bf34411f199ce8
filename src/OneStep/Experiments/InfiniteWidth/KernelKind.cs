using OneStep.Data;
using OneStep.Experiments.Kinds;
using OneStep.TangentKernel;

namespace OneStep.Experiments.InfiniteWidth;

/// <summary>The kind <c>kernel</c>; see <see cref="KernelExperiment"/>.</summary>
internal sealed class KernelKind : InfiniteWidthKind<KernelParameters>
{
    /// <inheritdoc/>
    public override string Name => "kernel";

    /// <inheritdoc/>
    public override string Summary => "One gradient step on a predictor of the tangent kernel, which training makes of networks of infinite width [JGH18].";

    /// <inheritdoc/>
    protected override IReadOnlyList<RecordParameter<KernelParameters>> Fields { get; } =
    [
        .. Task,
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
        .. Descent,
        RecordParameter<KernelParameters>.Number(
            "risk", "The mean logistic loss that the theorem of [JT19] is asked for", "a number between 0 and 1", p => p.Risk, (p, value) => p with { Risk = value }),
    ];

    /// <inheritdoc/>
    protected override KernelParameters Default(ulong seed) => new() { Seed = seed };

    /// <inheritdoc/>
    protected override Result Measure(KernelParameters parameters, ImageDataset images, ExperimentExecution execution)
    {
        KernelResult result = KernelExperiment.Run(parameters, images, execution);
        return new(
            result.DatasetFingerprint, json => InfiniteWidthJson.Write(json, result), ExampleFields.Names, [.. result.Rows.Select(ExampleFields.Of)]);
    }
}
