namespace OneStep.Studies;

/// <summary>How a study is run; nothing here changes a number.</summary>
public sealed record StudyExecution
{
    /// <summary>How many threads may be used, at least 1.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>The memory that the networks may take together, in bytes; null where nobody knows.</summary>
    public long? AvailableMemory { get; init; }

    /// <summary>Which part of the study to run. Default all of it.</summary>
    public Shard Shard { get; init; } = Shard.Whole;

    /// <summary>The keys of the cells to run, for example those of one task of a cluster; null for all of the part.</summary>
    public IReadOnlySet<string>? Only { get; init; }

    /// <summary>Where in the order of the missing cells to begin: processes that share a store and begin in different
    /// places seldom compute the same cell.</summary>
    public int FirstCell { get; init; }

    /// <summary>The program's version, kept with every cell.</summary>
    public string Version { get; init; } = string.Empty;

    /// <summary>The widest vectors used, kept with every cell.</summary>
    public string InstructionSet { get; init; } = string.Empty;

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Told as the study goes on, from several threads.</summary>
    public IProgress<StudyProgress>? Progress { get; init; }

    /// <summary>Ends the study early with an <see cref="OperationCanceledException"/>; finished cells stay.</summary>
    public CancellationToken Cancellation { get; init; }
}
