using System.Collections.Concurrent;
using OneStep.Experiments;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace OneStep.Cli.Rendering;

/// <summary>A live display, one line a stage, which vanishes when the work is done.</summary>
/// <param name="console">The terminal.</param>
internal sealed class LiveProgress(IAnsiConsole console) : IProgressDisplay
{
    private const int BarWidth = 16;

    /// <inheritdoc/>
    public T Show<T>(Func<IProgress<ExperimentProgress>, T> work)
    {
        // Spectre draws from a thread of its own.
        var details = new ConcurrentDictionary<int, string>();
        return console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = BarWidth }, new DetailColumn(details))
            .Start(context => work(new Stages(context, details)));
    }

    private sealed class DetailColumn(ConcurrentDictionary<int, string> details) : ProgressColumn
    {
        protected override bool NoWrap => true;

        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
            new Text(details.GetValueOrDefault(task.Id, string.Empty)) { Overflow = Overflow.Ellipsis };
    }

    private sealed class Stages(ProgressContext context, ConcurrentDictionary<int, string> details) : IProgress<ExperimentProgress>
    {
        private readonly Lock _lock = new();
        private readonly Dictionary<string, ProgressTask> _tasks = [];
        private string? _current;

        public void Report(ExperimentProgress value)
        {
            lock (_lock)
            {
                ProgressTask task = TaskOf(ProgressDisplay.Name(value));
                task.MaxValue = Math.Max(1, value.Total);
                task.Value = value.Finished;
                details[task.Id] = ProgressDisplay.Detail(value);
            }
        }

        private ProgressTask TaskOf(string stage)
        {
            // Training may end long before its last possible step: the next stage tells that it has.
            if (_current is { } previous && previous != stage)
            {
                _tasks[previous].Value = _tasks[previous].MaxValue;
            }

            _current = stage;
            if (!_tasks.TryGetValue(stage, out ProgressTask? task))
            {
                task = context.AddTask(stage);
                _tasks.Add(stage, task);
            }

            return task;
        }
    }
}
