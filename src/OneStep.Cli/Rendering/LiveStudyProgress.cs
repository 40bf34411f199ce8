using OneStep.Experiments;
using OneStep.Studies;
using Spectre.Console;

namespace OneStep.Cli.Rendering;

/// <summary>A live table of the cells that are running, which vanishes when the study is done; warnings and failures stay above
/// it.</summary>
/// <param name="console">The terminal.</param>
/// <param name="time">The clock.</param>
internal sealed class LiveStudyProgress(IAnsiConsole console, TimeProvider time) : IStudyDisplay
{
    /// <inheritdoc/>
    public T Show<T>(Func<IProgress<StudyProgress>, T> work) =>
        console.Live(new Text("looking for finished cells"))
            .AutoClear(true)
            .Start(context => work(new Board(console, context, time)));

    private sealed class Board(IAnsiConsole console, LiveDisplayContext context, TimeProvider time) : IProgress<StudyProgress>
    {
        // Faster than a person reads, and no burden on the terminal.
        private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

        private readonly Lock _lock = new();
        private readonly SortedDictionary<int, (StudyCell Cell, ExperimentProgress? Stage)> _running = [];
        private long _planned = time.GetTimestamp();
        private long? _drawn;
        private int _failed;

        public void Report(StudyProgress value)
        {
            lock (_lock)
            {
                Note(value);
                if (StudyDisplay.Sentence(value) is { } sentence)
                {
                    console.Write(new Text(sentence + "\n"));
                }

                bool isUrgent = value.Event is StudyEvent.Planned or StudyEvent.CellFailed;
                if (!isUrgent && _drawn is long last && time.GetElapsedTime(last) < Interval)
                {
                    return;
                }

                _drawn = time.GetTimestamp();
                context.UpdateTarget(Draw(value));
            }
        }

        private void Note(StudyProgress value)
        {
            switch (value)
            {
                case { Event: StudyEvent.Planned }:
                    _planned = time.GetTimestamp();
                    break;
                case { Event: StudyEvent.CellStarted or StudyEvent.CellAdvanced, Cell: { } cell }:
                    _running[cell.Index] = (cell, value.Stage);
                    break;
                case { Cell: { } cell }:
                    _running.Remove(cell.Index);
                    _failed += value.Event == StudyEvent.CellFailed ? 1 : 0;
                    break;
            }
        }

        private Rows Draw(StudyProgress value)
        {
            string failed = _failed == 0 ? string.Empty : $", {_failed} failed";
            var table = new Table { Border = TableBorder.None, ShowHeaders = false };
            table.AddColumn(new TableColumn(string.Empty) { NoWrap = true });
            table.AddColumn(new TableColumn(string.Empty) { NoWrap = true });
            table.AddColumn(new TableColumn(string.Empty) { NoWrap = true });
            foreach ((StudyCell cell, ExperimentProgress? stage) in _running.Values)
            {
                string name = stage is null ? string.Empty : ProgressDisplay.Name(stage);
                string detail = stage is null ? string.Empty : ProgressDisplay.Detail(stage);
                table.AddRow(new Text(cell.Label), new Text(name), new Text(detail) { Overflow = Overflow.Ellipsis });
            }

            var headline = new Text(StudyDisplay.Headline(value, time.GetElapsedTime(_planned)) + failed, new Style(decoration: Decoration.Bold));
            return new Rows(headline, table);
        }
    }
}
