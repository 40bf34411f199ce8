using System.Diagnostics;
using OneStep.Data;
using OneStep.Experiments;
using OneStep.Studies;
using OneStep.Training;

namespace OneStep.Reproduction;

/// <summary>How fast this machine computes cells, measured in less than a second.</summary>
internal static class MachineSpeed
{
    // As cells are: most of their work is training against attacks, the rest plain training and attacking.
    private static readonly ExperimentParameters Sample = new()
    {
        Side = 14,
        Width = 1000,
        TrainLimit = 640,
        Limit = 256,
        Training = new() { Ball = BallMode.Project, Epochs = 2 },
        Adversarial = new() { Budget = 0.1 },
    };

    /// <summary>The floating-point operations, as <see cref="CellCost"/> counts them, that one thread does in a second.</summary>
    /// <param name="dataset">The images.</param>
    /// <param name="cost">Counts them.</param>
    /// <param name="cancellation">Ends the work early with an <see cref="OperationCanceledException"/>.</param>
    public static double FlopsASecond(ImageDataset dataset, CellCost cost, CancellationToken cancellation)
    {
        ExperimentWarmup.Run().Model.Dispose();
        ClassificationTask task = ClassificationTaskBuilder.Build(dataset, Sample.Digits, Sample.Side, Sample.Antialias, Sample.Normalize, threads: 1);
        long start = Stopwatch.GetTimestamp();
        Experiment.Run(Sample, task, new() { Threads = 1, Cancellation = cancellation }).Model.Dispose();
        return cost.Flops(Sample) / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
