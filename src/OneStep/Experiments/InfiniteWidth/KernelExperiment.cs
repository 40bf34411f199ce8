using System.Diagnostics;
using OneStep.Data;
using OneStep.TangentKernel;
using OneStep.Training;

namespace OneStep.Experiments.InfiniteWidth;

/// <summary>The single step on a predictor of infinite width: fit, attack, and what [JT19] asks for (docs/mathematics.md §18).</summary>
public static class KernelExperiment
{
    /// <summary>Runs the experiment. Numbers do not depend on the number of threads.</summary>
    /// <param name="parameters">What to do.</param>
    /// <param name="dataset">The images.</param>
    /// <param name="execution">Threads, memory, progress, cancellation.</param>
    /// <exception cref="InvalidParameterException">A parameter is out of its range.</exception>
    /// <exception cref="OneStepException">The data do not fit the task, there is not enough memory, or the fit failed.</exception>
    public static KernelResult Run(KernelParameters parameters, ImageDataset dataset, ExperimentExecution execution)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(execution);
        parameters.Validate();
        execution.Progress?.Report(new(ExperimentStage.Data, 0, 1));
        ClassificationTask task = ClassificationTaskBuilder.Build(
            dataset, parameters.Digits, parameters.Side, antialias: false, normalize: true, execution.Threads);
        LabelledInputs examples = task.Train.Take(parameters.TrainLimit);
        LabelledInputs attacked = parameters.Limit is int limit ? task.Test.Take(limit) : task.Test;
        KernelParameters actual = parameters with { TrainLimit = examples.Count };
        ExperimentMemory.Require($"The kernel matrix of {examples.Count} inputs", actual.NeededBytes, execution.AvailableMemory);

        long start = Stopwatch.GetTimestamp();
        KernelFit fit = Fit(parameters, examples, execution);
        double fitSeconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        using KernelPredictor predictor = fit.Predictor;
        FunctionAttack attack = FunctionAttack.Of(predictor, attacked, AttackRelay.Execution(execution, ExperimentStage.Attack));
        TangentRegime? regime = TangentRegime.Of(
            examples, parameters.MarginSamples, parameters.Seed, parameters.Risk, parameters.Training.LearningRate, execution);
        return new()
        {
            Parameters = parameters,
            DatasetFingerprint = task.DatasetFingerprint,
            Fit = KernelFitSummary.Of(fit, examples),
            Attack = AttackSummary.Of(attack.Rows),
            Regime = regime,
            FitSeconds = fitSeconds,
            AttackSeconds = attack.Seconds,
            VerifySeconds = attack.Result.VerifySeconds,
            Rows = attack.Rows,
        };
    }

    private static KernelFit Fit(KernelParameters parameters, LabelledInputs examples, ExperimentExecution execution)
    {
        var kernel = new ReluTangentKernel(parameters.HiddenLayers, parameters.Layers);
        switch (parameters.Predictor)
        {
            case KernelFitting.Ridge:
                return KernelRidge.Fit(kernel, examples, new() { Regularization = parameters.Regularization }, KernelRelay.Execution(execution, steps: 1));
            case KernelFitting.Logistic:
                var options = new KernelLogisticOptions { Regularization = parameters.Regularization };
                return KernelLogistic.Fit(kernel, examples, options, KernelRelay.Execution(execution, options.Steps));
            default:
                return Descend(kernel, examples, parameters.Training, parameters.Seed, execution);
        }
    }

    /// <summary>Fits by SGD, telling of every step.</summary>
    internal static KernelFit Descend(
        ReluTangentKernel kernel, LabelledInputs examples, TrainingOptions training, ulong seed, ExperimentExecution execution)
    {
        int batch = Math.Min(training.Batch, examples.Count);
        int steps = TrainingSteps.Count(training.Epochs, (examples.Count + batch - 1) / batch);
        return KernelDescent.Fit(kernel, examples, training, seed, KernelRelay.Execution(execution, steps));
    }
}
