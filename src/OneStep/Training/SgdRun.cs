using OneStep.Data;
using OneStep.Networks;
using OneStep.Numerics;

namespace OneStep.Training;

/// <summary>
/// One run of minibatch SGD inside a lazy ball, wherever the minibatches come from: what plain and adversarial training
/// have in common.
/// </summary>
internal sealed class SgdRun : IDisposable
{
    private readonly TrainingOptions _options;
    private readonly TwoLayerNetwork _network;
    private readonly LazyBall _ball;
    private readonly LabelledInputs _examples;
    private readonly IMinibatchSource _source;
    private readonly RobustWatch? _watch;
    private readonly TrainingExecution _execution;
    private readonly SgdPass _pass;
    private readonly TrainingTrace _trace;
    private Minibatch _current;
    private Minibatch _next;
    private bool _reachedBall;

    private SgdRun(
        TrainingOptions options, TwoLayerNetwork network, LazyBall ball, LabelledInputs examples, TrainingExecution execution, IMinibatchSource source, RobustWatch? watch)
    {
        _options = options;
        _network = network;
        _ball = ball;
        _examples = examples;
        _source = source;
        _watch = watch;
        _execution = execution;
        int capacity = CapacityOf(options, examples);
        _pass = new(network, ball, options.Ball == BallMode.Project, capacity, execution.Threads);
        _current = source.CreateMinibatch(network.Weights.PanelCount);
        _next = source.CreateMinibatch(network.Weights.PanelCount);
        _trace = new(options.EvaluationInterval, source.Batches, () => ball.Deviation(network.Weights, execution.Threads));
    }

    /// <summary>Trains a network in place; see <see cref="LazyTrainer.Train"/>.</summary>
    /// <param name="options">How to train.</param>
    /// <param name="network">The network, at its initial weights.</param>
    /// <param name="radius">V, the radius of the ball around the weights as they are now; not negative.</param>
    /// <param name="examples">The training set, at least one example.</param>
    /// <param name="execution">Threads, progress, cancellation.</param>
    /// <param name="createSource">Makes the source of minibatches of so many examples at most.</param>
    /// <param name="watch">Looks at the network at the end of every epoch and may end training; null for nobody.</param>
    public static TrainedNetwork Train(
        TrainingOptions options,
        TwoLayerNetwork network,
        double radius,
        LabelledInputs examples,
        TrainingExecution execution,
        Func<int, IMinibatchSource> createSource,
        RobustWatch? watch = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        LabelledInputs.RequireTwoClasses(examples);
        ArgumentNullException.ThrowIfNull(examples);
        ArgumentNullException.ThrowIfNull(execution);
        ArgumentOutOfRangeException.ThrowIfZero(examples.Count, nameof(examples));
        options.Validate();
        PackedWeights initial = network.Weights.Clone();
        try
        {
            var ball = new LazyBall(initial, radius);
            using IMinibatchSource source = createSource(CapacityOf(options, examples));
            using var run = new SgdRun(options, network, ball, examples, execution, source, watch);
            return new(network, initial, run.ToTheEnd());
        }
        catch
        {
            initial.Dispose();
            throw;
        }
    }

    private static int CapacityOf(TrainingOptions options, LabelledInputs examples) => Math.Min(options.Batch, examples.Count);

    private TrainingSummary ToTheEnd()
    {
        int maximumSteps = TrainingSteps.Count(_options.Epochs, _source.Batches);
        int step = 0;
        bool ended = false;
        Fill(_current, step);
        _pass.Step(update: null, _current, _execution.Cancellation);
        while (!ended)
        {
            _trace.Visit(_current);
            Require(_current.HasFiniteScores, step);
            SetCoefficients(_current);
            Require(SgdPass.CanTake(_current), step);
            ended = _options.Ball == BallMode.Stop && ShortenToBall();
            step++;
            ended |= step == maximumSteps;
            ended = Advance(step, ended);
            _trace.Advance(step, ended);
            _execution.Progress?.Report(new(step, maximumSteps, _trace.LastLoss, _trace.LastDeviation));
        }

        (double loss, double accuracy) = Evaluate();
        double deviation = _trace.LastDeviation;
        _reachedBall |= _pass.Projected || (_options.Ball == BallMode.None && deviation >= _ball.Radius);
        Require(double.IsFinite(loss) && double.IsFinite(deviation), step);
        return new(
            step, (double)step / _source.Batches, deviation, deviation * Math.Sqrt(_network.Width), _reachedBall, loss, accuracy, _trace.Points)
        {
            RobustTrace = _watch?.Points ?? [],
        };
    }

