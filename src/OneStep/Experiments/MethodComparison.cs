using System.Diagnostics;
using OneStep.Attacks;
using OneStep.Data;
using OneStep.Statistics;

namespace OneStep.Experiments;

/// <summary>Runs several attacks on the same network and the same inputs, one after the other.</summary>
public static class MethodComparison
{
    /// <summary>Makes a network and compares attacks on it.</summary>
    /// <param name="parameters">The network and the inputs.</param>
    /// <param name="methods">The attacks, one or more of <see cref="ExperimentMethods.Names"/>, each once.</param>
    /// <param name="dataset">The images.</param>
    /// <param name="execution">Threads, progress, cancellation.</param>
    /// <returns>The numbers and the arrays behind them; whoever asks disposes of the network.</returns>
    /// <exception cref="InvalidParameterException">A parameter is out of its range, or a method is unknown or stands twice.</exception>
    /// <exception cref="OneStepException">The data do not fit the task, or training diverged.</exception>
    public static ComparisonRun Run(ExperimentParameters parameters, IReadOnlyList<string> methods, ImageDataset dataset, ExperimentExecution execution)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(execution);
        ExperimentMethods.RequireList(methods);
        ClassificationTask task = Experiment.Prepare(parameters, dataset, execution);
        long start = Stopwatch.GetTimestamp();
        TrainedModel model = ModelTraining.Make(parameters, task, execution);
        try
        {
            return Run(parameters, methods, task, model, execution, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>Compares attacks on a network that is there already.</summary>
    /// <param name="parameters">What it was made with, and which inputs.</param>
    /// <param name="methods">The attacks, one or more of <see cref="ExperimentMethods.Names"/>, each once.</param>
    /// <param name="dataset">The images.</param>
    /// <param name="model">The network, which stays its owner's.</param>
    /// <param name="execution">Threads, progress, cancellation.</param>
    /// <returns>The numbers and the arrays behind them.</returns>
    /// <exception cref="InvalidParameterException">A parameter is out of its range, or a method is unknown or stands twice.</exception>
    /// <exception cref="OneStepException">The data do not fit the task.</exception>
    public static ComparisonRun Run(
        ExperimentParameters parameters, IReadOnlyList<string> methods, ImageDataset dataset, TrainedModel model, ExperimentExecution execution)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(execution);
        ExperimentMethods.RequireList(methods);
        return Run(parameters, methods, Experiment.Prepare(parameters, dataset, execution), model, execution, trainSeconds: 0);
    }

    private static ComparisonRun Run(
        ExperimentParameters parameters, IReadOnlyList<string> methods, ClassificationTask task, TrainedModel model, ExperimentExecution execution, double trainSeconds)
    {
        LabelledInputs attacked = Experiment.Attacked(parameters, task);
        ModelClassification inputs = ModelClassification.Of(model, attacked, AttackRelay.Execution(execution, ExperimentStage.Attack, "classify"));
        AttackResult[] results = [.. methods.Select(method => Experiment.RunMethod(
            parameters with { Method = new() { Name = method } }, inputs, AttackRelay.Execution(execution, ExperimentStage.Attack, method)))];
        var result = new ComparisonResult
        {
            Parameters = parameters,
            DatasetFingerprint = task.DatasetFingerprint,
            Training = model.Training,
            Deviation = model.Deviation(execution.Threads),
            CleanAccuracy = ResultBuilder.CleanAccuracy(results[0].Examples),
            TrainSeconds = trainSeconds,
            Attacks = [.. methods.Select((method, i) => Measure(method, results[i], results))],
            Violations = ContainmentCheck.Violations([.. methods.Zip(results)]),
        };
        return new(result, model, attacked, [.. results.Select(found => found.Perturbations)]);
    }

    private static MethodMeasurement Measure(string method, AttackResult found, AttackResult[] all)
    {
        AttackedExample[] flipped = [.. found.Examples.Where(e => e.Status == ExampleStatus.Flipped)];
        MethodSummary summary = ResultBuilder.Summarize(found);
        AttackResult[] ofNorm = [.. all.Where(other => other.Norm == found.Norm)];
        Summary ratios = Summary.Of(flipped.Select(e => Size(e, found.Norm)!.Value / ofNorm.Min(other => Size(other.Examples[e.Index], found.Norm) ?? double.PositiveInfinity)));
        return new()
        {
            Method = method,
            Attack = found.Attack,
            Norm = found.Norm,
            Size = summary.Size,
            OverBest = new(ratios.Median, ratios.Max),
            ForwardPasses = summary.ForwardPasses,
            BackwardPasses = summary.BackwardPasses,
            Seconds = found.AttackSeconds,
            Examples = ResultBuilder.Count(found.Examples),
            Verified = flipped.Length,
            Rows = found.Examples,
        };
    }

    // What double precision did not confirm is no flip.
    private static double? Size(AttackedExample example, NormKind norm) => example.Status == ExampleStatus.Flipped ? example.SizeIn(norm) : null;
}
