using OneStep.Attacks;

namespace OneStep.Experiments;

/// <summary>Tells an experiment's listener what an attack tells.</summary>
internal sealed class AttackRelay : IProgress<AttackProgress>
{
    private readonly IProgress<ExperimentProgress> _listener;
    private readonly ExperimentStage _stage;
    private readonly string? _method;

    private AttackRelay(IProgress<ExperimentProgress> listener, ExperimentStage stage, string? method)
    {
        _listener = listener;
        _stage = stage;
        _method = method;
    }

    /// <summary>How an attack runs as a stage of an experiment.</summary>
    /// <param name="execution">How the experiment runs.</param>
    /// <param name="stage">What the attack is called there.</param>
    /// <param name="method">Which of several attacks it is; null where there is one.</param>
    public static AttackExecution Execution(ExperimentExecution execution, ExperimentStage stage, string? method = null) => new()
    {
        Threads = execution.Threads,
        Cancellation = execution.Cancellation,
        Progress = execution.Progress is { } listener ? new AttackRelay(listener, stage, method) : null,
    };

    /// <inheritdoc/>
    public void Report(AttackProgress value)
    {
        bool verifies = _stage == ExperimentStage.Attack && value.Stage == FlipVerifier.Stage;
        _listener.Report(new(verifies ? ExperimentStage.Verify : _stage, value.Finished, value.Total) { Method = _method });
    }
}
