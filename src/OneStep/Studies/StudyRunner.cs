using System.Diagnostics;
using OneStep.Data;
using OneStep.Experiments;
using OneStep.Numerics;

namespace OneStep.Studies;

/// <summary>
/// Computes the cells of a study that its store does not hold yet. A cell that cannot be computed is told of and left out;
/// a store that cannot be written ends the run, since nothing that is computed then would stay.
/// </summary>
/// <param name="plan">The study.</param>
/// <param name="dataset">The images that the plan was made for.</param>
/// <param name="store">Where finished cells are and go to.</param>
public sealed class StudyRunner(StudyPlan plan, ImageDataset dataset, CellStore store)
{
    /// <summary>Runs the study, or one part of it, to its end.</summary>
    /// <param name="execution">Threads, memory, part, progress, cancellation.</param>
    /// <exception cref="ArgumentException">The plan was made for other images.</exception>
    /// <exception cref="OneStepException">The store cannot be read or written, or a cell that was asked for is not in the study.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled; finished cells stay in the store.</exception>
    public StudyOutcome Run(StudyExecution execution)
    {
        ArgumentNullException.ThrowIfNull(execution);
        ArgumentOutOfRangeException.ThrowIfLessThan(execution.Threads, 1, nameof(execution));
        if (dataset.Fingerprint != plan.DatasetFingerprint)
        {
            throw new ArgumentException("The plan was made for other images.", nameof(execution));
        }

        var cost = new CellCost(dataset);
        IReadOnlyList<StudyCell> cells = Chosen(execution.Shard.Of(plan.Cells, cost.Flops), execution.Only);
        var tally = new StudyTally(cells.Count, cost.Flops, execution.Progress);
        foreach (string warning in store.Open(execution.Time))
        {
            tally.Warn(warning);
        }

        IReadOnlyList<StudyCell> missing = FindMissing(cells, tally, execution.Cancellation);
        tally.Plan(missing);
        IReadOnlyList<CellBatch> batches = CellSchedule.Of(missing, cost.Flops, execution);
        var tasks = new TaskCache(dataset, missing, execution.Threads);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(execution.Cancellation);
        foreach (CellBatch batch in batches)
        {
            WorkGrid.Run(batch.Cells.Count, batch.AtOnce, stop.Token, (item, _) =>
            {
                try
                {
                    RunCell(batch.Cells[item], batch.ThreadsEach, tasks, tally, execution, stop.Token);
                }
                catch
                {
                    // What the others compute could not be kept either.
                    stop.Cancel();
                    throw;
                }
            });
        }

        return tally.Outcome();
    }

    private static IReadOnlyList<StudyCell> Chosen(IReadOnlyList<StudyCell> cells, IReadOnlySet<string>? keys)
    {
        if (keys is null)
        {
            return cells;
        }

        StudyCell[] chosen = [.. cells.Where(cell => keys.Contains(cell.Key))];
        return chosen.Length == keys.Count
            ? chosen
            : throw new OneStepException(
                $"{keys.Count - chosen.Length} of the {keys.Count} cells asked for are not in the study: it, its data or the program have changed.");
    }

    private List<StudyCell> FindMissing(IReadOnlyList<StudyCell> cells, StudyTally tally, CancellationToken cancellation)
    {
        List<StudyCell> missing = [];
        for (int i = 0; i < cells.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            StudyCell cell = cells[i];
            bool isFinished = store.Contains(cell.Key, out string? damage);
            tally.Look(i + 1, isFinished);
            if (isFinished)
            {
                continue;
            }

            missing.Add(cell);
            if (damage is not null && store.SetAside(cell.Key, damage) is { } warning)
            {
                tally.Warn(warning);
            }
        }

        return missing;
    }

    private void RunCell(
        StudyCell cell, int threads, TaskCache tasks, StudyTally tally, StudyExecution execution, CancellationToken cancellation)
    {
        FinishedCell? finished = null;
        string? failure = null;
        long start = Stopwatch.GetTimestamp();
        CellProvenance Provenance() => new(execution.Version, execution.InstructionSet, threads, Stopwatch.GetElapsedTime(start).TotalSeconds);
        try
        {
            if (store.Contains(cell.Key, out _))
            {
                tally.Found(cell);
                return;
            }

            (finished, failure) = TryRun(cell, threads, tasks, tally, execution, cancellation);
        }
        finally
        {
            tasks.Release(cell.Experiment.Task);
        }

        if (finished is not null)
        {
            store.Write(finished, Provenance());
            tally.Finish(cell);
        }
        else if (failure is not null)
        {
            // Told first: a note that cannot be written ends the run.
            tally.Fail(cell, failure);
            store.WriteFailure(cell.Experiment, plan.DatasetFingerprint, failure, Provenance());
        }
    }

    private (FinishedCell? Finished, string? Failure) TryRun(
        StudyCell cell, int threads, TaskCache tasks, StudyTally tally, StudyExecution execution, CancellationToken cancellation)
    {
        tally.Start(cell);
        try
        {
            FinishedCell finished = cell.Experiment.Run(dataset, tasks, new ExperimentExecution
            {
                Threads = threads,
                AvailableMemory = execution.AvailableMemory,
                Progress = tally.Listener(cell),
                Cancellation = cancellation,
            });
            return (finished, null);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Whatever is wrong with this cell need not be wrong with the others.
            return (null, exception switch
            {
                OneStepException => exception.Message,
                OutOfMemoryException => "There is not enough memory.",
                _ => $"Unexpected error: {exception.Message.ReplaceLineEndings(" ")}",
            });
        }
    }
}
