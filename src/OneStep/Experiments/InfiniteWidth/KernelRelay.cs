using OneStep.TangentKernel;

namespace OneStep.Experiments.InfiniteWidth;

/// <summary>Tells an experiment's listener what a fit tells.</summary>
internal sealed class KernelRelay : IProgress<KernelProgress>
{
    private readonly IProgress<ExperimentProgress> _listener;
    private readonly int _steps;

    private KernelRelay(IProgress<ExperimentProgress> listener, int steps) => (_listener, _steps) = (listener, steps);

    /// <summary>How a fit runs as a stage of an experiment.</summary>
    /// <param name="execution">How the experiment runs.</param>
    /// <param name="steps">The most steps of the fit.</param>
    public static KernelExecution Execution(ExperimentExecution execution, int steps) => new()
    {
        Threads = execution.Threads,
        Cancellation = execution.Cancellation,
        Progress = execution.Progress is { } listener ? new KernelRelay(listener, steps) : null,
    };

    /// <inheritdoc/>
    public void Report(KernelProgress value) => _listener.Report(new(ExperimentStage.Train, value.Step, _steps));
}
