using OneStep.Networks;

namespace OneStep.Attacks;

/// <summary>
/// The exact single step, cut off at a budget: it flips the predictions that <see cref="OneStepAttack"/> flips with at most
/// ε (docs/mathematics.md §2, §3). There is nothing to configure.
/// </summary>
public sealed class OneStepWithinBudget : IFixedBudgetAttack
{
    /// <inheritdoc/>
    public string Name => "one-step-within-budget";

    /// <inheritdoc/>
    public PerturbationCandidates Search(AttackInputs inputs, IReadOnlyList<double> budgets, AttackExecution execution)
    {
        ArgumentNullException.ThrowIfNull(budgets);
        PerturbationCandidates steps = new OneStepAttack().Search(inputs, execution);
        RayCrossing[] within = [.. steps.Crossings.Select((crossing, i) => crossing.Length <= budgets[i] ? crossing : RayCrossing.None)];
        return steps with { Crossings = within };
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
