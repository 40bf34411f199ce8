using OneStep.Studies;

namespace OneStep.Cli.Verbs;

/// <summary>Keeps what a study tells besides its progress, warnings and failures, until it can be shown.</summary>
internal sealed class StudyMessages
{
    private readonly Lock _lock = new();
    private readonly List<string> _lines = [];

    /// <summary>Keeps the messages among the reports and passes every report on.</summary>
    public IProgress<StudyProgress> Forwarding(IProgress<StudyProgress> display) => new Listener(this, display);

    /// <summary>Writes the messages, a line each.</summary>
    public void WriteTo(TextWriter writer)
    {
        lock (_lock)
        {
            foreach (string line in _lines)
            {
                writer.WriteLine(line);
            }
        }
    }

    private sealed class Listener(StudyMessages messages, IProgress<StudyProgress> display) : IProgress<StudyProgress>
    {
        public void Report(StudyProgress value)
        {
            if (value.Message is { } message)
            {
                lock (messages._lock)
                {
                    messages._lines.Add(value.Cell is { } cell ? $"The cell {cell.Label} failed: {message}" : $"Warning: {message}");
                }
            }

            display.Report(value);
        }
    }
}
