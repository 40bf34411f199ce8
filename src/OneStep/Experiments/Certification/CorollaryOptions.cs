namespace OneStep.Experiments.Certification;

/// <summary>What is bounded, beside the task, W0 and the ball.</summary>
public sealed record CorollaryOptions
{
    /// <summary>How many test inputs, the first ones, with their true labels, at least 1; null for all. Default 100.</summary>
    public int? Count { get; init; } = 100;

    /// <summary>ε, the ℓ2 norm that perturbations may have, finite and not negative. Default 0.3.</summary>
    public double Budget { get; init; } = 0.3;

    /// <summary>Whether explicit networks of the ball are made and attacked, which takes about half as long as the bound. Default true.</summary>
    public bool ExplicitNetworks { get; init; } = true;

    /// <summary>Checks every range.</summary>
    /// <exception cref="InvalidParameterException">A value is out of its range; the message names it.</exception>
    public void Validate()
    {
        InvalidParameterException.Require(Count is null or >= 1, "count", Count, "an integer from 1 on, or all");
        InvalidParameterException.Require(double.IsFinite(Budget) && Budget >= 0, "budget", Budget, "a finite number from 0 on");
    }
}
