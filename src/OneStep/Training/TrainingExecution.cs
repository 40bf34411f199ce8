namespace OneStep.Training;

/// <summary>How a training run is carried out; nothing here changes a result.</summary>
public sealed record TrainingExecution
{
    /// <summary>How many threads may be used.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Told after every step.</summary>
    public IProgress<TrainingProgress>? Progress { get; init; }

    /// <summary>Ends the run early with an <see cref="OperationCanceledException"/>.</summary>
    public CancellationToken Cancellation { get; init; }
}

/// <summary>How far a training run is.</summary>
/// <param name="Step">SGD steps taken.</param>
/// <param name="MaximumSteps">The most steps there can be.</param>
/// <param name="Loss">The loss of the last minibatch.</param>
/// <param name="Deviation">The deviation at the last point of the trace.</param>
public readonly record struct TrainingProgress(int Step, int MaximumSteps, double Loss, double Deviation);
