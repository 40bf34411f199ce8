using OneStep.Experiments;
using OneStep.Studies;

namespace OneStep.Reproduction;

/// <summary>Tells one listener of all studies as if they were one: what is done and what is left counts over all of them.</summary>
/// <param name="plan">The plan.</param>
/// <param name="isFinished">Whether a cell was finished before.</param>
/// <param name="flops">How much work a cell is.</param>
/// <param name="listener">Is told, one event after the other.</param>
internal sealed class ReproductionRelay(ReproductionPlan plan, Func<StudyCell, bool> isFinished, Func<StudyCell, double> flops, IProgress<StudyProgress> listener)
{
    private readonly Func<StudyCell, double> _flops = flops;
    private readonly Lock _lock = new();
    private readonly HashSet<string> _worked = new(StringComparer.Ordinal);
    private int _finished;
    private double _workDone;
    private double _workInAll;

    /// <summary>Tells how much there is to do.</summary>
    public void Begin()
    {
        StudyCell[] missing = [.. plan.Cells.Where(cell => !isFinished(cell))];
        _finished = plan.Cells.Count - missing.Length;
        _workInAll = missing.Sum(_flops);
        Tell(new(StudyEvent.Planned) { Total = 0, Finished = 0, WorkDone = 0, WorkInAll = 0 });
    }

    /// <summary>The listener of one of the studies.</summary>
    public IProgress<StudyProgress> For(PlannedStudy study) => new StudyListener(this, study.Plan.Definition.Name);

    /// <summary>The listener of the network that is shown, which is no cell of a study: it counts nowhere.</summary>
    public IProgress<ExperimentProgress> ForShown() => new ShownListener(this);

    private int Total => plan.Cells.Count;

    private void Tell(StudyProgress progress) => listener.Report(progress with
    {
        Total = Total,
        Finished = _finished,
        WorkDone = _workDone,
        WorkInAll = _workInAll,
    });

    private sealed class StudyListener(ReproductionRelay relay, string study) : IProgress<StudyProgress>
    {
        public void Report(StudyProgress value)
        {
            // The store was looked through before the first study.
            if (value.Event is StudyEvent.CellRead or StudyEvent.Planned)
            {
                return;
            }

            lock (relay._lock)
            {
                if (value is { Event: StudyEvent.CellFinished or StudyEvent.CellFound or StudyEvent.CellFailed, Cell: { } cell })
                {
                    relay._finished += value.Event == StudyEvent.CellFailed ? 0 : 1;

                    // A cell that two studies share and that fails is tried in both; its work was planned once.
                    relay._workDone += relay._worked.Add(cell.Key) ? relay._flops(cell) : 0;
                }

                relay.Tell(value with { Cell = value.Cell is { } running ? running with { Label = $"{study} {running.Label}" } : null });
            }
        }
    }

    private sealed class ShownListener(ReproductionRelay relay) : IProgress<ExperimentProgress>
    {
        private readonly StudyCell _cell = new(relay.Total, string.Empty, "the network that is shown", new AttackCell(new()), []);

        public void Report(ExperimentProgress value)
        {
            lock (relay._lock)
            {
                relay.Tell(new(StudyEvent.CellAdvanced) { Cell = _cell, Stage = value, Total = 0, Finished = 0, WorkDone = 0, WorkInAll = 0 });
            }
        }
    }
}
