using OneStep.Data;

namespace OneStep.Training;

/// <summary>The training examples as they are.</summary>
internal sealed class PlainMinibatches(LabelledInputs examples, bool hasBias, int capacity, ulong seed, int threads) : IMinibatchSource
{
    private readonly TrainingExamples _examples = new(examples, hasBias, threads);
    private readonly ExampleOrder _order = new(seed, examples.Count, capacity);

    /// <inheritdoc/>
    public int Batches => _order.Batches;

    /// <inheritdoc/>
    public bool FollowsWeights => false;

    /// <inheritdoc/>
    public Minibatch CreateMinibatch(int panels) => new(_examples.Coordinates, capacity, panels);

    /// <inheritdoc/>
    public void Fill(Minibatch batch, int step, CancellationToken cancellation) => batch.Take(_examples, _order.Of(step));

    /// <inheritdoc/>
    public void Dispose() => _examples.Dispose();
}
