using OneStep.Experiments;
using OneStep.Studies;

namespace OneStep.Cli;

/// <summary>Remembers what the program is doing, so that an interruption can say what it interrupted.</summary>
internal sealed class RunActivity
{
    private readonly List<string> _written = [];
    private readonly Lock _lock = new();
    private readonly Lock _writingLock = new();
    private ExperimentProgress? _latest;
    private readonly List<string> _jobs = [];
    private string? _doing;
    private StudyProgress? _study;
    private string? _store;

    /// <summary>The sentence for a program that was interrupted now.</summary>
    public string InterruptionSentence
    {
        get
        {
            lock (_lock)
            {
                if (_store is not null)
                {
                    string cells = _study is { } p ? $"with {p.Finished} of {Count(p.Total, "cell")} finished" : "while looking for finished cells";
                    return $"Interrupted {cells}; what is finished stays in {_store}.";
                }

                if (_jobs.Count > 0)
                {
                    return $"Interrupted while {Doing()}; {(_jobs.Count == 1 ? "job" : "jobs")} {string.Join(" and ", _jobs)} {(_jobs.Count == 1 ? "was" : "were")} submitted before and will run.";
                }

                string kept = _written.Count == 0 ? "nothing was written" : $"{string.Join(" and ", _written)} was written before";
                return $"Interrupted while {Doing()}; {kept}.";
            }
        }
    }

    /// <summary>Remembers every report and passes it on to <paramref name="display"/>.</summary>
    public IProgress<ExperimentProgress> Forwarding(IProgress<ExperimentProgress> display) => new Listener(this, display);

    /// <summary>Remembers every report of a study and passes it on to <paramref name="display"/>.</summary>
    /// <param name="display">Where reports go.</param>
    /// <param name="store">Where finished cells stay.</param>
    public IProgress<StudyProgress> Forwarding(IProgress<StudyProgress> display, string store)
    {
        lock (_lock)
        {
            _store = store;
        }

        return new StudyListener(this, display);
    }

    /// <summary>Writes a file and remembers that it is there.</summary>
    public void Writing(string path, Action write)
    {
        Doing($"writing {path}", write);
        lock (_lock)
        {
            _written.Add(path);
        }
    }

    /// <summary>Submits jobs and remembers their numbers, which are reported one by one.</summary>
    public void Submitting(Action<IProgress<string>> submit) => Doing("submitting job arrays", () => submit(new JobListener(this)));

    /// <summary>Waits while a file is being written or a job is being submitted, so that ending the process leaves no part of a
    /// file behind, and no job that nobody knows of.</summary>
    public void WaitForWriting(TimeSpan patience)
    {
        if (_writingLock.TryEnter(patience))
        {
            _writingLock.Exit();
        }
    }

    private void Doing(string what, Action action)
    {
        lock (_lock)
        {
            _doing = what;
        }

        lock (_writingLock)
        {
            action();
        }

        // Not after a failure: the sentence is to tell what was interrupted.
        lock (_lock)
        {
            _doing = null;
        }
    }

    private string Doing()
    {
        if (_doing is not null)
        {
            return _doing;
        }

        return _latest switch
        {
            null or { Stage: ExperimentStage.Data } => "reading the data",
            { Stage: ExperimentStage.Initialize } => "drawing the initial weights",
            { Stage: ExperimentStage.Train } p => $"training after {Count(p.Finished, "step")}",
            { Method: { } method } p => $"running {method} after {p.Finished} of {Count(p.Total, "image")}",
            { Stage: ExperimentStage.Attack } p => $"attacking after {p.Finished} of {Count(p.Total, "image")}",
            { Stage: ExperimentStage.Verify } p => $"verifying after {p.Finished} of {Count(p.Total, "image")}",
            { Stage: ExperimentStage.RobustAccuracy } p => $"attacking within budgets after {p.Finished} of {Count(p.Total, "image")}",
            { Stage: ExperimentStage.Networks } p => $"measuring after {p.Finished} of {Count(p.Total, "random network")}",
            { } p => $"running the stronger attacks after {p.Finished} of {Count(p.Total, "image")}",
        };
    }

    private static string Count(int number, string noun) => number == 1 ? $"1 {noun}" : $"{number} {noun}s";

    // Progress<T> would post to the thread pool, which the work keeps busy, and deliver out of order.
    private sealed class Listener(RunActivity activity, IProgress<ExperimentProgress> display) : IProgress<ExperimentProgress>
    {
        public void Report(ExperimentProgress value)
        {
            lock (activity._lock)
            {
                activity._latest = value;
            }

            display.Report(value);
        }
    }

    private sealed class JobListener(RunActivity activity) : IProgress<string>
    {
        public void Report(string value)
        {
            lock (activity._lock)
            {
                activity._jobs.Add(value);
            }
        }
    }

    private sealed class StudyListener(RunActivity activity, IProgress<StudyProgress> display) : IProgress<StudyProgress>
    {
        public void Report(StudyProgress value)
        {
            lock (activity._lock)
            {
                activity._study = value.Event is StudyEvent.Warning or StudyEvent.CellRead ? activity._study : value;
            }

            display.Report(value);
        }
    }
}
