namespace OneStep.Training;

/// <summary>Where SGD takes its minibatches from.</summary>
internal interface IMinibatchSource : IDisposable
{
    /// <summary>Minibatches an epoch.</summary>
    int Batches { get; }

    /// <summary>Whether a minibatch depends on the weights of its moment, so that it cannot be made before the step before it
    /// was taken.</summary>
    bool FollowsWeights { get; }

    /// <summary>Makes room for a minibatch.</summary>
    /// <param name="panels">The panels of the network.</param>
    Minibatch CreateMinibatch(int panels);

    /// <summary>Fills a minibatch with the examples of a step, counted from 0. Steps are asked for in order.</summary>
    void Fill(Minibatch batch, int step, CancellationToken cancellation);
}
