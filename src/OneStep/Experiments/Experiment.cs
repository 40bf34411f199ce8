using System.Diagnostics;
using OneStep.Attacks;
using OneStep.Data;
using OneStep.Networks;
using OneStep.Training;

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
    /// <param name="task">What <see cref="BinaryTaskBuilder"/> makes of the data for these parameters.</param>
    /// <param name="execution">Threads, progress, cancellation.</param>
    /// <returns>The numbers and the arrays behind them; whoever asks disposes of the network.</returns>
    /// <exception cref="InvalidParameterException">A parameter is out of its range.</exception>
    /// <exception cref="OneStepException">The network does not fit into memory, or training diverged.</exception>
    public static ExperimentRun Run(ExperimentParameters parameters, BinaryTask task, ExperimentExecution execution)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(execution);
        parameters.Validate();
        long start = Stopwatch.GetTimestamp();
        TrainedNetwork network = MakeNetwork(parameters, task, execution);
        try
        {
            return Attack(parameters, task, network, execution, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>Attacks a network that is there already, for example one loaded from a file.</summary>
    /// <param name="parameters">What it was made with, and how to attack it.</param>
    /// <param name="dataset">The images.</param>
    /// <param name="network">The network.</param>
    /// <param name="execution">Threads, progress, cancellation.</param>
    /// <returns>The numbers and the arrays behind them.</returns>
    /// <exception cref="InvalidParameterException">A parameter is out of its range.</exception>
    /// <exception cref="OneStepException">The data do not fit the task.</exception>
    public static ExperimentRun Attack(
        ExperimentParameters parameters, ImageDataset dataset, TrainedNetwork network, ExperimentExecution execution)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(execution);
        return Attack(parameters, Prepare(parameters, dataset, execution), network, execution, trainSeconds: 0);
    }

    private static BinaryTask Prepare(ExperimentParameters parameters, ImageDataset dataset, ExperimentExecution execution)
    {
        parameters.Validate();
        execution.Progress?.Report(new(ExperimentStage.Data, 0, 1));
        execution.Cancellation.ThrowIfCancellationRequested();
        return BinaryTaskBuilder.Build(dataset, parameters.Digits, parameters.Side, parameters.Antialias, parameters.Normalize, execution.Threads);
    }

    private static TrainedNetwork MakeNetwork(ExperimentParameters parameters, BinaryTask task, ExperimentExecution execution)
    {
        execution.Progress?.Report(new(ExperimentStage.Initialize, 0, 1));
        ExperimentMemory.Require(parameters, ExperimentMemory.NeededBytes(parameters, execution.LargestUntrainedWeights), execution.AvailableMemory);
        if (ExperimentMemory.DrawsAnew(parameters, execution.LargestUntrainedWeights))
        {
            return new(
                Initialization.DrawPanelByPanel(
                    parameters.Width, parameters.Dimension, parameters.Initialization, parameters.Bias, parameters.Seed),
                Summary: null);
        }

        TwoLayerNetwork network = Initialization.Draw(
            parameters.Width, parameters.Dimension, parameters.Initialization, parameters.Bias, parameters.Seed, execution.Threads, execution.Cancellation);
        try
        {
            if (parameters.Untrained)
            {
                return new(network, Summary: null);
            }

            var training = new TrainingExecution
            {
                Threads = execution.Threads,
                Cancellation = execution.Cancellation,
                Progress = execution.Progress is { } progress ? new TrainingRelay(progress, parameters.Radius) : null,
            };
            LabelledInputs examples = parameters.TrainLimit is int limit ? task.Train.Take(limit) : task.Train;
            return parameters.Adversarial.IsOn
                ? new AdversarialTrainer(parameters.Training, parameters.Adversarial, parameters.Seed).Train(network, parameters.Radius, examples, training, watched: Attacked(parameters, task))
                : new LazyTrainer(parameters.Training, parameters.Seed).Train(network, parameters.Radius, examples, training);
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    private static ExperimentRun Attack(
        ExperimentParameters parameters, BinaryTask task, TrainedNetwork network, ExperimentExecution execution, double trainSeconds)
    {
        LabelledInputs attacked = Attacked(parameters, task);
        AttackExecution attack = AttackExecution(execution, ExperimentStage.Attack);
        long start = Stopwatch.GetTimestamp();
        Classification classification = Classification.Of(network.Network, attacked, attack);
        double classifySeconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var step = new OneStepAttack();
        AttackResult oneStep = AttackRunner.Run(step, network.Network, classification, attack);
        List<(string Name, AttackResult Result)> minimumNorm = [(step.Name, oneStep)];

        start = Stopwatch.GetTimestamp();
        StrongSummary? strong = null;
        double? strongSeconds = null;
        if (parameters.Strong)
        {
            AttackExecution strongAttack = AttackExecution(execution, ExperimentStage.StrongAttack);
            execution.Progress?.Report(new(ExperimentStage.StrongAttack, 0, attacked.Count));
            (strong, IReadOnlyList<(string Name, AttackResult Result)> stronger) =
                StrongAttacks.Compare(network.Network, classification, oneStep, parameters.Seed, strongAttack);
            minimumNorm.AddRange(stronger);
            strongSeconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        start = Stopwatch.GetTimestamp();
        AttackExecution robustAttack = AttackExecution(execution, ExperimentStage.RobustAccuracy);
        RobustAccuracy? robust = RobustEvaluation.Measure(parameters, network.Network, classification, minimumNorm, robustAttack);
        double? robustSeconds = robust is null ? null : Stopwatch.GetElapsedTime(start).TotalSeconds;

        var seconds = new StageSeconds(trainSeconds, classifySeconds + oneStep.AttackSeconds, oneStep.VerifySeconds, strongSeconds, robustSeconds);
        ExperimentResult result = ResultBuilder.Build(parameters, task.DatasetFingerprint, network, oneStep, strong, seconds, execution.Threads) with
        {
            RobustAccuracy = robust,
            Rays = RayProfiles.Of(parameters, network.Network, classification, oneStep, execution),
        };
        return new(result, network, attacked, oneStep.Perturbations);
    }

    private static LabelledInputs Attacked(ExperimentParameters parameters, BinaryTask task) =>
        parameters.Limit is int limit ? task.Test.Take(limit) : task.Test;

    private static AttackExecution AttackExecution(ExperimentExecution execution, ExperimentStage stage) => new()
    {
        Threads = execution.Threads,
        Cancellation = execution.Cancellation,
        Progress = execution.Progress is { } progress ? new AttackRelay(progress, stage) : null,
    };

    /// <summary>Tells the experiment's listener what training tells.</summary>
    private sealed class TrainingRelay(IProgress<ExperimentProgress> listener, double radius) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => listener.Report(new(ExperimentStage.Train, value.Step, value.MaximumSteps)
        {
            Loss = value.Loss,
            Deviation = value.Deviation,
            Radius = radius,
        });
    }

    /// <summary>Tells the experiment's listener what an attack tells.</summary>
    private sealed class AttackRelay(IProgress<ExperimentProgress> listener, ExperimentStage stage) : IProgress<AttackProgress>
    {
        public void Report(AttackProgress value)
        {
            bool verifies = stage == ExperimentStage.Attack && value.Stage == FlipVerifier.Stage;
            listener.Report(new(verifies ? ExperimentStage.Verify : stage, value.Finished, value.Total));
        }
    }
}
