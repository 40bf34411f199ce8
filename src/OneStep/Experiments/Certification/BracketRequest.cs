using OneStep.Networks;
using OneStep.Training;

namespace OneStep.Experiments.Certification;

/// <summary>What is asked for in a cell of the kind <c>bracket</c>, beside the task and how a network is trained.</summary>
internal sealed record BracketRequest
{
    /// <summary>Which network.</summary>
    public BracketedNetwork Network { get; init; } = BracketedNetwork.Trained;

    /// <summary>ε of adversarial training, above 0; nothing to other networks.</summary>
    public double AdversarialBudget { get; init; } = 0.1;

    /// <summary>How training respects the ball; null for what is usual with the network.</summary>
    public BallMode? Ball { get; init; }

    /// <summary>What is bracketed.</summary>
    public BracketOptions Options { get; init; } = new();

    /// <summary>Checks every range.</summary>
    /// <exception cref="InvalidParameterException">A value is out of its range; the message names it.</exception>
    public void Validate()
    {
        InvalidParameterException.Require(
            AdversarialBudget > 0 && AdversarialOptions.IsBudget(AdversarialBudget), "adversarial-budget", AdversarialBudget, "a number above 0, at most 1000000");
        Options.Validate();
    }

    /// <summary>The network that is asked for.</summary>
    /// <param name="trained">The task, the sizes and how networks are trained.</param>
    public ExperimentParameters Of(ExperimentParameters trained)
    {
        ExperimentParameters network = trained with
        {
            Untrained = Network == BracketedNetwork.Initialized,
            Adversarial = new() { Budget = Network == BracketedNetwork.Adversarial ? AdversarialBudget : 0 },
            Initialization = Network == BracketedNetwork.Antisymmetric ? InitializationKind.Antisymmetric : InitializationKind.Standard,
        };
        return network with { Training = network.Training with { Ball = Ball ?? network.DefaultBall } };
    }
}
