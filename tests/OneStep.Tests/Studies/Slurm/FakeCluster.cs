using OneStep.Studies.Slurm;

namespace OneStep.Tests.Studies.Slurm;

/// <summary>A cluster that takes every script and lets every task wait until a test says otherwise.</summary>
internal sealed class FakeCluster : ISlurmClient
{
    private readonly Dictionary<(string JobId, int Task), SlurmTaskState> _tasks = [];

    /// <summary>The scripts that were submitted.</summary>
    public List<string> Scripts { get; } = [];

    /// <summary>Job names that were asked for.</summary>
    public List<string> Asked { get; } = [];

    /// <summary>How many scripts are taken before the next is refused.</summary>
    public int Takes { get; init; } = int.MaxValue;

    /// <summary>Called whenever the queue is read.</summary>
    public Action? OnReadQueue { get; init; }

    /// <summary>Called with every script that is taken.</summary>
    public Action<string>? OnSubmit { get; init; }

    public int ReadMaxArraySize(CancellationToken cancellation) => 1001;

    public string Submit(SlurmScript script)
    {
        string scriptFile = script.Folder.ScriptFile;
        if (Scripts.Count == Takes)
        {
            throw new SlurmException("'sbatch' failed: no more jobs today.");
        }

        OnSubmit?.Invoke(scriptFile);
        Scripts.Add(File.ReadAllText(scriptFile));
        string job = $"{100 + Scripts.Count}";
        int tasks = File.ReadAllLines(Path.Combine(Path.GetDirectoryName(scriptFile)!, "tasks")).Length;
        for (int task = 0; task < tasks; task++)
        {
            _tasks[(job, task)] = SlurmTaskState.Pending;
        }

        return job;
    }

    public SlurmQueue ReadQueue(IReadOnlyCollection<string> jobNames, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        Asked.AddRange(jobNames);
        SlurmQueue queue = new(_tasks.Select(task => (task.Key.JobId, task.Key.Task, task.Value)));
        OnReadQueue?.Invoke();
        return queue;
    }

    /// <summary>A task begins.</summary>
    public void Begin(string job, int task) => _tasks[(job, task)] = SlurmTaskState.Running;

    /// <summary>A task ends, well or badly.</summary>
    public void End(string job, int task) => _tasks.Remove((job, task));
}
