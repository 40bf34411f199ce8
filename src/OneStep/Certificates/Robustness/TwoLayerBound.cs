using OneStep.Networks;

namespace OneStep.Certificates.Robustness;

/// <summary>A bound on two-layer networks whose weights are in memory.</summary>
public abstract record TwoLayerBound : RobustnessBound
{
    private protected TwoLayerBound()
    {
    }

    /// <inheritdoc/>
    public sealed override bool Supports(IScoreFunction candidate) => candidate is TwoLayerNetwork { HoldsWeights: true };

    private protected sealed override Func<IInputSearch> Prepare(RobustnessInputs inputs, CancellationToken cancellation) =>
        Prepare(new((TwoLayerNetwork)inputs.Function), inputs, cancellation);

    /// <summary>Computes what all inputs share.</summary>
    /// <returns>What makes a thread's search.</returns>
    private protected abstract Func<IInputSearch> Prepare(TwoLayerRows rows, RobustnessInputs inputs, CancellationToken cancellation);
}
