using OneStep.Attacks;
using OneStep.Networks;

namespace OneStep.Experiments;

/// <summary>
/// Measures accuracy under attack. A minimum-norm attack ran once and answers for all budgets; projected gradient steps run
/// for each budget. The smallest value counts, input by input (docs/mathematics.md §2).
/// </summary>
internal static class RobustEvaluation
{
    /// <summary>Runs what has not run yet and sums it up; null where no budget was asked for.</summary>
    /// <param name="parameters">The budgets, the steps, whether to clip as well.</param>
    /// <param name="function">The function under attack.</param>
    /// <param name="classification">What it says of the inputs.</param>
    /// <param name="minimumNorm">The minimum-norm attacks that ran, from the weakest to the strongest, and their names.</param>
    /// <param name="execution">Threads, progress, cancellation.</param>
    public static RobustAccuracy? Measure(
        ExperimentParameters parameters,
        IScoreFunction function,
        Classification classification,
        IReadOnlyList<(string Name, AttackResult Result)> minimumNorm,
        AttackExecution execution)
    {
        BudgetList budgets = parameters.EvaluatedBudgets;
        if (budgets.Count == 0)
        {
            return null;
        }

        SmallestFlips[] smallest = [.. minimumNorm.Select(attack => SmallestFlips.Of(attack.Name, attack.Result))];
        var plain = new ProjectedGradientAttack { Steps = parameters.RobustSteps };
        SmallestFlips steps = WithinBudgets(plain, budgets, function, classification, execution);
        return new()
        {
            Budgets = budgets,
            Value = SmallestFlips.Best("all", [.. smallest, steps]).CurveOver(budgets).Accuracy,
            Attacks = [.. smallest.Append(steps).Select(attack => attack.CurveOver(budgets))],
            Clipped = parameters.RobustClip
                ? Clipped(WithinBudgets(plain with { Clip = true }, budgets, function, classification, execution).CurveOver(budgets))
                : null,
            Warnings = [.. RobustWarnings.Of(smallest, steps, budgets, classification.Statuses)],
        };
    }

    private static ClippedRobustAccuracy Clipped(AttackCurve curve) => new(curve.Accuracy, [curve]);

    private static SmallestFlips WithinBudgets(
        ProjectedGradientAttack attack, BudgetList budgets, IScoreFunction function, Classification classification, AttackExecution execution) =>
        SmallestFlips.Best(
            attack.Name, [.. budgets.Select(budget => SmallestFlips.Of(attack.Name, AttackRunner.Run(attack, budget, function, classification, execution)))]);
}
