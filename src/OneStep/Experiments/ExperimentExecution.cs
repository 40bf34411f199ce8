namespace OneStep.Experiments;

/// <summary>How an experiment is carried out; nothing here changes a number but the seconds.</summary>
public sealed record ExperimentExecution
{
    /// <summary>How many threads may be used.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>
    /// The memory that the network may take, in bytes: one that needs more is refused before any is asked for. Null, the
    /// default, refuses none. The library does not ask the machine; whoever runs an experiment knows what else runs there.
    /// </summary>
    public long? AvailableMemory { get; init; }

    /// <summary>The most bytes that the weights of an untrained network may take, more being drawn anew in every pass.
    /// Default 1 GiB.</summary>
    public long LargestUntrainedWeights { get; init; } = ExperimentMemory.LargestUntrainedWeights;

    /// <summary>Told as the experiment goes on, from the calling thread.</summary>
    public IProgress<ExperimentProgress>? Progress { get; init; }

    /// <summary>Ends the experiment early with an <see cref="OperationCanceledException"/>.</summary>
    public CancellationToken Cancellation { get; init; }
}
