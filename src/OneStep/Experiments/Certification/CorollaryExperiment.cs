using System.Diagnostics;
using OneStep.Attacks;
using OneStep.Certificates.Vulnerability;
using OneStep.Data;
using OneStep.Networks;
using OneStep.Numerics;

namespace OneStep.Experiments.Certification;

/// <summary>
/// The corollary at finite size: bounds the robust accuracy of every network of a lazy ball from W0 alone, and sets explicit networks
/// of the ball beside it (docs/mathematics.md §5, "Jointly over inputs"). The verb <c>certify --corollary</c> runs it.
/// </summary>
public static class CorollaryExperiment
{
    private const int AttackSteps = 40;

    /// <summary>Draws W0 and computes the bound.</summary>
    /// <param name="parameters">The task, W0 and the ball; nothing is trained.</param>
    /// <param name="options">What is bounded.</param>
    /// <param name="dataset">The images.</param>
    /// <param name="execution">Threads, progress, cancellation.</param>
    /// <exception cref="InvalidParameterException">A parameter is out of its range, or the network is a deep one.</exception>
    /// <exception cref="OneStepException">The data do not fit the task, or there is not enough memory.</exception>
    public static CorollaryResult Run(
        ExperimentParameters parameters, CorollaryOptions options, ImageDataset dataset, ExperimentExecution execution)
    {
        Require(parameters, options, execution);
        ExperimentParameters untrained = parameters with { Untrained = true };
        ClassificationTask task = Experiment.Prepare(untrained, dataset, execution);
        using var model = (LazyModel)ModelTraining.Make(untrained, task, execution with { LargestUntrainedWeights = long.MaxValue });
        return Bound(untrained, options, task, model.Network.Network, execution);
    }

    /// <summary>Computes the bound for the ball around the initial weights of a network that is there already.</summary>
    /// <param name="parameters">What it was made with.</param>
    /// <param name="options">What is bounded.</param>
    /// <param name="dataset">The images.</param>
    /// <param name="model">The network, which stays its owner's.</param>
    /// <param name="execution">Threads, progress, cancellation.</param>
    /// <exception cref="InvalidParameterException">A parameter is out of its range, or the network is a deep one.</exception>
    /// <exception cref="OneStepException">The data do not fit the task.</exception>
    public static CorollaryResult Run(
        ExperimentParameters parameters, CorollaryOptions options, ImageDataset dataset, TrainedModel model, ExperimentExecution execution)
    {
        Require(parameters, options, execution);
        ArgumentNullException.ThrowIfNull(model);
        if (model is not LazyModel { Network: var trained })
        {
            throw new ArgumentException("Certificates speak of two-layer networks in the lazy ball.", nameof(model));
        }

        ClassificationTask task = Experiment.Prepare(parameters, dataset, execution);
        using TwoLayerNetwork center = trained.CopyOfInitial();
        return Bound(parameters, options, task, center, execution);
    }

    private static void Require(ExperimentParameters parameters, CorollaryOptions options, ExperimentExecution execution)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(execution);
        options.Validate();
        CertificationExperiment.RequireTwoLayers(parameters);
        CertificationExperiment.RequireStorableRadius(parameters);
    }

    private static CorollaryResult Bound(
        ExperimentParameters parameters, CorollaryOptions options, ClassificationTask task, TwoLayerNetwork center, ExperimentExecution execution)
    {
        LabelledInputs inputs = options.Count is int count ? task.Test.Take(count) : task.Test;
        using var ball = new NetworkBall(center, new LazyBall(center.Weights, parameters.Radius));

        // The rounds of the joint bound are no inputs: only stages are told.
        var quiet = new AttackExecution { Threads = execution.Threads, Cancellation = execution.Cancellation };
        Tell(execution, "bound", inputs.Count);
        long start = Stopwatch.GetTimestamp();
        RobustAccuracyCertificate certificate = new RobustAccuracyBound().Certify(ball, inputs, options.Budget, quiet);
        double boundSeconds = Stopwatch.GetElapsedTime(start).TotalSeconds;

        start = Stopwatch.GetTimestamp();
        ExplicitNetworkAccuracy[] networks = [];
        if (options.ExplicitNetworks)
        {
            Tell(execution, "explicit networks", inputs.Count);
            networks = [.. Explicit(ball, certificate.Inputs, options.Budget, quiet)];
        }

        return new()
        {
            Parameters = parameters,
            DatasetFingerprint = task.DatasetFingerprint,
            Budget = options.Budget,
            Count = inputs.Count,
            UpperBound = certificate.UpperBound,
            SingleInputUpperBound = certificate.SingleInputUpperBound,
            JointUpperBound = certificate.JointUpperBound,
            Explicit = networks,
            BoundSeconds = boundSeconds,
            ExplicitSeconds = Stopwatch.GetElapsedTime(start).TotalSeconds,
        };
    }

    private static IEnumerable<ExplicitNetworkAccuracy> Explicit(NetworkBall ball, PerturbedInputs perturbed, double budget, AttackExecution execution)
    {
        LabelledInputs inputs = perturbed.Examples;
        int common = inputs.Labels.Sum() < 0 ? -1 : 1;
        var unperturbed = new PerturbedInputs(inputs, new Matrix<float>(inputs.Count, inputs.Inputs.Columns));
        (string Name, Func<TwoLayerNetwork> Make)[] networks =
        [
            ("constant", () => ExplicitWeights.ConstantClass(ball, inputs.Inputs, common, execution.Threads)),
            ("balanced", () => ExplicitWeights.Balanced(ball, unperturbed, execution)),
            ("answering", () => ExplicitWeights.Balanced(ball, perturbed, execution)),
        ];
        foreach ((string name, Func<TwoLayerNetwork> make) in networks)
        {
            using TwoLayerNetwork network = make();
            var attack = new ProjectedGradientAttack { Steps = AttackSteps };
            yield return new(
                name,
                ExplicitWeights.AccuracyUnder(network, inputs, attack, budget, execution),
                ExplicitWeights.AccuracyAt(network, perturbed, execution));
        }
    }

    private static void Tell(ExperimentExecution execution, string stage, int count) =>
        execution.Progress?.Report(new(ExperimentStage.Attack, 0, count) { Method = stage });
}
