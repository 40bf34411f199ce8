using System.Diagnostics;
using OneStep.Data;

namespace OneStep.Experiments.Certification;

/// <summary>Makes the networks that proofs speak of.</summary>
internal static class NetworkInMemory
{
    /// <summary>Draws and trains a network; whoever asks disposes of it. Proofs read its weights more than once, and W0: even an untrained
    /// one is held in memory.</summary>
    /// <param name="parameters">Which network, and how it is trained.</param>
    /// <param name="task">What it is trained on.</param>
    /// <param name="execution">Threads, memory, progress, cancellation.</param>
    /// <param name="seconds">Wall time.</param>
    /// <exception cref="OneStepException">The network does not fit into memory, or training diverged.</exception>
    public static TrainedModel Make(ExperimentParameters parameters, ClassificationTask task, ExperimentExecution execution, out double seconds)
    {
        long start = Stopwatch.GetTimestamp();
        TrainedModel model = ModelTraining.Make(parameters, task, execution with { LargestUntrainedWeights = long.MaxValue });
        seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return model;
    }

    /// <summary>Draws and trains a network for a result that keeps it: where there is none, nobody else has to dispose of it.</summary>
    /// <param name="parameters">Which network, and how it is trained.</param>
    /// <param name="task">What it is trained on.</param>
    /// <param name="execution">Threads, memory, progress, cancellation.</param>
    /// <param name="prove">The result of the network and of the wall time it took.</param>
    /// <exception cref="OneStepException">The network does not fit into memory, or training diverged.</exception>
    public static T MakeFor<T>(ExperimentParameters parameters, ClassificationTask task, ExperimentExecution execution, Func<TrainedModel, double, T> prove)
    {
        TrainedModel model = Make(parameters, task, execution, out double seconds);
        try
        {
            return prove(model, seconds);
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }
}
