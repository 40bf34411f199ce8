using OneStep.Networks;

namespace OneStep.Attacks;

/// <summary>Tells passes that take long as finished inputs of a chunk, as many as the finished part of the pass.</summary>
internal sealed class PassProgress : IProgress<double>
{
    private readonly IProgress<AttackProgress> _listener;
    private readonly string _stage;
    private readonly int _total;
    private readonly double _from;
    private readonly double _share;
    private int _first;
    private int _length;
    private int _told;

    private PassProgress(IProgress<AttackProgress> listener, string stage, int total, double from, double share)
    {
        _listener = listener;
        _stage = stage;
        _total = total;
        _from = from;
        _share = share;
    }

    /// <summary>Listens to a workspace; null where nobody listens to the attack.</summary>
    /// <param name="workspace">The workspace whose passes are told.</param>
    /// <param name="execution">Who listens.</param>
    /// <param name="stage">What the work is called.</param>
    /// <param name="total">How many inputs the stage has.</param>
    /// <param name="from">The part of the stage that is done before, 0 to 1.</param>
    /// <param name="to">The part that is done behind <paramref name="count"/> inputs.</param>
    /// <param name="count">How many inputs are passed over; the total where it is not given.</param>
    public static PassProgress? Of(
        ScoreWorkspace workspace, AttackExecution execution, string stage, int total, double from = 0, double to = 1, int? count = null)
    {
        PassProgress? progress = execution.Progress is { } listener
            ? new(listener, stage, total, from * total, (to - from) * total / Math.Max(count ?? total, 1))
            : null;
        workspace.Progress = progress;
        return progress;
    }

    /// <summary>What is done now: that many inputs behind the first ones.</summary>
    public void Enter(int first, int length)
    {
        _first = first;
        _length = length;
    }

    /// <summary>Tells that so many inputs are finished.</summary>
    public void Finish(int inputs) => Tell(inputs);

    /// <inheritdoc/>
    public void Report(double value) => Tell(_first + (value * Math.Max(_length - 1, 0)));

    // Never backwards: a call may take several passes. The last input of a chunk is the caller's to tell.
    private void Tell(double inputs)
    {
        int finished = (int)(_from + (inputs * _share) + 1e-6);
        if (finished > _told)
        {
            _told = finished;
            _listener.Report(new(_stage, finished, _total));
        }
    }
}
