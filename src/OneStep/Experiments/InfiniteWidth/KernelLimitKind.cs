using OneStep.Data;
using OneStep.Experiments.Kinds;
using OneStep.Networks;

namespace OneStep.Experiments.InfiniteWidth;

/// <summary>The kind <c>kernel-limit</c>; see <see cref="KernelLimitExperiment"/>.</summary>
internal sealed class KernelLimitKind : InfiniteWidthKind<KernelLimitParameters>
{
    /// <inheritdoc/>
    public override string Name => "kernel-limit";

    /// <inheritdoc/>
    public override string Summary => "One gradient step on a network without a ball and on its limit of infinite width, both trained on the same minibatches.";

    /// <inheritdoc/>
    protected override IReadOnlyList<RecordParameter<KernelLimitParameters>> Fields { get; } =
    [
        .. Task,
        RecordParameter<KernelLimitParameters>.Integer(
            "width", "The width m of the network", "an integer from 1 to 10000000, even for antisymmetric initialization", p => p.Width, (p, value) => p with { Width = value }),
        RecordParameter<KernelLimitParameters>.Choice(
            "initialization",
            "How the network's weights are drawn; only antisymmetric begins where the limit does, at f = 0",
            Enum.GetValues<InitializationKind>(),
            value => MetadataEntries.NameOf(value),
            p => p.Initialization,
            (p, value) => p with { Initialization = value }),
        .. Descent,
    ];

    /// <inheritdoc/>
    protected override KernelLimitParameters Default(ulong seed) => new() { Seed = seed };

    /// <inheritdoc/>
    protected override Result Measure(KernelLimitParameters parameters, ImageDataset images, ExperimentExecution execution)
    {
        KernelLimitResult result = KernelLimitExperiment.Run(parameters, images, execution);
        return new(
            result.DatasetFingerprint, json => InfiniteWidthJson.Write(json, result), LimitRow.Columns, [.. result.Rows.Select(row => row.Fields)]);
    }
}
