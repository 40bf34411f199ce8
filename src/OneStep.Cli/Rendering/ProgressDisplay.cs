using OneStep.Experiments;

namespace OneStep.Cli.Rendering;

/// <summary>Shows progress while work is done.</summary>
internal interface IProgressDisplay
{
    /// <summary>Does the work and shows what it reports, from whatever thread.</summary>
    T Show<T>(Func<IProgress<ExperimentProgress>, T> work);
}

/// <summary>Chooses how progress is shown, and the words for it.</summary>
internal static class ProgressDisplay
{
    /// <summary>Shows nothing.</summary>
    public static IProgressDisplay Silent { get; } = new SilentProgress();

    /// <summary>A live display in a terminal, lines now and then in a file or a pipe.</summary>
    public static IProgressDisplay For(CliHost host) =>
        host.ErrorTraits is { IsTerminal: true, HasAnsi: true }
            ? new LiveProgress(TerminalConsole.Create(host.Error, host.ErrorTraits))
            : new PlainProgress(host.Error, TimeProvider.System);

    /// <summary>The name of what is being done.</summary>
    public static string Name(ExperimentProgress progress) => progress.Method ?? progress.Stage switch
    {
        ExperimentStage.Data => "data",
        ExperimentStage.Initialize => "drawing W0",
        ExperimentStage.Train => "training",
        ExperimentStage.Attack => "attacking",
        ExperimentStage.Verify => "verifying",
        ExperimentStage.RobustAccuracy => "attacking within budgets",
        ExperimentStage.Networks => "random networks",
        _ => "attacking harder",
    };

    /// <summary>How far a stage is, in words.</summary>
    public static string Detail(ExperimentProgress progress)
    {
        if (progress.Stage is ExperimentStage.Data or ExperimentStage.Initialize)
        {
            return string.Empty;
        }

        if (progress.Stage != ExperimentStage.Train)
        {
            return $"{progress.Finished} of {NumberText.Count(progress.Total, progress.Stage == ExperimentStage.Networks ? "network" : "image")}";
        }

        string loss = progress.Loss is double value ? $", loss {NumberText.Significant(value)}" : string.Empty;
        string deviation = progress.Deviation is double moved ? $", moved {NumberText.Significant(moved)}" : string.Empty;
        string radius = progress.Radius is double limit && deviation.Length > 0 ? $" of {NumberText.Significant(limit)}" : string.Empty;
        return $"{NumberText.Count(progress.Finished, "step")}{loss}{deviation}{radius}";
    }

    private sealed class SilentProgress : IProgressDisplay, IProgress<ExperimentProgress>
    {
        public T Show<T>(Func<IProgress<ExperimentProgress>, T> work) => work(this);

        public void Report(ExperimentProgress value)
        {
        }
    }
}
