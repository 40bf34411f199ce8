using OneStep.Experiments;

namespace OneStep.Studies;

/// <summary>Counts what becomes of a study's cells and tells the listener; from any thread.</summary>
/// <param name="total">How many cells there are.</param>
/// <param name="flops">How much work a cell is.</param>
/// <param name="listener">Is told of everything, one event after the other.</param>
internal sealed class StudyTally(int total, Func<StudyCell, double> flops, IProgress<StudyProgress>? listener)
{
    private readonly Lock _lock = new();
    private readonly List<CellFailure> _failures = [];
    private readonly List<string> _warnings = [];
    private int _finished;
    private int _computed;
    private double _workDone;
    private double _workInAll;

    /// <summary>Notes a file that was set aside.</summary>
    public void Warn(string message)
    {
        lock (_lock)
        {
            _warnings.Add(message);
            Tell(StudyEvent.Warning, cell: null, message: message);
        }
    }

    /// <summary>Notes that another cell was looked for in the store.</summary>
    /// <param name="lookedFor">How many were, this one included.</param>
    /// <param name="isFinished">Whether this one is there.</param>
    public void Look(int lookedFor, bool isFinished)
    {
        lock (_lock)
        {
            _finished += isFinished ? 1 : 0;
            listener?.Report(StudyProgress.OfReading(lookedFor, total) with { Finished = _finished });
        }
    }

    /// <summary>Notes which cells are missing.</summary>
    public void Plan(IReadOnlyList<StudyCell> missing)
    {
        lock (_lock)
        {
            _finished = total - missing.Count;
            _workInAll = missing.Sum(flops);
            Tell(StudyEvent.Planned, cell: null);
        }
    }

    /// <summary>Notes that a cell was begun.</summary>
    public void Start(StudyCell cell)
    {
        lock (_lock)
        {
            Tell(StudyEvent.CellStarted, cell);
        }
    }

    /// <summary>Passes on how far a cell is.</summary>
    public IProgress<ExperimentProgress>? Listener(StudyCell cell) => listener is null ? null : new CellListener(this, cell);

    /// <summary>Notes that a cell was computed and kept.</summary>
    public void Finish(StudyCell cell) => End(StudyEvent.CellFinished, cell, isFinished: true, message: null);

    /// <summary>Notes that another process has computed a cell.</summary>
    public void Found(StudyCell cell) => End(StudyEvent.CellFound, cell, isFinished: true, message: null);

    /// <summary>Notes that a cell cannot be computed.</summary>
    public void Fail(StudyCell cell, string message) => End(StudyEvent.CellFailed, cell, isFinished: false, message);

    /// <summary>What has become of the study.</summary>
    public StudyOutcome Outcome()
    {
        lock (_lock)
        {
            return new(total, _finished, _computed, [.. _failures.OrderBy(f => f.Cell.Index)], [.. _warnings]);
        }
    }

    private void End(StudyEvent what, StudyCell cell, bool isFinished, string? message)
    {
        lock (_lock)
        {
            _finished += isFinished ? 1 : 0;
            _computed += what == StudyEvent.CellFinished ? 1 : 0;
            _workDone += flops(cell);
            if (message is not null)
            {
                _failures.Add(new(cell, message));
            }

            Tell(what, cell, message: message);
        }
    }

    private void Tell(StudyEvent what, StudyCell? cell, ExperimentProgress? stage = null, string? message = null) => listener?.Report(new(what)
    {
        Cell = cell,
        Stage = stage,
        Message = message,
        Total = total,
        Finished = _finished,
        WorkDone = _workDone,
        WorkInAll = _workInAll,
    });

    private sealed class CellListener(StudyTally tally, StudyCell cell) : IProgress<ExperimentProgress>
    {
        public void Report(ExperimentProgress value)
        {
            lock (tally._lock)
            {
                tally.Tell(StudyEvent.CellAdvanced, cell, value);
            }
        }
    }
}
