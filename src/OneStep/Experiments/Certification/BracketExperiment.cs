using OneStep.Attacks;
using OneStep.Data;
using OneStep.Networks;

namespace OneStep.Experiments.Certification;

/// <summary>
/// Brackets the smallest perturbation that flips a network, input by input (docs/mathematics.md §7): found ones from above, proofs that
/// nothing shorter flips it from below. Of the lazy ball nothing is said, and the network may lie outside it.
/// </summary>
public static class BracketExperiment
{
    /// <summary>Makes a network and brackets.</summary>
    /// <param name="parameters">The network and the task; what they say of attacks and budgets is nothing to this.</param>
    /// <param name="options">What is bracketed.</param>
    /// <param name="dataset">The images.</param>
    /// <param name="execution">Threads, progress, cancellation.</param>
    /// <exception cref="InvalidParameterException">A parameter is out of its range, or the network is a deep one.</exception>
    /// <exception cref="OneStepException">The data do not fit the task, training diverged, or no image is classified correctly.</exception>
    public static BracketResult Run(ExperimentParameters parameters, BracketOptions options, ImageDataset dataset, ExperimentExecution execution)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(execution);
        options.Validate();
        CertificationExperiment.RequireTwoLayers(parameters);
        ClassificationTask task = Experiment.Prepare(parameters, dataset, execution);
        using var model = (LazyModel)NetworkInMemory.Make(parameters, task, execution, out double trainSeconds);
        return Bracket(parameters, options, task, model, execution, trainSeconds);
    }

    private static BracketResult Bracket(
        ExperimentParameters parameters, BracketOptions options, ClassificationTask task, LazyModel model, ExperimentExecution execution, double trainSeconds)
    {
        AttackExecution classifying = PerturbationSearch.Stage(execution, "classifying");
        ChosenInputs chosen = ChosenInputs.Of(model, task.Test, options.Count, classifying);
        var attacks = new AttackSearch(parameters, chosen.Inputs, execution);
        FoundPerturbations oneStep = attacks.OneStep();
        FoundPerturbations best = attacks.Best(oneStep);
        using TwoLayerNetwork initial = model.Network.CopyOfInitial();
        CheckedPerturbations tried = CheckedPerturbations.Of(
            chosen,
            CertificateCheck.Margins(chosen.Inputs, classifying),
            CertificateCheck.Margins(initial, chosen.Inputs.Inputs, classifying),
            [oneStep, best],
            PredictedSizes.Speaks(parameters) ? new(parameters.Dimension, parameters.C0) : null,
            PerturbationSearch.Stage(execution, "checking"));
        var bounds = LowerBounds.Find(chosen.Inputs, options.LowerBounds, best, tried, execution);
        return new()
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
    }
}
