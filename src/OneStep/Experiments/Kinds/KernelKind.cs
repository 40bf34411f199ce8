using OneStep.Data;
using OneStep.Experiments.InfiniteWidth;
using OneStep.TangentKernel;

namespace OneStep.Experiments.Kinds;

/// <summary>The single step on a predictor of infinite width.</summary>
internal sealed class KernelKind : ExperimentKind
{
    private static readonly KernelParameters Defaults = new();

    /// <inheritdoc/>
    public override string Name => "kernel";

    /// <inheritdoc/>
    public override string Summary => "One step on a tangent kernel's predictor, which is what training makes of a network of infinite width.";

    /// <inheritdoc/>
    public override IReadOnlyList<ExperimentParameter> Parameters { get; } =
    [
        KernelEntries.Digits(Defaults.Digits),
        KernelEntries.Side(Defaults.Side),
        KernelEntries.TrainLimit(Defaults.TrainLimit),
        new("predictor", MetadataEntries.NameOf(Defaults.Predictor), "NAME", "how the predictor is fitted: ridge or logistic regression, or SGD without a penalty", "ridge, logistic or descent"),
        new("regularization", MetadataEntries.TextOf(Defaults.Regularization), "LAMBDA", "the penalty of ridge and logistic regression", "a finite number from 0 on, above 0 for logistic"),
        new("hidden-layers", MetadataEntries.TextOf(Defaults.HiddenLayers), "L", "hidden layers of the network whose kernel it is", $"an integer from 1 to {ReluTangentKernel.LargestDepth}"),
        new("layers", MetadataEntries.NameOf(Defaults.Layers), "WHICH", "which of its layers are trained", "first or all"),
        .. KernelEntries.Training(Defaults.Training),
        KernelEntries.Limit(Defaults.Limit),
        KernelEntries.MarginSamples(Defaults.MarginSamples),
        new("risk", MetadataEntries.TextOf(Defaults.Risk), "EPSILON", "the mean logistic loss that the theorem of [JT19] is asked for", "a number between 0 and 1"),
    ];

    /// <inheritdoc/>
    public override bool NeedsImages => true;

    /// <inheritdoc/>
    private protected override IMeasuredExperiment Read(MetadataEntries entries, ulong seed)
    {
        var parameters = new KernelParameters
        {
            Digits = ClassSplit.Parse(entries.Text("digits")),
            Side = entries.Number<int>("side"),
            TrainLimit = entries.Number<int>("train-limit"),
            Predictor = entries.Choice<KernelFitting>("predictor"),
            Regularization = entries.Number<double>("regularization"),
            HiddenLayers = entries.Number<int>("hidden-layers"),
            Layers = entries.Choice<TrainedLayers>("layers"),
            Training = KernelEntries.ReadTraining(entries),
            Limit = KernelEntries.ReadLimit(entries),
            MarginSamples = entries.Number<int>("margin-samples"),
            Risk = entries.Number<double>("risk"),
            Seed = seed,
        };
        parameters.Validate();
        return new Measured(this, parameters);
    }

    private sealed record Measured(ExperimentKind Kind, KernelParameters Parameters) : IMeasuredExperiment
    {
        public ulong Seed => Parameters.Seed;

        public IReadOnlyList<KeyValuePair<string, string>> Entries { get; } =
        [
            new("digits", Parameters.Digits.ToString()),
            new("side", MetadataEntries.TextOf(Parameters.Side)),
            new("train-limit", MetadataEntries.TextOf(Parameters.TrainLimit)),
            new("predictor", MetadataEntries.NameOf(Parameters.Predictor)),
            new("regularization", MetadataEntries.TextOf(Parameters.Regularization)),
            new("hidden-layers", MetadataEntries.TextOf(Parameters.HiddenLayers)),
            new("layers", MetadataEntries.NameOf(Parameters.Layers)),
            .. KernelEntries.Write(Parameters.Training),
            KernelEntries.Write(Parameters.Limit),
            new("margin-samples", MetadataEntries.TextOf(Parameters.MarginSamples)),
            new("risk", MetadataEntries.TextOf(Parameters.Risk)),
        ];

        public double Flops => Parameters.Flops;

        public long NeededBytes => Parameters.NeededBytes;

        public Measurement Run(ImageDataset? images, ExperimentExecution execution)
        {
            ArgumentNullException.ThrowIfNull(images);
            KernelResult result = KernelExperiment.Run(Parameters, images, execution);
            return new(InfiniteWidthJson.Format(result), ExampleFields.Names, [.. result.Rows.Select(ExampleFields.Of)]);
        }
    }
}
