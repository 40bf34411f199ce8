using OneStep.Attacks;

namespace OneStep.Experiments;

/// <summary>Which attack an experiment runs, and what may be chosen of it; what is null has the method's own default.</summary>
public sealed record MethodOptions
{
    /// <summary>The poster's attack, which is the default.</summary>
    public const string OneStep = "one-step";

    /// <summary>The largest budget.</summary>
    private const double LargestBudget = 1e6;

    /// <summary>The attack's name: one of <see cref="ExperimentMethods.Names"/>. Default one-step.</summary>
    public string Name { get; init; } = OneStep;

    /// <summary>ε: look for a flip within this budget, in the method's norm, and not for the smallest flip. For fgsm and pgd alone.</summary>
    public double? Budget { get; init; }

    /// <summary>The norm that pgd's budget is measured in: ℓ2, its default, or ℓ∞.</summary>
    public NormKind? Norm { get; init; }

    /// <summary>Gradient steps, at least 1. Not for one-step and fgsm, which take one.</summary>
    public int? Steps { get; init; }

    /// <summary>Whether this is the poster's attack.</summary>
    public bool IsOneStep => Name == OneStep;

    /// <summary>Checks every range.</summary>
    /// <exception cref="InvalidParameterException">A value is out of its range, or the method knows no such choice; the message
    /// names it.</exception>
    public void Validate()
    {
        InvalidParameterException.Require(ExperimentMethods.Names.Contains(Name), "method", $"'{Name}'", ExperimentMethods.Range);
        InvalidParameterException.Require(Budget is null or (>= 0 and <= LargestBudget), "budget", Budget, "a number from 0 to 1000000");
        InvalidParameterException.Require(Budget is null || ExperimentMethods.TakesBudget(Name), "budget", Budget, $"left out with method {Name}, which looks for the smallest flip");
        InvalidParameterException.Require(Norm is null or NormKind.L2 or NormKind.LInfinity, "norm", NormNames.Of(Norm), "l2 or linf");
        InvalidParameterException.Require(Norm is null || ExperimentMethods.TakesNorm(Name), "norm", NormNames.Of(Norm), $"left out with method {Name}, which has a norm of its own");
        InvalidParameterException.Require(Steps is null or (>= 1 and <= 1_000_000), "attack-steps", Steps, "an integer from 1 to 1000000");
        InvalidParameterException.Require(Steps is null || ExperimentMethods.TakesSteps(Name), "attack-steps", Steps, $"left out with method {Name}, which takes no such steps");
    }
}
