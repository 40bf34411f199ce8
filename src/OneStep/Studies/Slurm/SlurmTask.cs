namespace OneStep.Studies.Slurm;

/// <summary>The cells that one task of an array computes, one after the other.</summary>
/// <param name="Keys">Their keys, in the order in which the study lists them; at least one.</param>
/// <param name="EstimatedSeconds">How long they take together, in seconds.</param>
public sealed record SlurmTask(IReadOnlyList<string> Keys, double EstimatedSeconds);
