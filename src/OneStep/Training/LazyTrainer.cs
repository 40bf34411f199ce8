using OneStep.Data;
using OneStep.Networks;
using OneStep.Numerics;
using OneStep.Numerics.Randomness;

namespace OneStep.Training;

/// <summary>
/// Minibatch SGD on the hidden weights with the logistic loss, inside a lazy ball (docs/mathematics.md §2). The order of
/// examples comes from the seed alone.
/// </summary>
/// <param name="options">How to train.</param>
/// <param name="seed">The seed of the order of examples.</param>
public sealed class LazyTrainer(TrainingOptions options, ulong seed)
{
    /// <summary>Trains a network in place.</summary>
    /// <param name="network">The network, at its initial weights.</param>
    /// <param name="radius">V, the radius of the ball around the weights as they are now; not negative.</param>
    /// <param name="examples">The training set, at least one example.</param>
    /// <param name="execution">Threads, progress, cancellation.</param>
    /// <returns>The network, its initial weights and what happened.</returns>
    /// <exception cref="InvalidParameterException">An option is out of its range.</exception>
    /// <exception cref="OneStepException">Numbers overflow: the learning rate is far too large.</exception>
    public TrainedNetwork Train(TwoLayerNetwork network, double radius, LabelledInputs examples, TrainingExecution execution)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(examples);
        ArgumentNullException.ThrowIfNull(execution);
        ArgumentOutOfRangeException.ThrowIfZero(examples.Count, nameof(examples));
        options.Validate();
        PackedWeights initial = network.Weights.Clone();
        try
        {
            var ball = new LazyBall(initial, radius);
            using var run = new Run(options, seed, network, ball, examples, execution);
            return new(network, initial, run.ToTheEnd());
        }
        catch
        {
            initial.Dispose();
            throw;
        }
    }

    /// <summary>One training run.</summary>
    private sealed class Run : IDisposable
    {
        private readonly TrainingOptions _options;
        private readonly ulong _seed;
        private readonly TwoLayerNetwork _network;
        private readonly LazyBall _ball;
        private readonly LabelledInputs _examples;
        private readonly TrainingExamples _prepared;
        private readonly TrainingExecution _execution;
        private readonly SgdPass _pass;
        private readonly int _batches;
        private readonly TrainingTrace _trace;
        private Minibatch _current;
        private Minibatch _next;
        private int _orderedEpoch = -1;
        private int[] _order = [];
        private bool _reachedBall;

        public Run(
            TrainingOptions options, ulong seed, TwoLayerNetwork network, LazyBall ball, LabelledInputs examples, TrainingExecution execution)
        {
            _options = options;
            _seed = seed;
            _network = network;
            _ball = ball;
            _examples = examples;
            _prepared = new(examples, network.HasBias);
            _execution = execution;
            int capacity = Math.Min(options.Batch, examples.Count);
            _batches = (examples.Count + capacity - 1) / capacity;
            _pass = new(network, ball, options.Ball == BallMode.Project, capacity, execution.Threads);
            _current = new(_prepared, capacity, network.Weights.PanelCount);
            _next = new(_prepared, capacity, network.Weights.PanelCount);
            _trace = new(options.EvaluationInterval, _batches, () => ball.Deviation(network.Weights, execution.Threads));
        }

        public TrainingSummary ToTheEnd()
        {
            InvalidParameterException.Require(
                (long)_options.Epochs * _batches <= int.MaxValue, "epochs", _options.Epochs, $"at most {int.MaxValue / _batches} with {_batches} minibatches each");
            int maximumSteps = _options.Epochs * _batches;
            int step = 0;
            bool ended = false;
            Gather(_current, step);
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
                Advance(step, ended);
                _trace.Advance(step, ended);
                _execution.Progress?.Report(new(step, maximumSteps, _trace.LastLoss, _trace.LastDeviation));
            }

            (double loss, double accuracy) = Evaluate();
            double deviation = _trace.LastDeviation;
            Require(double.IsFinite(loss) && double.IsFinite(deviation), step);
            return new(
                step, (double)step / _batches, deviation, deviation * Math.Sqrt(_network.Width), _reachedBall || _pass.Projected, loss, accuracy, _trace.Points);
        }

        public void Dispose()
        {
            _pass.Dispose();
            _current.Dispose();
            _next.Dispose();
            _prepared.Dispose();
        }

        /// <summary>Takes the step, and scores the next minibatch unless training has ended.</summary>
        private void Advance(int step, bool ended)
        {
            bool projectNow = ended || (_options.Ball == BallMode.Epoch && step % _batches == 0);
            if (!ended)
            {
                Gather(_next, step);
            }

            _pass.Step(_current, projectNow ? null : _next, _execution.Cancellation);
            if (projectNow)
            {
                // At the end this takes away what rounding left outside; only `epoch` moves rows visibly here.
                bool moved = _ball.Project(_network.Weights, _execution.Threads);
                _reachedBall |= moved && _options.Ball != BallMode.Stop;
                if (!ended)
                {
                    _pass.Step(update: null, _next, _execution.Cancellation);
                }
            }

            (_current, _next) = (_next, _current);
        }

        private void Gather(Minibatch batch, int step)
        {
            int epoch = step / _batches;
            if (epoch != _orderedEpoch)
            {
                _order = new RandomStream(_seed, RandomPurpose.ExampleOrder).Permutation(epoch, _examples.Count);
                _orderedEpoch = epoch;
            }

            int first = step % _batches * batch.Capacity;
            batch.Gather(_order.AsSpan(first, Math.Min(batch.Capacity, _order.Length - first)));
        }

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

        private void Require(bool finite, int step)
        {
            if (!finite)
            {
                throw new OneStepException($"Training diverged at step {step}: numbers overflow; use a learning rate below {_options.LearningRate}.");
            }
        }

        private (double Loss, double Accuracy) Evaluate()
        {
            using ScoreWorkspace workspace = _network.CreateWorkspace(_execution.Threads);
            double[] scores = new double[_examples.Count];
            _network.ScoresAndGradients(_examples.Inputs, scores, gradients: null, workspace, _execution.Cancellation);
            double loss = 0;
            int correct = 0;
            for (int i = 0; i < scores.Length; i++)
            {
                double margin = _examples.Labels[i] * scores[i];
                loss += LogisticLoss.Value(margin);
                correct += margin > 0 ? 1 : 0;
            }

            return (loss / scores.Length, (double)correct / scores.Length);
        }
    }
}
