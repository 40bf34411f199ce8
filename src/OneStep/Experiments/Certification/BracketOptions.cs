namespace OneStep.Experiments.Certification;

/// <summary>What is bracketed, beside the network and the task.</summary>
public sealed record BracketOptions
{
    /// <summary>How many test inputs, the first that the network classifies correctly; at least 1. Default 20.</summary>
    public int Count { get; init; } = 20;

    /// <summary>The proofs of how small a perturbation cannot flip the network. Default the quadratic one.</summary>
    public LowerBoundSet LowerBounds { get; init; } = new([LowerBoundKind.Quadratic]);

    /// <summary>Checks every range.</summary>
    /// <exception cref="InvalidParameterException">A value is out of its range; the message names it.</exception>
    public void Validate() => InvalidParameterException.Require(Count >= 1, "count", Count, "an integer from 1 on");
}
