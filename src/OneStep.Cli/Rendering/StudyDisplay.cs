using OneStep.Studies;

namespace OneStep.Cli.Rendering;

/// <summary>Shows how a study goes on.</summary>
internal interface IStudyDisplay
{
    /// <summary>Does the work and shows what it reports, from whatever thread.</summary>
    T Show<T>(Func<IProgress<StudyProgress>, T> work);
}

/// <summary>Chooses how a study is shown.</summary>
internal static class StudyDisplay
{
    /// <summary>Shows no progress, but warnings and failures as they come.</summary>
    public static IStudyDisplay Silent(CliHost host) => new SilentProgress(host.Error);

    /// <summary>A live table in a terminal, lines now and then in a file or a pipe.</summary>
    public static IStudyDisplay For(CliHost host) =>
        host.ErrorTraits is { IsTerminal: true, HasAnsi: true }
            ? new LiveStudyProgress(TerminalConsole.Create(host.Error, host.ErrorTraits), TimeProvider.System)
            : new PlainStudyProgress(host.Error, TimeProvider.System);

    /// <summary>What is done and how long the rest will take, in words.</summary>
    /// <param name="progress">The latest report.</param>
    /// <param name="elapsed">The time since cells are being computed.</param>
    public static string Headline(StudyProgress progress, TimeSpan elapsed)
    {
        if (progress.Event == StudyEvent.CellRead)
        {
            return $"{progress.Read} of {NumberText.Count(progress.Total, "cell")} looked for";
        }

        string done = $"{progress.Finished} of {NumberText.Count(progress.Total, "cell")}";
        return progress.WorkDone > 0 && progress.WorkDone < progress.WorkInAll
            ? $"{done}, about {NumberText.Seconds(elapsed.TotalSeconds * (progress.WorkInAll - progress.WorkDone) / progress.WorkDone)} left"
            : done;
    }

    /// <summary>The sentence for a warning or a failure; null where there is nothing to tell. Displays write it at once, so that
    /// it is not lost however the program ends.</summary>
    public static string? Sentence(StudyProgress progress) => progress.Message is not { } message ? null
        : progress.Cell is { } cell ? $"The cell {cell.Label} failed: {message}"
        : $"Warning: {message}";

    private sealed class SilentProgress(TextWriter writer) : IStudyDisplay, IProgress<StudyProgress>
    {
        private readonly Lock _lock = new();

        public T Show<T>(Func<IProgress<StudyProgress>, T> work) => work(this);

        public void Report(StudyProgress value)
        {
            if (Sentence(value) is { } sentence)
            {
                lock (_lock)
                {
                    writer.WriteLine(sentence);
                }
            }
        }
    }
}
