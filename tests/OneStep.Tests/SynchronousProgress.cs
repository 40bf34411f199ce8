namespace OneStep.Tests;

/// <summary>Tells of progress at once and on the reporting thread, which the framework's own class does not.</summary>
/// <typeparam name="T">What is reported.</typeparam>
internal sealed class SynchronousProgress<T>(Action<T> told) : IProgress<T>
{
    public void Report(T value) => told(value);
}
