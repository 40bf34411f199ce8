using OneStep.Data;
using OneStep.Experiments;
using OneStep.Studies;

namespace OneStep.Reproduction;

/// <summary>What a reproduction will cost, known before it begins.</summary>
/// <param name="Cells">How many cells there are.</param>
/// <param name="Finished">How many of them the store holds already.</param>
/// <param name="Seconds">About how long the others will take.</param>
/// <param name="MemoryBytes">The most memory that networks will take at once.</param>
public sealed record ReproductionEstimate(int Cells, int Finished, double Seconds, long MemoryBytes)
{
    /// <summary>Looks which cells are missing and measures for a moment how fast the machine is.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="dataset">The images.</param>
    /// <param name="store">Where finished cells are.</param>
    /// <param name="execution">Threads, memory, cancellation.</param>
    /// <exception cref="OneStepException">An experiment does not fit into memory, or a file of the store cannot be read.</exception>
    public static ReproductionEstimate Of(ReproductionPlan plan, ImageDataset dataset, CellStore store, StudyExecution execution)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(execution);
        StudyCell[] missing = [.. plan.Cells.Where(cell =>
        {
            execution.Cancellation.ThrowIfCancellationRequested();
            return !store.Contains(cell.Key, out _);
        })];
        var cost = new CellCost(dataset);
        RequireMemory([.. missing.Select(cell => cell.Experiment), new AttackCell(plan.Representative)], execution.AvailableMemory);

        // More threads than processors only take turns.
        double speed = MachineSpeed.FlopsASecond(dataset, cost, execution.Cancellation) * Math.Min(execution.Threads, Environment.ProcessorCount);
        double flops = missing.Sum(cost.Flops) + cost.Flops(plan.Representative);
        long memory = CellSchedule.Of(missing, cost.Flops, execution).Select(BytesAtOnce)
            .Append(ExperimentMemory.NeededBytes(plan.Representative)).Max();
        return new(plan.Cells.Count, plan.Cells.Count - missing.Length, flops / speed, memory);
    }

    // The largest of a batch may be computed at the same time.
    private static long BytesAtOnce(CellBatch batch) =>
        batch.Cells.Select(cell => cell.Experiment.NeededBytes).OrderDescending().Take(batch.AtOnce).Sum();

    private static void RequireMemory(IEnumerable<CellExperiment> experiments, long? available) =>
        experiments.MaxBy(experiment => experiment.NeededBytes)!.RequireMemory(available);
}
