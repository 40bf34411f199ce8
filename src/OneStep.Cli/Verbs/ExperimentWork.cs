using OneStep.Cli.Rendering;
using OneStep.Experiments;

namespace OneStep.Cli.Verbs;

/// <summary>Runs an experiment for a verb: with the threads and the memory there are, under the eyes of a person.</summary>
internal static class ExperimentWork
{
    /// <summary>Runs it.</summary>
    /// <typeparam name="T">What it finds.</typeparam>
    /// <param name="host">The terminal.</param>
    /// <param name="threads">How many threads may be used.</param>
    /// <param name="showProgress">Whether progress is shown.</param>
    /// <param name="cancellation">Interrupts it.</param>
    /// <param name="work">The experiment.</param>
    public static T Run<T>(CliHost host, int threads, bool showProgress, CancellationToken cancellation, Func<ExperimentExecution, T> work)
    {
        cancellation.ThrowIfCancellationRequested();
        IProgressDisplay display = showProgress ? ProgressDisplay.For(host) : ProgressDisplay.Silent;
        return display.Show(progress => work(new ExperimentExecution
        {
            Threads = threads,
            AvailableMemory = AvailableMemory.Bytes(),
            Progress = host.Activity.Forwarding(progress),
            Cancellation = cancellation,
        }));
    }
}
