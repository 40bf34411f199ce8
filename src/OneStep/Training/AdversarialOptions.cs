using OneStep.Attacks;

namespace OneStep.Training;

/// <summary>What makes the attacked copies that adversarial training learns from.</summary>
public enum InnerAttack
{
    /// <summary>Projected gradient steps within the budget.</summary>
    Pgd,

    /// <summary>The exact single step, cut off at the budget; the whole budget where the input is misclassified.</summary>
    OneStep,
}

/// <summary>When the attacked copies are made anew.</summary>
public enum AdversarialRefresh
{
    /// <summary>For every minibatch, at the weights of that moment.</summary>
    Minibatch,

    /// <summary>For the whole training set at the beginning of every epoch.</summary>
    Epoch,
}

/// <summary>How training examples are attacked while training (docs/mathematics.md §2).</summary>
public sealed record AdversarialOptions
{
    /// <summary>ε, the ℓ2 budget in units of the input, at most 1000000; 0, the default, for plain training.</summary>
    public double Budget { get; init; }

    /// <summary>What makes the attacked copies. Default <see cref="InnerAttack.Pgd"/>.</summary>
    public InnerAttack InnerAttack { get; init; } = InnerAttack.Pgd;

    /// <summary>Gradient steps k of the inner attack, at least 1. Default 10. The single step has none of them.</summary>
    public int Steps { get; init; } = 10;

    /// <summary>The length of an inner step as a multiple of ε, above 0, at most 1000000; null, the default, for 2.5/k.</summary>
    public double? StepSize { get; init; }

    /// <summary>Whether inner steps start at random in the ball instead of at x. Default false.</summary>
    public bool RandomStart { get; init; }

    /// <summary>Whether attacked copies stay in [0, 1] in every coordinate. Default false.</summary>
    public bool Clip { get; init; }

    /// <summary>Whether attacked copies are scaled back to the norm of x. Default false.</summary>
    public bool Rescale { get; init; }

    /// <summary>When attacked copies are made anew. Default <see cref="AdversarialRefresh.Minibatch"/>.</summary>
    public AdversarialRefresh Refresh { get; init; } = AdversarialRefresh.Minibatch;

    /// <summary>Epochs without a better accuracy under the inner attack, measured before the epoch's projection, after which
    /// training ends; null, the default, measures nothing while training.</summary>
    public int? Patience { get; init; }

    /// <summary>Whether training is adversarial at all.</summary>
    public bool IsOn => Budget > 0;

    /// <summary>Checks every range.</summary>
    /// <exception cref="InvalidParameterException">A value is out of its range; the message names it.</exception>
    public void Validate()
    {
        InvalidParameterException.Require(IsBudget(Budget), "adversarial-budget", Budget, "a number from 0 to 1000000");
        InvalidParameterException.Require(Steps is >= 1 and <= 1_000_000, "inner-steps", Steps, "an integer from 1 to 1000000");
        InvalidParameterException.Require(
            StepSize is null or (> 0 and <= ProjectedGradientAttack.Largest), "inner-step-size", StepSize, "a number above 0, at most 1000000");
        InvalidParameterException.Require(Patience is null or >= 1, "patience", Patience, "an integer from 1 on");
    }

    /// <summary>Whether a number can be a budget.</summary>
    internal static bool IsBudget(double value) => value is >= 0 and <= ProjectedGradientAttack.Largest;
}
