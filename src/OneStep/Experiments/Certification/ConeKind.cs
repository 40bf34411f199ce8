using OneStep.Data;
using OneStep.Experiments.Kinds;

namespace OneStep.Experiments.Certification;

/// <summary>The kind <c>cone</c>; see <see cref="ConeExperiment"/>.</summary>
internal sealed class ConeKind : LazyBallKind<ConeOptions>
{
    /// <inheritdoc/>
    public override string Name => "cone";

    /// <inheritdoc/>
    public override string Summary => "A multiple of a network of the lazy ball: the cone that holds it, and whether it falls to what is certified from W0 alone.";

    /// <inheritdoc/>
    protected override bool IsTrained => true;

    /// <inheritdoc/>
    protected override IReadOnlyList<RecordParameter<NetworkRequest<ConeOptions>>> Options { get; } =
    [
        Integer("count", "Certify the first so many test images that the network classifies correctly", "an integer from 1 on", o => o.Count, (o, value) => o with { Count = value }),
        Number("scale", "What all weights of the trained network are multiplied by", "a number from 0.000001 to 1000000", o => o.Scale, (o, value) => o with { Scale = value }),
    ];

    /// <inheritdoc/>
    protected override void Validate(ConeOptions options) => options.Validate();

    /// <inheritdoc/>
    protected override (double Flops, long Bytes) CostOf(NetworkRequest<ConeOptions> parameters) =>
        (CertificationCost.FlopsOfMultiple(parameters.Network, parameters.Options.Count), CertificationCost.NeededBytes(parameters.Network));

    /// <inheritdoc/>
    protected override Result Measure(NetworkRequest<ConeOptions> parameters, ImageDataset images, ExperimentExecution execution)
    {
        ConeResult result = ConeExperiment.Run(parameters.Network, parameters.Options, images, execution);
        RequireNone(result);
        return new(
            result.DatasetFingerprint,
            json => ConeJson.WriteNumbers(json, result),
            CertifiedInputFields.Names(result),
            CertifiedInputFields.Of(result));
    }
}
