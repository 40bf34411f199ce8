using OneStep.Data;
using OneStep.Experiments.Kinds;

namespace OneStep.Experiments.Certification;

/// <summary>The kind <c>certify</c>; see <see cref="CertificationExperiment"/>.</summary>
internal sealed class CertifyKind : LazyBallKind<CertificationOptions>
{
    /// <inheritdoc/>
    public override string Name => "certify";

    /// <inheritdoc/>
    public override string Summary => "Perturbations from W0 alone that provably flip every network of the lazy ball, beside what flips the trained one.";

    /// <inheritdoc/>
    protected override bool IsTrained => true;

    /// <inheritdoc/>
    protected override IReadOnlyList<RecordParameter<NetworkRequest<CertificationOptions>>> Options { get; } =
    [
        Integer("count", "Certify the first so many test images that the network classifies correctly", "an integer from 1 on", o => o.Count, (o, value) => o with { Count = value }),
        RecordParameter<NetworkRequest<CertificationOptions>>.Choice(
            "radii",
            "Certify against the whole ball, or against networks none of whose neurons moved further than the trained network's own",
            Enum.GetValues<CertifiedRadii>(),
            value => MetadataEntries.NameOf(value),
            p => p.Options.Radii,
            (p, value) => p with { Options = p.Options with { Radii = value } }),
        LowerBounds(o => o.LowerBounds, (o, value) => o with { LowerBounds = value }),
    ];

    /// <inheritdoc/>
    protected override void Validate(CertificationOptions options) => options.Validate();

    /// <inheritdoc/>
    protected override (double Flops, long Bytes) CostOf(NetworkRequest<CertificationOptions> parameters) =>
        (CertificationCost.Flops(parameters.Network, parameters.Options), CertificationCost.NeededBytes(parameters.Network, parameters.Options.LowerBounds));

    /// <inheritdoc/>
    protected override Result Measure(NetworkRequest<CertificationOptions> parameters, ImageDataset images, ExperimentExecution execution)
    {
        CertificationRun run = CertificationExperiment.Run(parameters.Network, parameters.Options, images, execution);
        using LazyModel model = run.Model;
        RequireNone(run.Result);
        return new(
            run.Result.DatasetFingerprint,
            json => CertificationJson.WriteNumbers(json, run.Result, withInputs: false),
            CertifiedInputFields.Names(run.Result),
            CertifiedInputFields.Of(run.Result));
    }
}
