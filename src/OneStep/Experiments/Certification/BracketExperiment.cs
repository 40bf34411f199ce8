using OneStep.Attacks;
using OneStep.Data;
using OneStep.Networks;

namespace OneStep.Experiments.Certification;

/// <summary>
/// Brackets the smallest perturbation that flips a network, input by input (docs/mathematics.md §7): found ones from above, proofs that
/// nothing shorter flips it from below. Of the lazy ball nothing is said: the network may lie outside it, or be a deep one. The verb
/// <c>certify</c> runs it for deep networks.
/// </summary>
public static class BracketExperiment
{
    /// <summary>Makes a network and brackets.</summary>
    /// <param name="parameters">The network and the task; what they say of attacks and budgets is nothing to this.</param>
    /// <param name="options">What is bracketed.</param>
    /// <param name="dataset">The images.</param>
    /// <param name="execution">Threads, progress, cancellation.</param>
    /// <returns>The numbers.</returns>
    /// <exception cref="InvalidParameterException">A parameter is out of its range, or a bound is not one for such a network.</exception>
    /// <exception cref="OneStepException">The data do not fit the task, training diverged, or no image is classified correctly.</exception>
    public static BracketResult Run(ExperimentParameters parameters, BracketOptions options, ImageDataset dataset, ExperimentExecution execution)
    {
        BracketRun run = Find(parameters, options, dataset, execution);
        run.Model.Dispose();
        return run.Result;
    }

    /// <summary>The same with the arrays behind the numbers.</summary>
    /// <returns>The numbers and arrays; whoever asks disposes of the network.</returns>
    public static BracketRun Find(ExperimentParameters parameters, BracketOptions options, ImageDataset dataset, ExperimentExecution execution)
    {
        Require(parameters, options, execution);
        ClassificationTask task = Experiment.Prepare(parameters, dataset, execution);
        return NetworkInMemory.MakeFor(parameters, task, execution, (model, seconds) => Bracket(parameters, options, task, model, execution, seconds));
    }

    /// <summary>Brackets for a network that is there already, which stays its owner's.</summary>
    /// <param name="parameters">What it was made with.</param>
    /// <param name="options">What is bracketed.</param>
    /// <param name="dataset">The images.</param>
    /// <param name="model">The network.</param>
    /// <param name="execution">Threads, progress, cancellation.</param>
    /// <exception cref="InvalidParameterException">A parameter is out of its range, or a bound is not one for such a network.</exception>
    /// <exception cref="OneStepException">The data do not fit the task, or no image is classified correctly.</exception>
    public static BracketRun Find(
        ExperimentParameters parameters, BracketOptions options, ImageDataset dataset, TrainedModel model, ExperimentExecution execution)
    {
        Require(parameters, options, execution);
        ArgumentNullException.ThrowIfNull(model);
        return Bracket(parameters, options, Experiment.Prepare(parameters, dataset, execution), model, execution, trainSeconds: 0);
    }

    private static void Require(ExperimentParameters parameters, BracketOptions options, ExperimentExecution execution)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(execution);
        options.Validate();
        options.LowerBounds.For(parameters.IsDeep);
    }

    private static BracketRun Bracket(
        ExperimentParameters parameters, BracketOptions options, ClassificationTask task, TrainedModel model, ExperimentExecution execution, double trainSeconds)
    {
        AttackExecution classifying = PerturbationSearch.Stage(execution, "classifying");
        ChosenInputs chosen = ChosenInputs.Of(model, task.Test, options.Count, classifying);
        var attacks = new AttackSearch(parameters, chosen.Inputs, execution);
        FoundPerturbations oneStep = attacks.OneStep();
        FoundPerturbations best = attacks.Best(oneStep);
        CheckedPerturbations tried = CheckedPerturbations.Of(
            chosen,
            CertificateCheck.Margins(chosen.Inputs, classifying),
            InitialMargins(model, chosen.Inputs.Inputs, classifying),
            [oneStep, best],
            PredictedSizes.Speaks(parameters) ? new(parameters.Dimension, parameters.C0) : null,
            PerturbationSearch.Stage(execution, "checking"));
        var bounds = LowerBounds.Find(parameters, chosen.Inputs, options.LowerBounds, best, tried, execution);
        var result = new BracketResult
        {
            Parameters = parameters,
            DatasetFingerprint = task.DatasetFingerprint,
            Training = model.Training,
            Deviation = model.Deviation(execution.Threads),
            CleanAccuracy = chosen.CleanAccuracy,
            Options = options,
            Examined = chosen.Examined,
            Inputs = bounds.Rows,
            Sizes = tried.Sizes,
            Violations = [],
            LowerBounds = bounds.Bounds,
            BrokenBounds = bounds.Violations,
            TrainSeconds = trainSeconds,
            CheckSeconds = tried.Seconds,
        };
        return new(result, model, chosen.Inputs.Inputs, best.Perturbations);
    }

    private static BoundedScore[]? InitialMargins(TrainedModel model, LabelledInputs inputs, AttackExecution execution)
    {
        if (model is not LazyModel { Network: var trained })
        {
            return null;
        }

        using TwoLayerNetwork initial = trained.CopyOfInitial();
        return CertificateCheck.Margins(initial, inputs, execution);
    }
}
