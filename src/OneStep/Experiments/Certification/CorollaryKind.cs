using OneStep.Data;
using OneStep.Experiments.Kinds;

namespace OneStep.Experiments.Certification;

/// <summary>The kind <c>corollary</c>; see <see cref="CorollaryExperiment"/>.</summary>
internal sealed class CorollaryKind : LazyBallKind<CorollaryOptions>
{
    private static readonly string[] Columns = ["network", "accuracy", "accuracyAtBound"];

    /// <inheritdoc/>
    public override string Name => "corollary";

    /// <inheritdoc/>
    public override string Summary => "A bound on the accuracy under attack of every network of the lazy ball, from W0 alone, beside networks of the ball made to resist.";

    /// <inheritdoc/>
    protected override bool IsTrained => false;

    /// <inheritdoc/>
    protected override IReadOnlyList<RecordParameter<NetworkRequest<CorollaryOptions>>> Options { get; } =
    [
        RecordParameter<NetworkRequest<CorollaryOptions>>.Optional(
            "count",
            "The bound speaks of the first so many test images",
            "an integer from 1 on, or all",
            p => p.Options.Count,
            (p, value) => p with { Options = p.Options with { Count = value } },
            absent: "all"),
        Number("budget", "The l2 norm that perturbations may have", "a finite number from 0 on", o => o.Budget, (o, value) => o with { Budget = value }),
        RecordParameter<NetworkRequest<CorollaryOptions>>.Truth(
            "explicit-networks",
            "Whether networks of the ball that resist are made and attacked as well, which takes about half as long as the bound",
            p => p.Options.ExplicitNetworks,
            (p, value) => p with { Options = p.Options with { ExplicitNetworks = value } }),
    ];

    /// <inheritdoc/>
    protected override void Validate(CorollaryOptions options) => options.Validate();

    /// <inheritdoc/>
    protected override (double Flops, long Bytes) CostOf(NetworkRequest<CorollaryOptions> parameters) =>
        (CertificationCost.Flops(parameters.Network, parameters.Options), CertificationCost.NeededBytes(parameters.Network, parameters.Options));

    /// <inheritdoc/>
    protected override Result Measure(NetworkRequest<CorollaryOptions> parameters, ImageDataset images, ExperimentExecution execution)
    {
        CorollaryResult result = CorollaryExperiment.Run(parameters.Network, parameters.Options, images, execution);
        return result.Contradiction is { } network
            ? throw new OneStepException($"Internal error: the {network.Name} network of the ball keeps {network.AccuracyAtBound} at perturbations at which at most {result.JointUpperBound} is proved possible.")
            : new(result.DatasetFingerprint, json => CorollaryJson.WriteNumbers(json, result), Columns, [.. result.Explicit.Select(Row)]);
    }

    private static IReadOnlyList<string> Row(ExplicitNetworkAccuracy network) =>
        [network.Name, ExampleFields.Text(network.Accuracy), ExampleFields.Text(network.AccuracyAtBound)];
}
