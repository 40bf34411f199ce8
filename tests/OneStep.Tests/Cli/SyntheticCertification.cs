using OneStep.Certificates.Vulnerability;
using OneStep.Experiments;
using OneStep.Experiments.Certification;
using OneStep.Statistics;

namespace OneStep.Tests.Cli;

/// <summary>Certificates with made-up, fixed numbers: seven images, one of them without a universal perturbation.</summary>
internal static class SyntheticCertification
{
    private static readonly double[] Factors = [1, 0.96875, 1.75, 2.5, 4, 3.25];

    // The radii of the lower bounds, beside one step.
    private static readonly double[] BoundFactors = [0.25, 0.03125, 0.5, 0.625, 0.9375, 0.75];

    public static CertificationRun Run(
        ExperimentParameters parameters, CertificationOptions options, IReadOnlyList<CertificateViolation> violations, IReadOnlyList<LowerBoundViolation> broken)
    {
        ExperimentRun run = SyntheticExperiment.Run(parameters);
        LowerBoundKind[] bounds = [.. options.LowerBounds.For(isDeep: false).Kinds];
        CertifiedInput[] inputs = Inputs(run, bounds);
        var result = new CertificationResult
        {
            Parameters = parameters,
            DatasetFingerprint = SyntheticExperiment.Fingerprint,
            Training = run.Result.Training,
            Deviation = parameters.Radius,
            CleanAccuracy = 7.0 / 8,
            Options = options,
            CertifiedC0 = parameters.C0,
            Examined = 8,
            IsInBall = true,
            Cone = new(9.5, 1.0625, true),
            Inputs = inputs,
            Sizes = [.. Enum.GetValues<PerturbationKind>().Where(kind => kind != PerturbationKind.OwnStep || options.OwnStep).Select(kind => Size(kind, inputs))],
            Violations = violations,
            LowerBounds = [.. bounds.Select(kind => Bound(kind, inputs))],
            BrokenBounds = broken,
            TrainSeconds = 3.25,
            CheckSeconds = 0.25,
        };
        return new(result, (LazyModel)run.Model, run.Attacked, [.. Factors.Select(_ => run.Perturbations)]);
    }

    public static BracketRun Bracket(ExperimentParameters parameters, BracketOptions options, IReadOnlyList<LowerBoundViolation> broken)
    {
        ExperimentRun run = SyntheticExperiment.Run(new());
        LowerBoundKind[] bounds = [.. options.LowerBounds.For(parameters.IsDeep).Kinds];
        CertifiedInput[] inputs = [.. Inputs(run, bounds).Select(input => input with { InitialMargin = null, Norms = [.. input.Norms.Select((norm, kind) => kind < 2 ? norm : null)] })];
        var result = new BracketResult
        {
            Parameters = parameters,
            DatasetFingerprint = SyntheticExperiment.Fingerprint,
            Training = run.Result.Training,
            Deviation = 0.5,
            CleanAccuracy = 7.0 / 8,
            Options = options,
            Examined = 8,
            Inputs = inputs,
            Sizes = [.. new[] { PerturbationKind.OneStep, PerturbationKind.Best }.Select(kind => Size(kind, inputs) with { Prediction = null })],
            Violations = [],
            LowerBounds = [.. bounds.Select(kind => Bound(kind, inputs))],
            BrokenBounds = broken,
            TrainSeconds = 3.25,
            CheckSeconds = 0.25,
        };
        return new(result, run.Model, run.Attacked, run.Perturbations);
    }

    public static CorollaryResult Bound(ExperimentParameters parameters, int count, double budget, double keptAtBound) => new()
    {
        Parameters = parameters with { Untrained = true },
        DatasetFingerprint = SyntheticExperiment.Fingerprint,
        Budget = budget,
        Count = count,
        UpperBound = 0.625,
        SingleInputUpperBound = 0.75,
        JointUpperBound = 0.6875,
        Explicit = [new("constant", 0.53125, 0.53125), new("balanced", 0.25, 0.375), new("answering", 0.5, keptAtBound)],
        BoundSeconds = 1.5,
        ExplicitSeconds = 0.5,
    };

    private static CertifiedInput[] Inputs(ExperimentRun run, LowerBoundKind[] bounds) => [.. Enumerable.Range(0, 7).Select(i => new CertifiedInput(
        i, run.Attacked.Labels[i], 1.5 + (0.125 * i), 0.5 - (0.25 * i), [.. Factors.Select((factor, kind) => kind == 4 && i == 3 ? (double?)null : factor * (0.075 + (0.005 * i)))])
    {
        Radii = bounds.Length == 0 ? []
            : [.. Enum.GetValues<LowerBoundKind>().Select(bound => bounds.Contains(bound) ? BoundFactors[(int)bound] * (0.075 + (0.005 * i)) : (double?)null)],
    })];

    private static LowerBoundMeasurement Bound(LowerBoundKind kind, CertifiedInput[] inputs) => new()
    {
        Kind = kind,
        Radius = Summary.Of(inputs.Select(input => input[kind]!.Value)),
        OverOneStep = new(BoundFactors[(int)kind], BoundFactors[(int)kind]),
        OverBest = new(BoundFactors[(int)kind] / Factors[1], BoundFactors[(int)kind] / Factors[1]),
        Proved = inputs.Length,
        Seconds = 1.5,
    };

    private static SizeMeasurement Size(PerturbationKind kind, CertifiedInput[] inputs)
    {
        double[] sizes = [.. inputs.Select(input => input[kind]).OfType<double>()];
        return new()
        {
            Kind = kind,
            Size = Summary.Of(sizes),
            OverOneStep = new(Factors[(int)kind], Factors[(int)kind]),
            Prediction = kind is PerturbationKind.Best or PerturbationKind.OneQuery ? null : new(3, 0.25, new(0.875, 1.125)),
            Found = sizes.Length,
            Flipped = sizes.Length,
            NotFound = sizes.Length == inputs.Length ? [] : [(CertificateOutcome.NotFound, inputs.Length - sizes.Length)],
            Seconds = 0.5,
        };
    }
}
