using OneStep.Numerics.Randomness;

namespace OneStep.Training;

/// <summary>Which examples each SGD step takes: a new order every epoch, from the seed and the epoch alone.</summary>
/// <param name="seed">The seed of the order.</param>
/// <param name="count">How many examples there are.</param>
/// <param name="capacity">Examples a minibatch; the last one of an epoch may be shorter.</param>
internal sealed class ExampleOrder(ulong seed, int count, int capacity)
{
    private readonly RandomStream _random = new(seed, RandomPurpose.ExampleOrder);
    private int _epoch = -1;
    private int[] _order = [];

    /// <summary>Minibatches an epoch.</summary>
    public int Batches { get; } = (count + capacity - 1) / capacity;

    /// <summary>The examples of a step, counted from 0.</summary>
    public ReadOnlySpan<int> Of(int step)
    {
        int epoch = step / Batches;
        if (epoch != _epoch)
        {
            _order = _random.Permutation(epoch, count);
            _epoch = epoch;
        }

        int first = step % Batches * capacity;
        return _order.AsSpan(first, Math.Min(capacity, count - first));
    }
}
