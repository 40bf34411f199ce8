using System.Diagnostics;
using OneStep.Attacks;
using OneStep.Data;

namespace OneStep.Experiments;

/// <summary>
/// The one pipeline: data → network → training → attack → result. The verb <c>attack</c> runs it, and so does every cell
/// of a study.
/// </summary>
public static class Experiment
{
    /// <summary>Runs a whole experiment.</summary>
    /// <param name="parameters">What to do.</param>
    /// <param name="dataset">The images.</param>
    /// <param name="execution">Threads, progress, cancellation.</param>
    /// <returns>The numbers and the arrays behind them; whoever asks disposes of the network.</returns>
    /// <exception cref="InvalidParameterException">A parameter is out of its range.</exception>
    /// <exception cref="OneStepException">The data do not fit the task, or training diverged.</exception>
    public static ExperimentRun Run(ExperimentParameters parameters, ImageDataset dataset, ExperimentExecution execution)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(execution);
        return Run(parameters, Prepare(parameters, dataset, execution), execution);
    }

    /// <summary>Runs a whole experiment on a task that is there already; many experiments may share one.</summary>
    /// <param name="parameters">What to do.</param>
    /// <param name="task">What <see cref="ClassificationTaskBuilder"/> makes of the data for these parameters.</param>
    /// <param name="execution">Threads, progress, cancellation.</param>
    /// <returns>The numbers and the arrays behind them; whoever asks disposes of the network.</returns>
    /// <exception cref="InvalidParameterException">A parameter is out of its range.</exception>
    /// <exception cref="OneStepException">The network does not fit into memory, or training diverged.</exception>
    public static ExperimentRun Run(ExperimentParameters parameters, ClassificationTask task, ExperimentExecution execution)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(execution);
        parameters.Validate();
        long start = Stopwatch.GetTimestamp();
        TrainedModel model = ModelTraining.Make(parameters, task, execution);
        try
        {
            return Attack(parameters, task, model, execution, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>Attacks a network that is there already, for example one loaded from a file.</summary>
    /// <param name="parameters">What it was made with, and how to attack it.</param>
    /// <param name="dataset">The images.</param>
    /// <param name="model">The network.</param>
    /// <param name="execution">Threads, progress, cancellation.</param>
    /// <returns>The numbers and the arrays behind them.</returns>
    /// <exception cref="InvalidParameterException">A parameter is out of its range.</exception>
    /// <exception cref="OneStepException">The data do not fit the task.</exception>
    public static ExperimentRun Attack(
        ExperimentParameters parameters, ImageDataset dataset, TrainedModel model, ExperimentExecution execution)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(execution);
        return Attack(parameters, Prepare(parameters, dataset, execution), model, execution, trainSeconds: 0);
    }

    /// <summary>The test inputs that an experiment attacks.</summary>
    internal static LabelledInputs Attacked(ExperimentParameters parameters, ClassificationTask task) =>
        parameters.Limit is int limit ? task.Test.Take(limit) : task.Test;

    /// <summary>Makes the problem of an experiment from images.</summary>
    internal static ClassificationTask Prepare(ExperimentParameters parameters, ImageDataset dataset, ExperimentExecution execution)
    {
        parameters.Validate();
        execution.Progress?.Report(new(ExperimentStage.Data, 0, 1));
        execution.Cancellation.ThrowIfCancellationRequested();
        return ClassificationTaskBuilder.Build(dataset, parameters.Digits, parameters.Side, parameters.Antialias, parameters.Normalize, execution.Threads);
    }

    /// <summary>Runs an experiment's attack.</summary>
    internal static AttackResult RunMethod(ExperimentParameters parameters, ModelClassification inputs, AttackExecution execution) =>
        parameters.Method.Budget is double budget
            ? inputs.Run(ExperimentMethods.WithinBudget(parameters.Method, parameters.Seed), budget, execution)
            : inputs.Run(ExperimentMethods.Smallest(parameters.Method, parameters.Seed), execution);

    private static ExperimentRun Attack(
        ExperimentParameters parameters, ClassificationTask task, TrainedModel model, ExperimentExecution execution, double trainSeconds)
    {
        LabelledInputs attacked = Attacked(parameters, task);
        AttackExecution attack = AttackRelay.Execution(execution, ExperimentStage.Attack);
        long start = Stopwatch.GetTimestamp();
        ModelClassification inputs = ModelClassification.Of(model, attacked, attack);
        double classifySeconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        AttackResult found = RunMethod(parameters, inputs, attack);
        List<(string Name, AttackResult Result)> minimumNorm = [(parameters.Method.Name, found)];

        start = Stopwatch.GetTimestamp();
        StrongSummary? strong = null;
        double? strongSeconds = null;
        if (parameters.Strong)
        {
            AttackExecution strongAttack = AttackRelay.Execution(execution, ExperimentStage.StrongAttack);
            execution.Progress?.Report(new(ExperimentStage.StrongAttack, 0, attacked.Count));
            (strong, IReadOnlyList<(string Name, AttackResult Result)> stronger) = StrongAttacks.Compare(inputs, found, parameters.Seed, strongAttack);
            minimumNorm.AddRange(stronger);
            strongSeconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        start = Stopwatch.GetTimestamp();
        AttackExecution robustAttack = AttackRelay.Execution(execution, ExperimentStage.RobustAccuracy);
        RobustAccuracy? robust = RobustEvaluation.Measure(parameters, inputs, minimumNorm, (model as LazyModel)?.Network, robustAttack);
        double? robustSeconds = robust is null ? null : Stopwatch.GetElapsedTime(start).TotalSeconds;

        start = Stopwatch.GetTimestamp();
        OutputMoves? moves = parameters.OutputMoves && model is DeepModel deep ? OutputMoveMeasurement.Measure(deep.Network, attacked.Inputs, execution) : null;
        double? movesSeconds = moves is null ? null : Stopwatch.GetElapsedTime(start).TotalSeconds;

        var seconds = new StageSeconds(trainSeconds, classifySeconds + found.AttackSeconds, found.VerifySeconds, strongSeconds, robustSeconds, movesSeconds);
        ExperimentResult result = ResultBuilder.Build(parameters, task.DatasetFingerprint, model, found, strong, seconds, execution.Threads) with
        {
            RobustAccuracy = robust,
            OutputMoves = moves,
            Rays = RayProfiles.Of(parameters, inputs, found, execution),
        };
        return new(result, model, attacked, found.Perturbations);
    }
}
