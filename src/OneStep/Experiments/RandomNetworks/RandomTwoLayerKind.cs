using OneStep.Attacks;
using OneStep.Experiments.Kinds;
using OneStep.Networks.Passes;
using OneStep.Numerics;

namespace OneStep.Experiments.RandomNetworks;

/// <summary>The kind <c>random-two-layer</c>; see <see cref="RandomTwoLayerExperiment"/>.</summary>
internal sealed class RandomTwoLayerKind : RandomNetworkKind<RandomTwoLayerParameters>
{
    // Drawing a weight is more work than all passes over it; smooth activations are computed in float64.
    private const double FlopsADrawnWeight = 120;
    private const double FlopsAWeight = 40;
    private const double FlopsASmoothWeight = 180;

    // Whoever holds no weights draws them in each of the passes: scores twice, gradient, ray, verification.
    private const double Passes = 5;

    // Beside their weights: signs and bounds of all neurons, and of smooth ones pre-activations and slopes in float64.
    private const long BytesANeuron = 16;
    private const long BytesASmoothNeuron = 64;

    // What the passes take however narrow the network is.
    private const long BytesOfPasses = 2L << 20;
    private const long BytesACoordinate = 512;

    /// <inheritdoc/>
    public override string Name => "random-two-layer";

    /// <inheritdoc/>
    public override string Summary => "One gradient step on random two-layer networks, at one random input each [BCGT21].";

    /// <inheritdoc/>
    protected override IReadOnlyList<RecordParameter<RandomTwoLayerParameters>> Fields { get; } =
    [
        RecordParameter<RandomTwoLayerParameters>.Integer(
            "dimension", "The input dimension d", "an integer from 1 to 100000", p => p.Dimension, (p, value) => p with { Dimension = value }),
        RecordParameter<RandomTwoLayerParameters>.Integer(
            "width", "The width m", "an integer from 1 to 10000000", p => p.Width, (p, value) => p with { Width = value }),
        RecordParameter<RandomTwoLayerParameters>.Choice(
            "activation", "The activation of the neurons", Enum.GetValues<HiddenActivation>(), value => MetadataEntries.NameOf(value), p => p.Activation, (p, value) => p with { Activation = value }),
        RecordParameter<RandomTwoLayerParameters>.Choice(
            "convention",
            "How lengths are told: for inputs of norm 1 and weights N(0, I), or of norm √d and N(0, I/d); scores are the same",
            InputConvention.All,
            value => value.Name,
            p => p.Convention,
            (p, value) => p with { Convention = value }),
        RecordParameter<RandomTwoLayerParameters>.Integer(
            "networks", "How many networks", "an integer from 1 to 1000000", p => p.Networks, (p, value) => p with { Networks = value }),
    ];

    /// <inheritdoc/>
    protected override RandomTwoLayerParameters Default(ulong seed) => new() { Seed = seed };

    /// <inheritdoc/>
    protected override void Validate(RandomTwoLayerParameters parameters) => parameters.Validate();

    /// <inheritdoc/>
    protected override RandomNetworkCost CostOf(RandomTwoLayerParameters parameters)
    {
        double weights = (double)parameters.Width * parameters.Dimension;
        bool drawsAnew = RandomTwoLayerExperiment.DrawsAnew(parameters);
        bool isSmooth = parameters.Activation.Smooth() is not null;
        double passes = isSmooth ? FlopsASmoothWeight : FlopsAWeight;
        long beside = parameters.Width * (isSmooth ? BytesASmoothNeuron : BytesANeuron);
        long held = drawsAnew ? 0 : ExperimentMemory.InPanels(parameters.Width) * parameters.Dimension * sizeof(float);
        return new(
            $"of width {parameters.Width} at d = {parameters.Dimension}",
            parameters.Networks,
            weights * (passes + (FlopsADrawnWeight * (drawsAnew ? Passes : 1))),
            held + beside + (parameters.Dimension * BytesACoordinate) + BytesOfPasses,
            RandomNetworkCost.RowOf(RandomNetworkTable.Columns.Count),
            NetworkSweep.FitSideBySide([parameters.Dimension, parameters.Width]))
        {
            BytesAThread = drawsAnew ? (long)NetworkShape.PanelsASlab * PackedWeights.Lanes * parameters.Dimension * sizeof(float) : 0,
        };
    }

    /// <inheritdoc/>
    protected override Result Measure(RandomTwoLayerParameters parameters, AttackExecution execution)
    {
        RandomTwoLayerResult result = RandomTwoLayerExperiment.Run(parameters, execution);
        RandomNetworkSummary summary = result.Summary;
        return new(
            json =>
            {
                RandomNetworkJson.WriteCounts(json, summary);
                RandomNetworkJson.WriteSummaries(json, summary);
            },
            RandomNetworkTable.Columns,
            [.. result.Rows.Select(RandomNetworkTable.Fields)]);
    }
}
