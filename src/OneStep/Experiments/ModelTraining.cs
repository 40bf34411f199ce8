using OneStep.Data;
using OneStep.Networks;
using OneStep.Networks.Deep;
using OneStep.Training;
using OneStep.Training.Deep;

namespace OneStep.Experiments;

/// <summary>Makes the network of an experiment: draws its weights and trains it.</summary>
internal static class ModelTraining
{
    /// <summary>Draws and trains; whoever asks disposes of the network.</summary>
    /// <param name="parameters">Which network, and how it is trained.</param>
    /// <param name="task">What it is trained on.</param>
    /// <param name="execution">Threads, memory, progress, cancellation.</param>
    /// <exception cref="OneStepException">The network does not fit into memory, or training diverged.</exception>
    public static TrainedModel Make(ExperimentParameters parameters, ClassificationTask task, ExperimentExecution execution)
    {
        execution.Progress?.Report(new(ExperimentStage.Initialize, 0, 1));
        long needed = ExperimentMemory.NeededBytes(parameters, execution.LargestUntrainedWeights, Examples(parameters, task).Count);
        ExperimentMemory.Require(parameters, needed, execution.AvailableMemory);
        return parameters.IsDeep ? new DeepModel(MakeDeep(parameters, task, execution)) : new LazyModel(MakeLazy(parameters, task, execution));
    }

    private static TrainedDeepNetwork MakeDeep(ExperimentParameters parameters, ClassificationTask task, ExperimentExecution execution)
    {
        DeepNetwork network = DeepInitialization.Draw(parameters.LayerWidths, parameters.Bias, parameters.Seed, DeepInitializationScheme.He);
        try
        {
            if (parameters.Untrained)
            {
                return new(network, Summary: null);
            }

            var options = new DeepTrainingOptions
            {
                LearningRate = parameters.Training.LearningRate,
                Batch = parameters.Training.Batch,
                Epochs = parameters.Training.Epochs,
                EvaluationInterval = parameters.Training.EvaluationInterval,
            };
            return new DeepTrainer(options, parameters.Seed).Train(network, Examples(parameters, task), TrainingExecution(parameters, execution));
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    private static TrainedNetwork MakeLazy(ExperimentParameters parameters, ClassificationTask task, ExperimentExecution execution)
    {
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

            TrainingExecution training = TrainingExecution(parameters, execution);
            LabelledInputs examples = Examples(parameters, task);
            return parameters.Adversarial.IsOn
                ? new AdversarialTrainer(parameters.Training, parameters.Adversarial, parameters.Seed)
                    .Train(network, parameters.Radius, examples, training, watched: Experiment.Attacked(parameters, task))
                : new LazyTrainer(parameters.Training, parameters.Seed).Train(network, parameters.Radius, examples, training);
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    private static LabelledInputs Examples(ExperimentParameters parameters, ClassificationTask task) =>
        parameters.TrainLimit is int limit ? task.Train.Take(limit) : task.Train;

    private static TrainingExecution TrainingExecution(ExperimentParameters parameters, ExperimentExecution execution) => new()
    {
        Threads = execution.Threads,
        Cancellation = execution.Cancellation,
        Progress = execution.Progress is { } progress ? new TrainingRelay(progress, parameters.IsDeep ? null : parameters.Radius) : null,
    };

    /// <summary>Tells the experiment's listener what training tells.</summary>
    private sealed class TrainingRelay(IProgress<ExperimentProgress> listener, double? radius) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => listener.Report(new(ExperimentStage.Train, value.Step, value.MaximumSteps)
        {
            Loss = value.Loss,
            Deviation = radius is null ? null : value.Deviation,
            Radius = radius,
        });
    }
}
