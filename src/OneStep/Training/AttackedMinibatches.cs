using OneStep.Attacks;
using OneStep.Data;
using OneStep.Networks;
using OneStep.Networks.Passes;
using OneStep.Numerics;
using OneStep.Numerics.Randomness;

namespace OneStep.Training;

/// <summary>The training examples, each replaced by its attacked copy; perturbations leave no coordinate zero.</summary>
internal sealed class AttackedMinibatches : IMinibatchSource
{
    private readonly LabelledInputs _examples;
    private readonly AdversarialRefresh _refresh;
    private readonly int _capacity;
    private readonly bool _hasBias;
    private readonly ExampleOrder _order;
    private readonly CoordinateOrder _coordinates;
    private readonly InnerAdversary _adversary;
    private readonly Matrix<float>? _attackedExamples;
    private readonly Dictionary<int, (Matrix<float> Inputs, int[] Labels, Supports Supports)> _batches = [];

    /// <summary>Readies the attack.</summary>
    /// <param name="options">How examples are attacked.</param>
    /// <param name="network">The network, at its weights of the moment.</param>
    /// <param name="examples">The training set.</param>
    /// <param name="capacity">Examples a minibatch.</param>
    /// <param name="seed">The seed of the order and of random starts.</param>
    /// <param name="threads">How many threads may be used.</param>
    public AttackedMinibatches(AdversarialOptions options, TwoLayerNetwork network, LabelledInputs examples, int capacity, ulong seed, int threads)
    {
        _examples = examples;
        _refresh = options.Refresh;
        _capacity = capacity;
        _hasBias = network.HasBias;
        _order = new(seed, examples.Count, capacity);
        _coordinates = CoordinateOrder.Dense(examples.Inputs.Columns, network.HasBias);
        _adversary = new(options, network, new(seed, RandomPurpose.InnerAttackStarts), threads);
        _attackedExamples = _refresh == AdversarialRefresh.Epoch ? new(examples.Count, examples.Inputs.Columns) : null;
    }

    /// <inheritdoc/>
    public int Batches => _order.Batches;

    /// <inheritdoc/>
    public bool FollowsWeights => true;

    /// <inheritdoc/>
    public Minibatch CreateMinibatch(int panels) => new(_coordinates, _capacity, panels);

    /// <inheritdoc/>
    public void Fill(Minibatch batch, int step, CancellationToken cancellation)
    {
        int epoch = step / Batches;
        if (_attackedExamples is not null && step % Batches == 0)
        {
            AttackAll(_attackedExamples, epoch, cancellation);
        }

        ReadOnlySpan<int> rows = _order.Of(step);
        (Matrix<float> inputs, int[] labels, Supports supports) = BuffersFor(rows.Length);
        for (int i = 0; i < rows.Length; i++)
        {
            (_attackedExamples ?? _examples.Inputs).Row(rows[i]).CopyTo(inputs.Row(i));
            labels[i] = _examples.Labels[rows[i]];
        }

        Matrix<float> attacked = _attackedExamples is null ? _adversary.Attack(inputs, labels, rows, epoch, cancellation) : inputs;
        batch.TakeDense(attacked, labels, supports, _hasBias);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _adversary.Dispose();
        _coordinates.Dispose();
    }

    private void AttackAll(Matrix<float> attacked, int epoch, CancellationToken cancellation)
    {
        foreach ((int first, int length) in Chunks.Of(_examples.Count, attacked.Columns))
        {
            int[] rows = [.. Enumerable.Range(first, length)];
            Matrix<float> chunk = _adversary.Attack(
                _examples.Inputs.RowRange(first, length), _examples.Labels.AsSpan(first, length), rows, epoch, cancellation);
            chunk.Data.CopyTo(attacked.Data, first * attacked.Columns);
        }
    }

    // There are two sizes of minibatch at most: full ones and the last of an epoch.
    private (Matrix<float> Inputs, int[] Labels, Supports Supports) BuffersFor(int count)
    {
        if (!_batches.TryGetValue(count, out (Matrix<float> Inputs, int[] Labels, Supports Supports) buffers))
        {
            buffers = (new(count, _examples.Inputs.Columns), new int[count], Supports.Everywhere(count, _examples.Inputs.Columns));
            _batches.Add(count, buffers);
        }

        return buffers;
    }
}
