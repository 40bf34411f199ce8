namespace OneStep.Studies.Slurm;

/// <summary>An array that was submitted.</summary>
/// <param name="JobId">The number that Slurm gave it.</param>
/// <param name="JobName">The name under which it stands in the queue.</param>
/// <param name="Tasks">The keys of the cells of each task, in the order of the array indices.</param>
public sealed record SlurmArray(string JobId, string JobName, IReadOnlyList<IReadOnlyList<string>> Tasks);
