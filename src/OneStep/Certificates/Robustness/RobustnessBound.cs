using OneStep.Attacks;
using OneStep.Networks;

namespace OneStep.Certificates.Robustness;

/// <summary>A bound that is searched for input by input, side by side.</summary>
public abstract record RobustnessBound : IRobustnessBound
{
    private protected RobustnessBound()
    {
    }

    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <inheritdoc/>
    public abstract bool Supports(IScoreFunction candidate);

    /// <inheritdoc/>
    /// <exception cref="InvalidParameterException">A parameter is out of its range.</exception>
    public double[] Radii(RobustnessInputs inputs, AttackExecution execution)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(execution);
        if (!Supports(inputs.Function))
        {
            throw new ArgumentException($"The bound '{Name}' is not one for this kind of function.", nameof(inputs));
        }

        return InputSearches.Run(inputs, Name, execution, Prepare(inputs, execution.Cancellation));
    }

    /// <inheritdoc/>
    public sealed override string ToString() => Describe();

    /// <summary>The name and the parameters.</summary>
    private protected virtual string Describe() => Name;

    /// <summary>Computes what all inputs share.</summary>
    /// <returns>What makes a thread's search.</returns>
    private protected abstract Func<IInputSearch> Prepare(RobustnessInputs inputs, CancellationToken cancellation);
}
