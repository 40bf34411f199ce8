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
        return NetworkInMemory.MakeFor(parameters, task, execution, (model, seconds) => Certify(parameters, options, task, (LazyModel)model, execution, seconds));
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
    /// <exception cref="InvalidParameterException">The network is a deep one.</exception>
    internal static void RequireTwoLayers(ExperimentParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        InvalidParameterException.Require(
            !parameters.IsDeep, "hidden", parameters.Hidden, "left out, because certificates speak of two-layer networks in the lazy ball");
    }

    /// <summary>Refuses balls that certificates cannot be computed for.</summary>
    /// <exception cref="InvalidParameterException">The radius is more than single precision can hold.</exception>
    internal static void RequireStorableRadius(ExperimentParameters parameters) => InvalidParameterException.Require(
        float.IsFinite((float)parameters.Radius), "c0", parameters.C0, "so small that single precision can hold the radius C0/√m");

    private static void Require(ExperimentParameters parameters, CertificationOptions options, ExperimentExecution execution)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(execution);
        options.Validate();
        RequireTwoLayers(parameters);
        options.LowerBounds.For(isDeep: false);
        if (options.Radii == CertifiedRadii.Ball)
        {
            RequireStorableRadius(parameters);
        }
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
        BoundedScore[] margins = CertificateCheck.Margins(chosen.Inputs, Stage(execution, "classifying"));

        var attacks = new AttackSearch(parameters, chosen.Inputs, execution);
        var search = new PerturbationSearch(options.LongestRelativeNorm, inputs, ball, execution);
        FoundPerturbations oneStep = attacks.OneStep();
        FoundPerturbations best = attacks.Best(oneStep);
        FoundPerturbations ballWide = search.BallWide(out VulnerabilityCertificates certificates);
        FoundPerturbations universal = search.Universal();
        FoundPerturbations[] found =
        [
            oneStep, best, search.OneQuery(margins, certificates), ballWide, universal, .. options.OwnStep ? new[] { search.OwnStep(trained.Network) } : [],
        ];
        double certifiedC0 = ball.RadiusSum / Math.Sqrt(center.Width);
        PredictedSizes? theory = PredictedSizes.Speaks(parameters) ? new(parameters.Dimension, certifiedC0) : null;
        CheckedPerturbations tried = CheckedPerturbations.Of(
            chosen, margins, CertificateCheck.Margins(center, inputs, Stage(execution, "classifying")), found, theory, Stage(execution, "checking"));
        var bounds = LowerBounds.Find(parameters, chosen.Inputs, options.LowerBounds, best, tried, execution);
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
            Cone = ConeFacts.Of(new LazyCone(center.Weights).Locate(trained.Network.Weights, execution.Threads, execution.Cancellation)),
            Inputs = bounds.Rows,
            Sizes = tried.Sizes,
            Violations = isInBall ? tried.Violations : [],
            LowerBounds = bounds.Bounds,
            BrokenBounds = bounds.Violations,
            TrainSeconds = trainSeconds,
            CheckSeconds = tried.Seconds,
        };
        return new(result, model, inputs, [.. found.Select(kind => kind.Perturbations)]);
    }

    private static AttackExecution Stage(ExperimentExecution execution, string name) => PerturbationSearch.Stage(execution, name);
}
