using OneStep.Attacks;
using OneStep.Data;
using OneStep.Networks;
using OneStep.Numerics;
using OneStep.Numerics.Randomness;

namespace OneStep.Training;

/// <summary>
/// Watches accuracy under the inner attack at the end of every epoch, before and after that epoch's projection, and tells when
/// it no longer improves (docs/mathematics.md §2). Scores are those of the working precision: nothing is verified.
/// </summary>
internal sealed class RobustWatch : IDisposable
{
    private readonly TwoLayerNetwork _network;
    private readonly LabelledInputs _watched;
    private readonly int _patience;
    private readonly InnerAdversary _adversary;
    private readonly ScoreWorkspace _workspace;
    private readonly List<RobustPoint> _points = [];
    private double _before;
    private double _best = double.NegativeInfinity;
    private int _sinceBest;

    /// <summary>Readies the watch.</summary>
    /// <param name="options">The inner attack, and the patience.</param>
    /// <param name="network">The network in training.</param>
    /// <param name="watched">The inputs that are attacked, at least one.</param>
    /// <param name="seed">The seed of random starts.</param>
    /// <param name="threads">How many threads may be used.</param>
    public RobustWatch(AdversarialOptions options, TwoLayerNetwork network, LabelledInputs watched, ulong seed, int threads)
    {
        _network = network;
        _watched = watched;
        _patience = options.Patience ?? int.MaxValue;
        _adversary = new(options, network, new(seed, RandomPurpose.ProjectedGradientStarts), threads);
        _workspace = network.CreateWorkspace(threads);
    }

    /// <summary>What was seen so far, an entry an epoch.</summary>
    public IReadOnlyList<RobustPoint> Points => _points;

    /// <summary>Whether the accuracy before projection has not risen above its best for as many epochs as the patience allows.</summary>
    public bool HasStalled => _sinceBest >= _patience;

    /// <summary>Looks at the network as SGD left it.</summary>
    public void LookBeforeProjection(int epoch, CancellationToken cancellation)
    {
        _before = Accuracy(epoch, cancellation);
        _sinceBest = _before > _best ? 0 : _sinceBest + 1;
        _best = Math.Max(_best, _before);
    }

    /// <summary>Looks at the network as the projection left it.</summary>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="moved">Whether it moved any weight: if not, there is nothing new to see.</param>
    /// <param name="cancellation">Ends the call early.</param>
    public void LookAfterProjection(int epoch, bool moved, CancellationToken cancellation) =>
        _points.Add(new(epoch, _before, moved ? Accuracy(epoch, cancellation) : _before));

    /// <inheritdoc/>
    public void Dispose()
    {
        _adversary.Dispose();
        _workspace.Dispose();
    }

    private double Accuracy(int epoch, CancellationToken cancellation)
    {
        int correct = 0;
        foreach ((int first, int length) in Chunks.Of(_watched.Count, _watched.Inputs.Columns))
        {
            ReadOnlySpan<int> labels = _watched.Labels.AsSpan(first, length);
            int[] rows = [.. Enumerable.Range(first, length)];
            Matrix<float> attacked = _adversary.Attack(_watched.Inputs.RowRange(first, length), labels, rows, epoch, cancellation);
            double[] scores = new double[length];
            _network.ScoresAndGradients(attacked, scores, gradients: null, _workspace, cancellation);
            for (int i = 0; i < length; i++)
            {
                correct += labels[i] * scores[i] > 0 ? 1 : 0;
            }
        }

        return (double)correct / _watched.Count;
    }
}
