using OneStep.Data;

namespace OneStep.Experiments.Kinds;

/// <summary>One experiment of a kind: everything that determines its numbers.</summary>
public interface IMeasuredExperiment
{
    /// <summary>The kind.</summary>
    ExperimentKind Kind { get; }

    /// <summary>The seed of everything random.</summary>
    ulong Seed { get; }

    /// <summary>Every parameter but the seed in its shortest form, in the order of <see cref="ExperimentKind.Parameters"/>: equal
    /// experiments have equal entries.</summary>
    IReadOnlyList<KeyValuePair<string, string>> Entries { get; }

    /// <summary>Floating-point operations, estimated: what shards are balanced by.</summary>
    double Flops { get; }

    /// <summary>The memory it needs with one thread, in bytes, estimated.</summary>
    long NeededBytes { get; }

    /// <summary>Runs it. The numbers do not depend on the number of threads.</summary>
    /// <param name="images">The images; may be null where the kind needs none.</param>
    /// <param name="execution">Threads, memory, progress, cancellation.</param>
    /// <exception cref="OneStepException">The images do not fit the task, or there is not enough memory.</exception>
    Measurement Run(ImageDataset? images, ExperimentExecution execution);
}
