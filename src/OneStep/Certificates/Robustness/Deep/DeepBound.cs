using OneStep.Networks;
using OneStep.Networks.Deep;

namespace OneStep.Certificates.Robustness.Deep;

/// <summary>A bound on scores of deep networks: an output, or a margin between outputs.</summary>
public abstract record DeepBound : RobustnessBound
{
    private protected DeepBound()
    {
    }

    /// <inheritdoc/>
    public sealed override bool Supports(IScoreFunction candidate) => candidate is DeepScoreFunction;

    private protected sealed override Func<IInputSearch> Prepare(RobustnessInputs inputs, CancellationToken cancellation)
    {
        var rows = new DeepRows(((DeepScoreFunction)inputs.Function).Network);
        return () => CreateSearch(rows, inputs, cancellation);
    }

    /// <summary>Makes a thread's search.</summary>
    private protected abstract DeepSearch CreateSearch(DeepRows rows, RobustnessInputs inputs, CancellationToken cancellation);
}
