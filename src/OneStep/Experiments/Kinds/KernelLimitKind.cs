using OneStep.Data;
using OneStep.Experiments.InfiniteWidth;
using OneStep.Networks;

namespace OneStep.Experiments.Kinds;

/// <summary>A network of finite width beside its limit.</summary>
internal sealed class KernelLimitKind : ExperimentKind
{
    private static readonly KernelLimitParameters Defaults = new();

    /// <inheritdoc/>
    public override string Name => "kernel-limit";

    /// <inheritdoc/>
    public override string Summary => "One step on a network without a ball and on its limit of infinite width, both trained on the same minibatches.";

    /// <inheritdoc/>
    public override IReadOnlyList<ExperimentParameter> Parameters { get; } =
    [
        KernelEntries.Digits(Defaults.Digits),
        KernelEntries.Side(Defaults.Side),
        KernelEntries.TrainLimit(Defaults.TrainLimit),
        new("width", MetadataEntries.TextOf(Defaults.Width), "M", "neurons of the network", $"an integer from 1 to {ExperimentParameters.MaximumWidth}, even for antisymmetric initialization"),
        new("initialization", MetadataEntries.NameOf(Defaults.Initialization), "KIND", "how W0 is drawn; only antisymmetric starts where the limit starts, at f = 0", "standard or antisymmetric"),
        .. KernelEntries.Training(Defaults.Training),
        KernelEntries.Limit(Defaults.Limit),
        KernelEntries.MarginSamples(Defaults.MarginSamples),
    ];

    /// <inheritdoc/>
    public override bool NeedsImages => true;

    /// <inheritdoc/>
    private protected override IMeasuredExperiment Read(MetadataEntries entries, ulong seed)
    {
        var parameters = new KernelLimitParameters
        {
            Digits = ClassSplit.Parse(entries.Text("digits")),
            Side = entries.Number<int>("side"),
            TrainLimit = entries.Number<int>("train-limit"),
            Width = entries.Number<int>("width"),
            Initialization = entries.Choice<InitializationKind>("initialization"),
            Training = KernelEntries.ReadTraining(entries),
            Limit = KernelEntries.ReadLimit(entries),
            MarginSamples = entries.Number<int>("margin-samples"),
            Seed = seed,
        };
        parameters.Validate();
        return new Measured(this, parameters);
    }

    private sealed record Measured(ExperimentKind Kind, KernelLimitParameters Parameters) : IMeasuredExperiment
    {
        public ulong Seed => Parameters.Seed;

        public IReadOnlyList<KeyValuePair<string, string>> Entries { get; } =
        [
            new("digits", Parameters.Digits.ToString()),
            new("side", MetadataEntries.TextOf(Parameters.Side)),
            new("train-limit", MetadataEntries.TextOf(Parameters.TrainLimit)),
            new("width", MetadataEntries.TextOf(Parameters.Width)),
            new("initialization", MetadataEntries.NameOf(Parameters.Initialization)),
            .. KernelEntries.Write(Parameters.Training),
            KernelEntries.Write(Parameters.Limit),
            new("margin-samples", MetadataEntries.TextOf(Parameters.MarginSamples)),
        ];

        public double Flops => Parameters.Flops;

        public long NeededBytes => Parameters.NeededBytes;

        public Measurement Run(ImageDataset? images, ExperimentExecution execution)
        {
            ArgumentNullException.ThrowIfNull(images);
            KernelLimitResult result = KernelLimitExperiment.Run(Parameters, images, execution);
            return new(InfiniteWidthJson.Format(result), LimitRow.Columns, [.. result.Rows.Select(row => row.Fields)]);
        }
    }
}
