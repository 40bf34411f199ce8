namespace OneStep.Studies;

/// <summary>Cells that are computed side by side, so many at a time, each with so many threads.</summary>
/// <param name="Cells">The cells, in the order in which they are begun.</param>
/// <param name="AtOnce">How many are computed at the same time.</param>
/// <param name="ThreadsEach">How many threads each of them has.</param>
internal sealed record CellBatch(IReadOnlyList<StudyCell> Cells, int AtOnce, int ThreadsEach);

/// <summary>
/// Decides which cells are computed side by side. Cells with one thread each never wait for one another, so that is how small
/// ones are run; a large one gets all threads, because several would not fit into memory, and because the last of them would
/// leave the other threads idle for long.
/// </summary>
internal static class CellSchedule
{
    // About a minute on one thread: what the end of a study may be longer than need be.
    private const double LargeFlops = 1e12;

    // Inputs, gradients and the workspaces of attacks take as much again as the networks, in the worst case.
    private const int ShareOfMemory = 2;

    /// <summary>Puts cells into batches: the large ones, then the small ones, the costliest first within each.</summary>
    /// <param name="cells">The cells that are missing.</param>
    /// <param name="flops">How much work a cell is; see <see cref="CellCost"/>.</param>
    /// <param name="execution">Threads, memory, and where to begin.</param>
    public static IReadOnlyList<CellBatch> Of(IReadOnlyList<StudyCell> cells, Func<StudyCell, double> flops, StudyExecution execution)
    {
        long memoryEach = (execution.AvailableMemory ?? long.MaxValue) / ShareOfMemory / execution.Threads;
        bool IsSmall(StudyCell cell) => flops(cell) <= LargeFlops && cell.Experiment.NeededBytes <= memoryEach;
        StudyCell[] costliestFirst = [.. cells.OrderByDescending(flops).ThenBy(c => c.Index)];
        StudyCell[] large = Rotated([.. costliestFirst.Where(c => !IsSmall(c))], execution.FirstCell);
        StudyCell[] small = Rotated([.. costliestFirst.Where(IsSmall)], execution.FirstCell);
        List<CellBatch> batches = [];
        if (large.Length > 0)
        {
            batches.Add(new(large, 1, execution.Threads));
        }

        if (small.Length > 0)
        {
            int atOnce = Math.Min(execution.Threads, small.Length);
            batches.Add(new(small, atOnce, execution.Threads / atOnce));
        }

        return batches;
    }

    private static StudyCell[] Rotated(StudyCell[] cells, int first)
    {
        int start = cells.Length == 0 ? 0 : (int)((uint)first % cells.Length);
        return [.. cells[start..], .. cells[..start]];
    }
}
