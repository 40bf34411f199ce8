using System.Globalization;
using System.Text.Json;
using OneStep.Attacks;
using OneStep.Experiments.Kinds;

namespace OneStep.Experiments.RandomNetworks;

/// <summary>The kind <c>gradient-flow</c>; see <see cref="FlowExperiment"/>.</summary>
internal sealed class FlowKind : RandomNetworkKind<FlowParameters>
{
    private const string SmallSteps = "smallSteps";
    private const string Exact = "exact";

    // A small step is a gradient; the exact flow takes hundreds of them, in float64.
    private const double FlopsAGradientWeight = 16;
    private const double FlopsOfExactFlow = 2000;

    private static readonly string[] Columns = [.. RandomNetworkTable.Columns, .. ColumnsOf(SmallSteps), .. ColumnsOf(Exact)];

    /// <inheritdoc/>
    public override string Name => "gradient-flow";

    /// <inheritdoc/>
    public override string Summary => "Gradient flow, in small steps and exact, beside one step, on random networks whose widths vanish from layer to layer [DS21].";

    /// <inheritdoc/>
    protected override IReadOnlyList<RecordParameter<FlowParameters>> Fields { get; } =
    [
        RecordParameter<FlowParameters>.Integer(
            "dimension", "The input dimension d", "an integer from 1 to 65536", p => p.Dimension, (p, value) => p with { Dimension = value }),
        RecordParameter<FlowParameters>.Integer(
            "depth", "How many hidden layers", "an integer from 1 to 20", p => p.Depth, (p, value) => p with { Depth = value }),
        RecordParameter<FlowParameters>.Number(
            "ratio", "How much narrower a layer is than the one before, the first than the input", "a number from 1 on", p => p.Ratio, (p, value) => p with { Ratio = value }),
        RecordParameter<FlowParameters>.Number(
            "step-length",
            "The length of a small step as a part of |f|/‖∇f‖",
            "a number from 0.000001 to 1",
            p => p.StepLength,
            (p, value) => p with { StepLength = value }),
        RecordParameter<FlowParameters>.Integer(
            "networks", "How many networks", "an integer from 1 to 1000000", p => p.Networks, (p, value) => p with { Networks = value }),
    ];

    /// <inheritdoc/>
    protected override FlowParameters Default(ulong seed) => new() { Seed = seed };

    /// <inheritdoc/>
    protected override void Validate(FlowParameters parameters) => parameters.Validate();

    /// <inheritdoc/>
    protected override void WriteDerived(Utf8JsonWriter json, FlowParameters parameters) =>
        RandomNetworkJson.WriteHiddenWidths(json, parameters.HiddenWidths);

    /// <inheritdoc/>
    protected override RandomNetworkCost CostOf(FlowParameters parameters)
    {
        int[] widths = [parameters.Dimension, .. parameters.HiddenWidths, 1];
        double flow = DeepNetworkCost.Weights(widths) * (FlopsOfExactFlow + (FlopsAGradientWeight / parameters.StepLength));
        return new(
            DeepNetworkCost.Shape(widths),
            parameters.Networks,
            DeepNetworkCost.StepFlops(widths) + flow,
            DeepNetworkCost.Bytes(widths),
            RandomNetworkCost.RowOf(Columns.Length),
            NetworkSweep.FitSideBySide(widths));
    }

    /// <inheritdoc/>
    protected override Result Measure(FlowParameters parameters, AttackExecution execution)
    {
        FlowResult result = FlowExperiment.Run(parameters, execution);
        RandomNetworkSummary summary = result.Summary;
        return new(
            json =>
            {
                RandomNetworkJson.WriteCounts(json, summary);
                RandomNetworkJson.WriteSummaries(json, summary);
                Write(json, SmallSteps, FlowSummary.Of(result.Rows, row => row.SmallSteps));
                Write(json, Exact, FlowSummary.Of(result.Rows, row => row.Exact));
            },
            Columns,
            [.. result.Rows.Select(row => (string[])[.. RandomNetworkTable.Fields(row.Step), .. TextOf(row.SmallSteps), .. TextOf(row.Exact)])]);
    }

    private static void Write(Utf8JsonWriter json, string name, FlowSummary flow)
    {
        json.WriteStartObject(name);
        json.WriteNumber("found", flow.Found);
        ExperimentJson.WriteSummary(json, "length", flow.Length);
        ExperimentJson.WriteSummary(json, "scaledLength", flow.ScaledLength);
        ExperimentJson.WriteSummary(json, "lengthOverPerturbation", flow.LengthOverPerturbation);
        ExperimentJson.WriteSummary(json, "perturbationNorm", flow.PerturbationNorm);
        ExperimentJson.WriteSummary(json, "scaledPerturbationNorm", flow.ScaledPerturbationNorm);
        ExperimentJson.WriteSummary(json, "steps", flow.Steps);
        ExperimentJson.WriteSummary(json, "stepOverFlow", flow.StepOverFlow);
        json.WriteEndObject();
    }

    private static string[] ColumnsOf(string path) => [$"{path}.perturbationNorm", $"{path}.length", $"{path}.steps"];

    private static string[] TextOf(FlowPath? path) =>
        [RandomNetworkTable.Text(path?.PerturbationNorm), RandomNetworkTable.Text(path?.Length), path?.Steps.ToString(CultureInfo.InvariantCulture) ?? string.Empty];
}
