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
    private string? _lastName;

    /// <inheritdoc/>
    public T Show<T>(Func<IProgress<ExperimentProgress>, T> work) => work(this);

    /// <inheritdoc/>
    public void Report(ExperimentProgress value)
    {
        lock (_lock)
        {
            string name = ProgressDisplay.Name(value);
            if (time.GetElapsedTime(_started) < Patience || !IsDue(name))
            {
                return;
            }

            _lastLine = time.GetTimestamp();
            _lastName = name;
            string detail = ProgressDisplay.Detail(value);
            writer.WriteLine(name + (detail.Length > 0 ? ": " + detail : string.Empty));
        }
    }

    private bool IsDue(string name) => _lastLine is not long last || _lastName != name || time.GetElapsedTime(last) >= Interval;
}
