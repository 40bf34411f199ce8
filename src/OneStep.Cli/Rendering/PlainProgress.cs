using OneStep.Experiments;

namespace OneStep.Cli.Rendering;

/// <summary>A line now and then, for work that takes more than a moment.</summary>
/// <param name="writer">Where the lines go.</param>
/// <param name="time">The clock.</param>
internal sealed class PlainProgress(TextWriter writer, TimeProvider time) : IProgressDisplay, IProgress<ExperimentProgress>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly long _started = time.GetTimestamp();
    private long? _lastLine;
    private ExperimentStage? _lastStage;

    /// <inheritdoc/>
    public T Show<T>(Func<IProgress<ExperimentProgress>, T> work) => work(this);

    /// <inheritdoc/>
    public void Report(ExperimentProgress value)
    {
        lock (_lock)
        {
            if (time.GetElapsedTime(_started) < Patience || !IsDue(value.Stage))
            {
                return;
            }

            _lastLine = time.GetTimestamp();
            _lastStage = value.Stage;
            string detail = ProgressDisplay.Detail(value);
            writer.WriteLine(ProgressDisplay.Name(value.Stage) + (detail.Length > 0 ? ": " + detail : string.Empty));
        }
    }

    private bool IsDue(ExperimentStage stage) => _lastLine is not long last || _lastStage != stage || time.GetElapsedTime(last) >= Interval;
}
