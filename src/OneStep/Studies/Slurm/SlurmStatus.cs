namespace OneStep.Studies.Slurm;

/// <summary>How far a cell has come on the cluster.</summary>
public enum SlurmCellState
{
    /// <summary>It was never submitted.</summary>
    Missing,

    /// <summary>Its task waits in the queue.</summary>
    Pending,

    /// <summary>Its task runs.</summary>
    Running,

    /// <summary>Its result is in the store.</summary>
    Finished,

    /// <summary>It was submitted, its task is over, and there is no result.</summary>
    Failed,
}

/// <summary>
/// How far each cell of a study has come. Finished is what has a result, whoever computed it; pending or running is what a
/// task in the queue is to compute; failed is what was submitted and is neither. Slurm's accounting is not asked: not every
/// cluster has it, and a result counts, not how a job ended.
/// </summary>
public sealed class SlurmStatus
{
    private readonly Dictionary<string, SlurmCellState> _states;

    private SlurmStatus(IReadOnlyList<string> keys, Dictionary<string, SlurmCellState> states)
    {
        Keys = keys;
        _states = states;
    }

    /// <summary>The keys of all cells, in the order of the study.</summary>
    public IReadOnlyList<string> Keys { get; }

    /// <summary>How far a cell has come.</summary>
    /// <exception cref="KeyNotFoundException">The study has no such cell.</exception>
    public SlurmCellState this[string key] => _states[key];

    /// <summary>Reads how far a study has come.</summary>
    /// <param name="study">The study.</param>
    /// <param name="keys">The keys of all of its cells.</param>
    /// <param name="finished">Whether the cell of a key has its result now.</param>
    /// <param name="client">The cluster; null where there is none to ask. What was submitted elsewhere may still run there, so cells
    /// are then finished or missing, never failed.</param>
    /// <param name="cancellation">Ends the work early with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="OneStepException">The store cannot be read, or the cluster does not answer.</exception>
    public static SlurmStatus Read(
        SlurmStudy study, IReadOnlyList<string> keys, Func<string, bool> finished, ISlurmClient? client, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(study);
        SlurmArray[] arrays = client is null ? [] : [.. SlurmArrayFolder.In(study.Store).Select(folder => folder.Read()).OfType<SlurmArray>()];

        // Studies that share a store share cells, so the jobs of all of them count, whatever they are called.
        string[] names = [.. arrays.Select(array => array.JobName).Distinct(StringComparer.Ordinal)];
        SlurmQueue queue = client is null || names.Length == 0 ? SlurmQueue.Empty : client.ReadQueue(names, cancellation);
        return Of(keys, finished, arrays, queue);
    }

    /// <summary>Puts together what is known.</summary>
    /// <param name="keys">The keys of all cells.</param>
    /// <param name="finished">Whether the cell of a key has its result. Must be asked after the queue was: the other way round, a
    /// task that ends between the two questions seems to have failed.</param>
    /// <param name="arrays">The arrays that were submitted for the store.</param>
    /// <param name="queue">The tasks that are not over.</param>
    public static SlurmStatus Of(IReadOnlyList<string> keys, Func<string, bool> finished, IReadOnlyList<SlurmArray> arrays, SlurmQueue queue)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(finished);
        ArgumentNullException.ThrowIfNull(arrays);
        ArgumentNullException.ThrowIfNull(queue);
        Dictionary<string, SlurmCellState> submitted = OfTasks(arrays, queue);
        var states = new Dictionary<string, SlurmCellState>(StringComparer.Ordinal);
        foreach (string key in keys)
        {
            states[key] = finished(key) ? SlurmCellState.Finished : submitted.GetValueOrDefault(key, SlurmCellState.Missing);
        }

        return new SlurmStatus(keys, states);
    }

    /// <summary>How many cells have come that far.</summary>
    public int Count(SlurmCellState state) => Keys.Count(key => _states[key] == state);

    /// <summary>Whether a submission is to include a cell: it has no result, and no task will compute it.</summary>
    public bool IsToSubmit(string key) => this[key] is SlurmCellState.Missing or SlurmCellState.Failed;

    private static Dictionary<string, SlurmCellState> OfTasks(IReadOnlyList<SlurmArray> arrays, SlurmQueue queue)
    {
        var states = new Dictionary<string, SlurmCellState>(StringComparer.Ordinal);
        foreach (SlurmArray array in arrays)
        {
            for (int task = 0; task < array.Tasks.Count; task++)
            {
                SlurmCellState state = queue.StateOf(array.JobId, task) switch
                {
                    SlurmTaskState.Running => SlurmCellState.Running,
                    SlurmTaskState.Pending => SlurmCellState.Pending,
                    _ => SlurmCellState.Failed,
                };

                // A cell may have been submitted several times; what runs says more than what waits, and that more than what is over.
                foreach (string key in array.Tasks[task])
                {
                    states[key] = states.TryGetValue(key, out SlurmCellState other) && Hope(other) > Hope(state) ? other : state;
                }
            }
        }

        return states;
    }

    private static int Hope(SlurmCellState state) => state switch
    {
        SlurmCellState.Running => 2,
        SlurmCellState.Pending => 1,
        _ => 0,
    };
}
