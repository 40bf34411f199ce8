using OneStep.Attacks;

namespace OneStep.Experiments;

/// <summary>
/// Measures accuracy under attack. A minimum-norm attack ran once and answers for all budgets; projected gradient steps run
/// for each budget. The smallest value counts, input by input (docs/mathematics.md §2).
/// </summary>
internal static class RobustEvaluation
{
    /// <summary>Runs what has not run yet and sums it up; null where no budget was asked for.</summary>
    /// <param name="parameters">The budgets, the steps, whether to clip as well.</param>
    /// <param name="inputs">The inputs and what the model says of them.</param>
    /// <param name="minimumNorm">The minimum-norm attacks that ran, from the weakest to the strongest, and their names.</param>
    /// <param name="execution">Threads, progress, cancellation.</param>
    public static RobustAccuracy? Measure(
        ExperimentParameters parameters,
        ModelClassification inputs,
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
        var runs = new BudgetRuns(budgets, inputs, execution, budgets.Count * (parameters.RobustClip ? 2 : 1));
        SmallestFlips steps = runs.Run(plain, plain.Name);

        // What stays in the box is within the budget all the same: it counts for both.
        SmallestFlips? clipped = parameters.RobustClip ? runs.Run(plain with { Clip = true }, RobustAccuracy.ClippedName(plain.Name)) : null;
        return new()
        {
            Budgets = budgets,
            Value = SmallestFlips.Best("all", [.. smallest, steps, .. clipped is null ? Array.Empty<SmallestFlips>() : [clipped]]).CurveOver(budgets).Accuracy,
            Attacks = [.. smallest.Select(attack => attack.CurveOver(budgets) with { Flips = attack.Lengths }), steps.CurveOver(budgets)],
            Clipped = clipped is null ? null : Clipped(clipped with { Name = plain.Name }, budgets),
            Warnings = [.. RobustWarnings.Of(smallest, steps, clipped, budgets, inputs.Statuses, RobustWarnings.ReachOf(inputs))],
        };
    }

    private static ClippedRobustAccuracy Clipped(SmallestFlips steps, BudgetList budgets)
    {
        AttackCurve curve = steps.CurveOver(budgets);
        return new(curve.Accuracy, [curve]);
    }

    /// <summary>Runs of attacks at every budget, whose progress is that of all of them together.</summary>
    private sealed class BudgetRuns(
        BudgetList budgets, ModelClassification inputs, AttackExecution execution, int total)
    {
        private int _finished;

        public SmallestFlips Run(ProjectedGradientAttack attack, string name) => SmallestFlips.Best(name, [.. budgets.Select(budget =>
        {
            AttackExecution one = execution with { Progress = execution.Progress is { } listener ? new Share(listener, _finished, total) : null };
            AttackResult result = inputs.Run(attack, budget, one);
            _finished++;
            int attackable = inputs.AttackableCount;
            execution.Progress?.Report(new(name, (int)((long)_finished * attackable / total), attackable));
            return SmallestFlips.Of(name, result);
        })]);
    }

    /// <summary>Tells one run as the share of all that it is: inputs are finished when every run is through with them.</summary>
    private sealed class Share(IProgress<AttackProgress> listener, int finishedRuns, int runs) : IProgress<AttackProgress>
    {
        private double _told;

        public void Report(AttackProgress value)
        {
            // A run searches and then verifies.
            double half = value.Stage == FlipVerifier.Stage ? 0.5 : 0;
            double part = half + (0.5 * value.Finished / Math.Max(value.Total, 1));
            _told = Math.Max(_told, part);
            listener.Report(value with { Finished = (int)((finishedRuns + _told) / runs * value.Total) });
        }
    }
}
