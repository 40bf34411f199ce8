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
    /// <summary>Shows nothing.</summary>
    public static IStudyDisplay Silent { get; } = new SilentProgress();

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
        string done = $"{progress.Finished} of {NumberText.Count(progress.Total, "cell")}";
        return progress.WorkDone > 0 && progress.WorkDone < progress.WorkInAll
            ? $"{done}, about {NumberText.Seconds(elapsed.TotalSeconds * (progress.WorkInAll - progress.WorkDone) / progress.WorkDone)} left"
            : done;
    }

    private sealed class SilentProgress : IStudyDisplay, IProgress<StudyProgress>
    {
        public T Show<T>(Func<IProgress<StudyProgress>, T> work) => work(this);

        public void Report(StudyProgress value)
        {
        }
    }
}
