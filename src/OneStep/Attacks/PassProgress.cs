using OneStep.Networks;

namespace OneStep.Attacks;

/// <summary>Tells passes that take long as finished inputs of a chunk, as many as the finished part of the pass.</summary>
internal sealed class PassProgress : IProgress<double>
{
    private readonly IProgress<AttackProgress> _listener;
    private readonly string _stage;
    private readonly int _total;
    private int _first;
    private int _length;
    private int _told;

    private PassProgress(IProgress<AttackProgress> listener, string stage, int total)
    {
        _listener = listener;
        _stage = stage;
        _total = total;
    }

    /// <summary>Listens to a workspace; null where nobody listens to the attack.</summary>
    public static PassProgress? Of(ScoreWorkspace workspace, AttackExecution execution, string stage, int total)
    {
        PassProgress? progress = execution.Progress is { } listener ? new(listener, stage, total) : null;
        workspace.Progress = progress;
        return progress;
    }

    /// <summary>What is done now.</summary>
    public void Enter(int first, int length)
    {
        _first = first;
        _length = length;
        _told = first;
    }

    /// <inheritdoc/>
    public void Report(double value)
    {
        // Never backwards: a call may take several passes. The last input is the caller's to tell.
        int finished = _first + (int)(value * Math.Max(_length - 1, 0));
        if (finished > _told)
        {
            _told = finished;
            _listener.Report(new(_stage, finished, _total));
        }
    }
}
