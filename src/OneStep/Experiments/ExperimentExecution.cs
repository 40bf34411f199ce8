namespace OneStep.Experiments;

/// <summary>How an experiment is carried out; nothing here changes a number but the seconds.</summary>
public sealed record ExperimentExecution
{
    /// <summary>How many threads may be used.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Told as the experiment goes on, from the calling thread.</summary>
    public IProgress<ExperimentProgress>? Progress { get; init; }

    /// <summary>Ends the experiment early with an <see cref="OperationCanceledException"/>.</summary>
    public CancellationToken Cancellation { get; init; }
}
