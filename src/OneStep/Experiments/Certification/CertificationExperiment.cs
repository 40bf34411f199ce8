using System.Diagnostics;
using OneStep.Attacks;
using OneStep.Certificates.Vulnerability;
using OneStep.Data;
using OneStep.Networks;
using OneStep.Training;

namespace OneStep.Experiments.Certification;

/// <summary>
/// Certifies perturbations against all networks of the lazy ball from its centre W0, and sets them beside what flips the one network
/// that was trained there (docs/mathematics.md §5). The verb <c>certify</c> runs it.
/// </summary>
public static class CertificationExperiment
{
    /// <summary>Makes a network and certifies.</summary>
    /// <param name="parameters">The network and the task; what they say of attacks and budgets is nothing to this.</param>
    /// <param name="options">What is certified.</param>
    /// <param name="dataset">The images.</param>
    /// <param name="execution">Threads, progress, cancellation.</param>
    /// <returns>The numbers and the arrays behind them; whoever asks disposes of the network.</returns>
    /// <exception cref="InvalidParameterException">A parameter is out of its range, or the network is a deep one.</exception>
    /// <exception cref="OneStepException">The data do not fit the task, training diverged, or no image is classified correctly.</exception>
    public static CertificationRun Run(
        ExperimentParameters parameters, CertificationOptions options, ImageDataset dataset, ExperimentExecution execution)
    {
        Require(parameters, options, execution);
        ClassificationTask task = Experiment.Prepare(parameters, dataset, execution);
        long start = Stopwatch.GetTimestamp();

        // Certificates read W0 more than once: even an untrained network is held in memory.
        var model = (LazyModel)ModelTraining.Make(parameters, task, execution with { LargestUntrainedWeights = long.MaxValue });
        try
        {
            return Certify(parameters, options, task, model, execution, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>Certifies against the ball of a network that is there already.</summary>
    /// <param name="parameters">What it was made with.</param>
    /// <param name="options">What is certified.</param>
    /// <param name="dataset">The images.</param>
    /// <param name="model">The network, which stays its owner's.</param>
    /// <param name="execution">Threads, progress, cancellation.</param>
    /// <returns>The numbers and the arrays behind them.</returns>
    /// <exception cref="InvalidParameterException">A parameter is out of its range, or the network is a deep one.</exception>
    /// <exception cref="OneStepException">The data do not fit the task, or no image is classified correctly.</exception>
    public static CertificationRun Run(
        ExperimentParameters parameters, CertificationOptions options, ImageDataset dataset, TrainedModel model, ExperimentExecution execution)
    {
        Require(parameters, options, execution);
        ArgumentNullException.ThrowIfNull(model);
        if (model is not LazyModel lazy)
        {
            throw new ArgumentException("Certificates speak of two-layer networks in the lazy ball.", nameof(model));
        }

        return Certify(parameters, options, Experiment.Prepare(parameters, dataset, execution), lazy, execution, trainSeconds: 0);
    }

    /// <summary>Refuses what certificates do not speak of.</summary>
    private static void Require(ExperimentParameters parameters, CertificationOptions options, ExperimentExecution execution)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(execution);
        options.Validate();
        InvalidParameterException.Require(
            !parameters.IsDeep, "hidden", parameters.Hidden, "left out, because certificates speak of two-layer networks in the lazy ball");
    }

    private static CertificationRun Certify(
        ExperimentParameters parameters, CertificationOptions options, ClassificationTask task, LazyModel model, ExperimentExecution execution, double trainSeconds)
    {
        TrainedNetwork trained = model.Network;
        ChosenInputs chosen = ChosenInputs.Of(model, task.Test, options.Count, Stage(execution, "classifying"));
        LabelledInputs inputs = chosen.Inputs.Inputs;

        // The ball around a copy of W0, of which both owners may dispose.
        using TwoLayerNetwork center = trained.CopyOfInitial();
        using NetworkBall ball = options.Radii == CertifiedRadii.Measured
            ? NetworkBall.Holding(center, trained.Network.Weights, execution.Threads)
            : new(center, new LazyBall(center.Weights, parameters.Radius));
        BoundedScore[] scores = new FlipVerifier(trained.Network, Stage(execution, "classifying")).Scores(inputs.Inputs, inputs.Count);
        BoundedScore[] initial = new FlipVerifier(center, Stage(execution, "classifying")).Scores(inputs.Inputs, inputs.Count);

        FoundPerturbations[] found = Search(parameters, options, chosen.Inputs, ball, scores, execution);
        CertifiedInput[] rows =
        [
            .. chosen.Positions.Select((position, i) => new CertifiedInput(
                position, inputs.Labels[i], inputs.Labels[i] * scores[i].Value, inputs.Labels[i] * initial[i].Value, [.. found.Select(kind => kind.Norms[i])])),
        ];

        long start = Stopwatch.GetTimestamp();
        BoundedScore?[][] margins = [.. found.Select(kind => CertificateCheck.Margins(trained.Network, inputs, kind, Stage(execution, "checking")))];
        double checkSeconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        ConePosition cone = new LazyCone(center.Weights).Locate(trained.Network.Weights, execution.Threads, execution.Cancellation);
        double certifiedC0 = ball.RadiusSum / Math.Sqrt(center.Width);
        PredictedSizes? theory = PredictedSizes.Speaks(parameters) ? new(parameters.Dimension, certifiedC0) : null;
        bool isInBall = ball.Ball.Contains(trained.Network.Weights, execution.Threads);
        var result = new CertificationResult
        {
            Parameters = parameters,
            DatasetFingerprint = task.DatasetFingerprint,
            Training = model.Training,
            Deviation = model.Deviation(execution.Threads),
            CleanAccuracy = chosen.CleanAccuracy,
            Options = options,
            CertifiedC0 = certifiedC0,
            Examined = chosen.Examined,
            IsInBall = isInBall,
            Cone = new(cone.C0, cone.Scale, cone.IsAttained),
            Inputs = rows,
            Sizes = [.. found.Select((kind, i) => CertificationSummary.Of(kind, rows, margins[i], theory))],
            Violations = isInBall ? [.. found.Zip(margins).Where(pair => pair.First.IsCertificate).SelectMany(pair => Violations(pair.First.Kind, rows, pair.Second))] : [],
            TrainSeconds = trainSeconds,
            CheckSeconds = checkSeconds,
        };
        return new(result, model, inputs, [.. found.Select(kind => kind.Perturbations)]);
    }

    /// <summary>Every kind of perturbation, in the order of <see cref="PerturbationKind"/>.</summary>
    private static FoundPerturbations[] Search(
        ExperimentParameters parameters, CertificationOptions options, ModelClassification inputs, NetworkBall ball, BoundedScore[] scores, ExperimentExecution execution)
    {
        LabelledInputs examples = inputs.Inputs;
        FoundPerturbations Attack(PerturbationKind kind, string method, string stage)
        {
            long begin = Stopwatch.GetTimestamp();
            AttackResult result = Experiment.RunMethod(parameters with { Method = new() { Name = method } }, inputs, Stage(execution, stage));
            return FoundPerturbations.Of(kind, result, Stopwatch.GetElapsedTime(begin).TotalSeconds);
        }

        FoundPerturbations oneStep = Attack(PerturbationKind.OneStep, "one-step", "one step");
        FoundPerturbations best = Attack(PerturbationKind.Best, "boundary-walk", "best").OrShorter(oneStep);

        long start = Stopwatch.GetTimestamp();
        VulnerabilityCertificates ballWide = new BallWideCertificates { LongestRelativeNorm = options.LongestRelativeNorm }
            .Find(ball, examples.Inputs, examples.Labels, Stage(execution, "ball-wide"));
        double ballWideSeconds = Stopwatch.GetElapsedTime(start).TotalSeconds;

        start = Stopwatch.GetTimestamp();
        VulnerabilityCertificates universal = new UniversalDirection { LongestRelativeNorm = options.LongestRelativeNorm }
            .Find(ball, examples.Inputs, examples.Labels, Stage(execution, "universal"));
        double universalSeconds = Stopwatch.GetElapsedTime(start).TotalSeconds;

        start = Stopwatch.GetTimestamp();
        VulnerabilityCertificates oneQuery = new OneQueryCertificates { LongestRelativeNorm = options.LongestRelativeNorm }
            .Find(ball, examples.Inputs, examples.Labels, scores, ballWide, Stage(execution, "one query"));
        double oneQuerySeconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return
        [
            oneStep,
            best,
            FoundPerturbations.Of(PerturbationKind.OneQuery, oneQuery, oneQuerySeconds),
            FoundPerturbations.Of(PerturbationKind.BallWide, ballWide, ballWideSeconds),
            FoundPerturbations.Of(PerturbationKind.Universal, universal, universalSeconds),
        ];
    }

    /// <summary>Where the network certainly does not fall to a δ that is proved for it. What rounding leaves open contradicts nothing.</summary>
    private static IEnumerable<CertificateViolation> Violations(PerturbationKind kind, CertifiedInput[] rows, BoundedScore?[] margins) =>
        rows.Zip(margins).Where(pair => pair.Second?.CertainSign == 1).Select(pair => new CertificateViolation(kind, pair.First.Index, pair.Second!.Value.Value));

    private static AttackExecution Stage(ExperimentExecution execution, string name) => AttackRelay.Execution(execution, ExperimentStage.Attack, name);
}