    public void Dispose()
    {
        _pass.Dispose();
        _current.Dispose();
        _next.Dispose();
    }

    /// <summary>Takes the step, and scores the next minibatch unless training has ended.</summary>
    /// <returns>Whether training has ended, by itself or because the watch ends it.</returns>
    private bool Advance(int step, bool ended)
    {
        bool epochEnds = step % _source.Batches == 0;
        bool watches = _watch is not null && (epochEnds || ended);
        bool projectNow = _options.Ball != BallMode.None && (ended || watches || (_options.Ball == BallMode.Epoch && epochEnds));
        int epoch = (step + _source.Batches - 1) / _source.Batches;

        // In one pass with the step where nothing comes in between.
        bool fused = !ended && !projectNow && !watches && !_source.FollowsWeights;
        if (!ended && !_source.FollowsWeights)
        {
            Fill(_next, step);
        }

        _pass.Step(_current, fused ? _next : null, _execution.Cancellation);
        if (watches)
        {
            _watch!.LookBeforeProjection(epoch, _execution.Cancellation);
        }

        bool moved = false;
        if (projectNow)
        {
            // At the end this takes away what rounding left outside; only `epoch` moves rows visibly here.
            moved = _ball.Project(_network.Weights, _execution.Threads);
            _reachedBall |= moved && _options.Ball != BallMode.Stop;
        }

        if (watches)
        {
            _watch!.LookAfterProjection(epoch, moved, _execution.Cancellation);
            ended |= _watch.HasStalled;
        }

        if (!ended && !fused)
        {
            if (_source.FollowsWeights)
            {
                Fill(_next, step);
            }

            _pass.Step(update: null, _next, _execution.Cancellation);
        }

        (_current, _next) = (_next, _current);
        return ended;
    }

    private void Fill(Minibatch batch, int step) => _source.Fill(batch, step, _execution.Cancellation);

    // The gradient of the mean loss in w_s is −m^{-1/2} a_s mean_i(y_i pull_i 1[active] x_i).
    private unsafe void SetCoefficients(Minibatch batch)
    {
        double factor = _options.LearningRate * _network.OutputScale / batch.Count;
        for (int i = 0; i < batch.Count; i++)
        {
            batch.Coefficients.Pointer[i] = (float)(factor * batch.Labels[i] * LogisticLoss.Pull(batch.Labels[i] * batch.Scores[i]));
        }
    }

    /// <summary>Shortens the step if it would leave the ball, and tells whether it did.</summary>
    private unsafe bool ShortenToBall()
    {
        double part = _pass.LargestStep(_current, _execution.Cancellation);
        if (part >= 1)
        {
            return false;
        }

        for (int i = 0; i < _current.Count; i++)
        {
            _current.Coefficients.Pointer[i] = (float)(part * _current.Coefficients.Pointer[i]);
        }

        return _reachedBall = true;
    }

    private void Require(bool finite, int step) => TrainingSteps.RequireFinite(finite, step, _options.LearningRate);

    private (double Loss, double Accuracy) Evaluate()
    {
        using ScoreWorkspace workspace = _network.CreateWorkspace(_execution.Threads);
        double[] scores = new double[_examples.Count];
        _network.ScoresAndGradients(_examples.Inputs, scores, gradients: null, workspace, _execution.Cancellation);
        return LogisticLoss.Evaluate(scores, _examples.Labels);
    }
}
