using OneStep.Data;
using OneStep.Experiments.Kinds;
using OneStep.Training;

namespace OneStep.Experiments.Certification;

/// <summary>The kind <c>bracket</c>; see <see cref="BracketExperiment"/>.</summary>
internal sealed class BracketKind : LazyBallKind<BracketRequest>
{
    private const string UsualBall = "usual";

    /// <inheritdoc/>
    public override string Name => "bracket";

    /// <inheritdoc/>
    public override string Summary => "How near to the smallest flips one step comes: what flips one network, beside proofs that nothing shorter does.";

    /// <inheritdoc/>
    protected override bool IsTrained => true;

    /// <inheritdoc/>
    protected override IReadOnlyList<RecordParameter<NetworkRequest<BracketRequest>>> Options { get; } =
    [
        RecordParameter<NetworkRequest<BracketRequest>>.Choice(
            "network",
            "As drawn; trained; trained against attacks within adversarial-budget; trained from pairs of neurons that cancel",
            Enum.GetValues<BracketedNetwork>(),
            value => MetadataEntries.NameOf(value),
            p => p.Options.Network,
            (p, value) => p with { Options = p.Options with { Network = value } }),
        Number(
            "adversarial-budget",
            "The l2 norm of the attacks in training, for network adversarial alone",
            "a number above 0, at most 1000000",
            o => o.AdversarialBudget,
            (o, value) => o with { AdversarialBudget = value }),
        Integer(
            "count",
            "Bracket the first so many test images that the network classifies correctly",
            "an integer from 1 on",
            o => o.Options.Count,
            (o, value) => o with { Options = o.Options with { Count = value } }),
        LowerBounds(o => o.Options.LowerBounds, (o, value) => o with { Options = o.Options with { LowerBounds = value } }),
    ];

    /// <inheritdoc/>
    protected override IReadOnlyList<RecordParameter<NetworkRequest<BracketRequest>>> NetworkFields =>
        [.. base.NetworkFields.Where(own => own.Name != "initialization").Select(own => own.Name == Ball.Name ? Ball : own)];

    private static RecordParameter<NetworkRequest<BracketRequest>> Ball { get; } = RecordParameter<NetworkRequest<BracketRequest>>.Choice(
        "ball",
        "How SGD respects the lazy ball; usual is project for network adversarial and stop for the others",
        [null, .. Enum.GetValues<BallMode>().Cast<BallMode?>()],
        value => value is { } mode ? MetadataEntries.NameOf(mode) : UsualBall,
        p => p.Options.Ball,
        (p, value) => p with { Options = p.Options with { Ball = value } });

    /// <inheritdoc/>
    protected override ExperimentParameters NetworkOf(NetworkRequest<BracketRequest> parameters) => parameters.Options.Of(parameters.Network);

    /// <inheritdoc/>
    protected override void Validate(BracketRequest options) => options.Validate();

    /// <inheritdoc/>
    protected override (double Flops, long Bytes) CostOf(NetworkRequest<BracketRequest> parameters)
    {
        ExperimentParameters network = NetworkOf(parameters);
        return (CertificationCost.Flops(network, parameters.Options.Options), CertificationCost.NeededBytes(network, parameters.Options.Options.LowerBounds));
    }

    /// <inheritdoc/>
    protected override Result Measure(NetworkRequest<BracketRequest> parameters, ImageDataset images, ExperimentExecution execution)
    {
        BracketResult result = BracketExperiment.Run(NetworkOf(parameters), parameters.Options.Options, images, execution);
        RequireNone(result);
        return new(
            result.DatasetFingerprint,
            json => BracketJson.WriteNumbers(json, result),
            CertifiedInputFields.Names(result),
            CertifiedInputFields.Of(result));
    }
}
