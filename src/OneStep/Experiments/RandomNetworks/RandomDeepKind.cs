using System.Text.Json;
using OneStep.Attacks;
using OneStep.Experiments.Kinds;

namespace OneStep.Experiments.RandomNetworks;

/// <summary>The kind <c>random-deep</c>; see <see cref="RandomDeepExperiment"/>.</summary>
internal sealed class RandomDeepKind : RandomNetworkKind<RandomDeepParameters>
{
    /// <inheritdoc/>
    public override string Name => "random-deep";

    /// <inheritdoc/>
    public override string Summary => "One gradient step on deep random networks, at one random input each, and how constant in direction they are [BBC21].";

    /// <inheritdoc/>
    protected override IReadOnlyList<RecordParameter<RandomDeepParameters>> Fields { get; } =
    [
        RecordParameter<RandomDeepParameters>.Integer(
            "dimension", "The input dimension d", "an integer from 1 to 100000", p => p.Dimension, (p, value) => p with { Dimension = value }),
        RecordParameter<RandomDeepParameters>.Integer(
            "depth", "How many hidden layers", "an integer from 1 to 200", p => p.Depth, (p, value) => p with { Depth = value }),
        RecordParameter<RandomDeepParameters>.Integer(
            "width", "The width of the first hidden layer", "an integer from 1 to 65536", p => p.Width, (p, value) => p with { Width = value }),
        RecordParameter<RandomDeepParameters>.Choice(
            "profile", "How widths go on", Enum.GetValues<WidthProfile>(), value => MetadataEntries.NameOf(value), p => p.Profile, (p, value) => p with { Profile = value }),
        RecordParameter<RandomDeepParameters>.Number(
            "ratio", "The ratio of widths where they differ", "a number from 1 on", p => p.Ratio, (p, value) => p with { Ratio = value }),
        RecordParameter<RandomDeepParameters>.Number(
            "longest-relative-step",
            "The largest ‖δ‖/‖x‖ that counts as a flip",
            "a number above 0, at most 10",
            p => p.LongestRelativeStep,
            (p, value) => p with { LongestRelativeStep = value }),
        RecordParameter<RandomDeepParameters>.Integer(
            "networks", "How many networks", "an integer from 1 to 1000000", p => p.Networks, (p, value) => p with { Networks = value }),
    ];

    /// <inheritdoc/>
    protected override RandomDeepParameters Default(ulong seed) => new() { Seed = seed };

    /// <inheritdoc/>
    protected override void Validate(RandomDeepParameters parameters) => parameters.Validate();

    /// <inheritdoc/>
    protected override void WriteDerived(Utf8JsonWriter json, RandomDeepParameters parameters) =>
        RandomNetworkJson.WriteHiddenWidths(json, parameters.HiddenWidths);

    /// <inheritdoc/>
    protected override RandomNetworkCost CostOf(RandomDeepParameters parameters)
    {
        int[] widths = [parameters.Dimension, .. parameters.HiddenWidths, 1];
        return new(
            DeepNetworkCost.Shape(widths),
            parameters.Networks,
            DeepNetworkCost.StepFlops(widths),
            DeepNetworkCost.Bytes(widths),
            RandomNetworkCost.RowOf(ColumnsOf(parameters).Count),
            NetworkSweep.FitSideBySide(widths));
    }

    /// <inheritdoc/>
    protected override Result Measure(RandomDeepParameters parameters, AttackExecution execution)
    {
        RandomDeepResult result = RandomDeepExperiment.Run(parameters, execution);
        RandomNetworkSummary summary = result.Summary;
        IReadOnlyList<double?> measured = result.MeanCosines;
        IReadOnlyList<double> limit = result.LimitCosines;
        return new(
            json =>
            {
                RandomNetworkJson.WriteCounts(json, summary);
                ExperimentJson.WriteNumber(json, "lastCosine", measured[^1]);
                ExperimentJson.WriteNumber(json, "lastCosineLimit", limit[^1]);
                RandomNetworkJson.WriteSummaries(json, summary);
                json.WriteStartObject("cosines");
                RandomNetworkJson.WriteNumbers(json, "measured", measured);
                RandomNetworkJson.WriteNumbers(json, "limit", limit.Select(cosine => (double?)cosine));
                json.WriteEndObject();
            },
            ColumnsOf(parameters),
            [.. result.Rows.Select(row => (string[])[.. RandomNetworkTable.Fields(row.Step), .. row.Cosines.Select(RandomNetworkTable.Text)])]);
    }

    /// <summary>Behind the common columns the cosines of the inputs and of every hidden layer.</summary>
    private static IReadOnlyList<string> ColumnsOf(RandomDeepParameters parameters) =>
        [.. RandomNetworkTable.Columns, .. Enumerable.Range(0, parameters.Depth + 1).Select(l => $"cosines.{l}")];
}
