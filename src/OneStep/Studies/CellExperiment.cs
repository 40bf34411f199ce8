using System.Text.Json;
using OneStep.Data;
using OneStep.Experiments;

namespace OneStep.Studies;

/// <summary>The experiment of a cell: an <see cref="AttackCell"/> or a <see cref="MeasuredCell"/>.</summary>
public abstract record CellExperiment
{
    private protected CellExperiment()
    {
    }

    /// <summary>What it is an experiment of.</summary>
    public abstract CellKind Kind { get; }

    /// <summary>The seed of everything random.</summary>
    public abstract ulong Seed { get; }

    /// <summary>Every parameter, the seed included, in its shortest form and a fixed order.</summary>
    public abstract IReadOnlyList<KeyValuePair<string, string>> Entries { get; }

    /// <summary>The parameters of the attack on a trained network.</summary>
    /// <exception cref="InvalidOperationException">It is an experiment of another kind.</exception>
    internal virtual ExperimentParameters AttackParameters => throw new InvalidOperationException($"The experiment {Kind.Name} is no attack on a trained network.");

    /// <summary>The memory that it needs with one thread, in bytes, estimated.</summary>
    internal abstract long NeededBytes { get; }

    /// <summary>Refuses the experiment where it does not fit.</summary>
    /// <param name="availableBytes">What there is; null where nobody knows.</param>
    /// <exception cref="OneStepException">It does not fit; the message says both numbers.</exception>
    internal abstract void RequireMemory(long? availableBytes);

    /// <summary>The problem made of images that it shares with other cells; null where there is none.</summary>
    internal virtual TaskKey? Task => null;

    /// <summary>Floating-point operations, estimated.</summary>
    internal abstract double Flops(CellCost cost);

    /// <summary>Computes the cell.</summary>
    /// <param name="images">The images that the study's plan was made for.</param>
    /// <param name="tasks">Makes <see cref="Task"/>.</param>
    /// <param name="execution">Threads, memory, progress, cancellation.</param>
    /// <exception cref="OneStepException">The data do not fit, there is not enough memory, or training diverged.</exception>
    internal abstract FinishedCell Run(ImageDataset images, TaskCache tasks, ExperimentExecution execution);

    /// <summary>Reads the numbers of an attack back; null for other kinds.</summary>
    internal virtual ExperimentResult? ReadResult(JsonElement json) => null;
}
