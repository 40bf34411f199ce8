using OneStep.Studies;

namespace OneStep.Cli.Rendering;

/// <summary>A line now and then, for studies that take more than a moment; warnings and failures as they come.</summary>
/// <param name="writer">Where the lines go.</param>
/// <param name="time">The clock.</param>
internal sealed class PlainStudyProgress(TextWriter writer, TimeProvider time) : IStudyDisplay, IProgress<StudyProgress>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly long _begun = time.GetTimestamp();
    private long _planned = time.GetTimestamp();
    private long? _lastLine;

    /// <inheritdoc/>
    public T Show<T>(Func<IProgress<StudyProgress>, T> work) => work(this);

    /// <inheritdoc/>
    public void Report(StudyProgress value)
    {
        lock (_lock)
        {
            if (value.Event == StudyEvent.Planned)
            {
                _planned = time.GetTimestamp();
            }

            if (StudyDisplay.Sentence(value) is { } sentence)
            {
                writer.WriteLine(sentence);
                return;
            }

            if (time.GetElapsedTime(_begun) < Patience || (_lastLine is long last && time.GetElapsedTime(last) < Interval))
            {
                return;
            }

            _lastLine = time.GetTimestamp();
            string cell = value is { Cell: { } running, Stage: { } stage } ? $"; {running.Label}: {ProgressDisplay.Name(stage)}" : string.Empty;
            writer.WriteLine(StudyDisplay.Headline(value, time.GetElapsedTime(_planned)) + cell);
        }
    }
}
