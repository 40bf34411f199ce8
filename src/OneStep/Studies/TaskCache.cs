using OneStep.Data;
using OneStep.Experiments;

namespace OneStep.Studies;

/// <summary>Makes every two-class problem of a study once, and forgets it after the last cell that needs it.</summary>
/// <param name="dataset">The images.</param>
/// <param name="cells">The cells that will ask, each once.</param>
/// <param name="threads">How many threads may be used to make one.</param>
internal sealed class TaskCache(ImageDataset dataset, IEnumerable<StudyCell> cells, int threads)
{
    private readonly Lock _lock = new();

    private readonly Dictionary<TaskKey, Entry> _entries =
        cells.GroupBy(cell => TaskKey.Of(cell.Parameters)).ToDictionary(group => group.Key, group => new Entry(dataset, group.Key, threads, group.Count()));

    /// <summary>The problem of a cell.</summary>
    /// <exception cref="OneStepException">The data do not fit.</exception>
    public ClassificationTask Of(StudyCell cell)
    {
        Entry entry;
        lock (_lock)
        {
            entry = _entries[TaskKey.Of(cell.Parameters)];
        }

        // Whoever comes first makes it; the others wait.
        return entry.Task.Value;
    }

    /// <summary>Notes that a cell will not ask again.</summary>
    public void Release(StudyCell cell)
    {
        TaskKey key = TaskKey.Of(cell.Parameters);
        lock (_lock)
        {
            if (--_entries[key].Users == 0)
            {
                _entries.Remove(key);
            }
        }
    }

    private sealed record TaskKey(ClassSplit Digits, int Side, bool Antialias, bool Normalize)
    {
        public static TaskKey Of(ExperimentParameters parameters) =>
            new(parameters.Digits, parameters.Side, parameters.Antialias, parameters.Normalize);
    }

    private sealed class Entry(ImageDataset dataset, TaskKey key, int threads, int users)
    {
        public Lazy<ClassificationTask> Task { get; } =
            new(() => ClassificationTaskBuilder.Build(dataset, key.Digits, key.Side, key.Antialias, key.Normalize, threads));

        public int Users { get; set; } = users;
    }
}
