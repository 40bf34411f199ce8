using OneStep.Data;

namespace OneStep.Studies;

/// <summary>Makes every classification problem of a study once, and forgets it after the last cell that needs it.</summary>
/// <param name="dataset">The images.</param>
/// <param name="cells">The cells that will ask, each once; some need no problem.</param>
/// <param name="threads">How many threads may be used to make one.</param>
internal sealed class TaskCache(ImageDataset dataset, IEnumerable<StudyCell> cells, int threads)
{
    private readonly Lock _lock = new();

    private readonly Dictionary<TaskKey, Entry> _entries =
        cells.Select(cell => cell.Experiment.Task).OfType<TaskKey>().GroupBy(key => key).ToDictionary(group => group.Key, group => new Entry(dataset, group.Key, threads, group.Count()));

    /// <summary>The problem of a cell.</summary>
    /// <param name="key">The cell's <see cref="CellExperiment.Task"/>.</param>
    /// <exception cref="OneStepException">The data do not fit.</exception>
    public ClassificationTask Of(TaskKey key)
    {
        Entry entry;
        lock (_lock)
        {
            entry = _entries[key];
        }

        // Whoever comes first makes it; the others wait.
        return entry.Task.Value;
    }

    /// <summary>Notes that a cell will not ask again.</summary>
    /// <param name="key">The cell's <see cref="CellExperiment.Task"/>; null where it needs none.</param>
    public void Release(TaskKey? key)
    {
        if (key is null)
        {
            return;
        }

        lock (_lock)
        {
            if (--_entries[key].Users == 0)
            {
                _entries.Remove(key);
            }
        }
    }

    private sealed class Entry(ImageDataset dataset, TaskKey key, int threads, int users)
    {
        public Lazy<ClassificationTask> Task { get; } =
            new(() => ClassificationTaskBuilder.Build(dataset, key.Digits, key.Side, key.Antialias, key.Normalize, threads));

        public int Users { get; set; } = users;
    }
}
