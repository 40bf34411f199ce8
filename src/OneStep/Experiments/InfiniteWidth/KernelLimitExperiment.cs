using System.Diagnostics;
using OneStep.Attacks;
using OneStep.Data;
using OneStep.TangentKernel;
using OneStep.Training;

namespace OneStep.Experiments.InfiniteWidth;

/// <summary>
/// One network without a ball and its limit of infinite width, trained in as many steps on the same minibatches, under one exact
/// step on the same inputs (docs/mathematics.md §18).
/// </summary>
public static class KernelLimitExperiment
{
    /// <summary>Runs the experiment. Numbers do not depend on the number of threads.</summary>
    /// <param name="parameters">What to do.</param>
    /// <param name="dataset">The images.</param>
    /// <param name="execution">Threads, memory, progress, cancellation.</param>
    /// <exception cref="InvalidParameterException">A parameter is out of its range.</exception>
    /// <exception cref="OneStepException">The data do not fit the task, there is not enough memory, or training diverged.</exception>
    public static KernelLimitResult Run(KernelLimitParameters parameters, ImageDataset dataset, ExperimentExecution execution)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(execution);
        parameters.Validate();
        ClassificationTask task = Experiment.Prepare(parameters.Network, dataset, execution);
        LabelledInputs examples = task.Train.Take(parameters.TrainLimit);
        LabelledInputs attacked = Experiment.Attacked(parameters.Network, task);
        long kernelBytes = (parameters with { TrainLimit = examples.Count }).KernelBytes;
        ExperimentMemory.Require($"The kernel matrix of {examples.Count} inputs", kernelBytes, execution.AvailableMemory);

        long start = Stopwatch.GetTimestamp();
        KernelFit fit = KernelExperiment.Descend(new(), examples, parameters.Training, parameters.Seed, execution);
        double fitSeconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        AttackExecution attackExecution = AttackRelay.Execution(execution, ExperimentStage.Attack);
        FunctionAttack kernel;
        using (KernelPredictor predictor = fit.Predictor)
        {
            kernel = FunctionAttack.Of(predictor, attacked, attackExecution);
        }

        start = Stopwatch.GetTimestamp();
        using TrainedModel model = ModelTraining.Make(parameters.Network, task, execution);
        double trainSeconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        TrainingSummary training = model.Training!;
        FunctionAttack network = FunctionAttack.Of(model.ScoreFor(1), attacked, attackExecution);
        LimitRow[] rows = [.. Enumerable.Range(0, attacked.Count).Select(i => LimitRow.Of(i, network, kernel))];
        return new()
        {
            Parameters = parameters,
            DatasetFingerprint = task.DatasetFingerprint,
            Training = training,
            Fit = KernelFitSummary.Of(fit, examples),
            Network = AttackSummary.Of(network.Rows),
            Kernel = AttackSummary.Of(kernel.Rows),
            Difference = LimitDifferences.Of(rows),
            Regime = TangentRegime.Of(
                examples, parameters.MarginSamples, parameters.Seed, training.TrainLoss, parameters.Training.LearningRate, execution),
            TrainSeconds = trainSeconds,
            FitSeconds = fitSeconds,
            AttackSeconds = network.Seconds + network.Result.VerifySeconds + kernel.Seconds + kernel.Result.VerifySeconds,
            Rows = rows,
        };
    }
}
