using OneStep.Attacks;
using OneStep.Data;
using OneStep.Training;

namespace OneStep.Experiments;

/// <summary>
/// Measures accuracy under attack. A minimum-norm attack ran once and answers for all budgets; projected gradient steps run
/// for each budget. For inputs that are left standing certified perturbations are tried as well. The smallest value counts, input by input (docs/mathematics.md §2, §5).
/// </summary>
internal static class RobustEvaluation
{
    /// <summary>Runs what has not run yet and sums it up; null where no budget was asked for.</summary>
    /// <param name="parameters">The budgets, the steps, whether to clip as well.</param>
    /// <param name="inputs">The inputs and what the model says of them.</param>
    /// <param name="minimumNorm">The minimum-norm attacks that ran, from the weakest to the strongest, and their names.</param>
    /// <param name="trained">The network and its W0, where it is a trained two-layer network: certified perturbations need both.</param>
    /// <param name="execution">Threads, progress, cancellation.</param>
    public static RobustAccuracy? Measure(
        ExperimentParameters parameters,
        ModelClassification inputs,
        IReadOnlyList<(string Name, AttackResult Result)> minimumNorm,
        TrainedNetwork? trained,
        AttackExecution execution)
    {
        BudgetList budgets = parameters.EvaluatedBudgets;
        if (budgets.Count == 0)
        {
            return null;
        }

        SmallestFlips[] smallest = [.. minimumNorm.Select(attack => SmallestFlips.Of(attack.Name, attack.Result))];
        var plain = new ProjectedGradientAttack { Steps = parameters.RobustSteps };

        // Around an untrained network there is no ball, and with nothing but ε = 0 nothing to look for.
        bool certifies = trained is { IsUntrained: false } && budgets[^1] > 0;
        var runs = new BudgetRuns(budgets, inputs, execution, (budgets.Count * (parameters.RobustClip ? 2 : 1)) + (certifies ? 1 : 0));
        SmallestFlips steps = runs.Run(plain, plain.Name);

        // What stays in the box is within the budget all the same: it counts for both.
        SmallestFlips? clipped = parameters.RobustClip ? runs.Run(plain with { Clip = true }, RobustAccuracy.ClippedName(plain.Name)) : null;
        SmallestFlips attacks = SmallestFlips.Best("all", [.. smallest, steps, .. clipped is null ? Array.Empty<SmallestFlips>() : [clipped]]);
        CertifiedCandidates? certified = certifies
            ? runs.Run("certified", one => Certified(trained!, inputs.Inputs, attacks, budgets, one))
            : null;
        SmallestFlips? clippedToo = clipped is null || certified is null ? clipped : SmallestFlips.Best(plain.Name, [clipped, certified.InBox]);
        return new()
        {
            Budgets = budgets,
            Value = (certified is null ? attacks : SmallestFlips.Best("all", [attacks, certified.Flips])).CurveOver(budgets).Accuracy,
            Attacks = [.. smallest.Select(attack => attack.CurveOver(budgets) with { Flips = attack.Lengths }), steps.CurveOver(budgets)],
            Clipped = clipped is null ? null : new(clippedToo!.CurveOver(budgets).Accuracy, [(clipped with { Name = plain.Name }).CurveOver(budgets)]),
            Certified = certified?.Beside(attacks, budgets),
            Warnings = [.. RobustWarnings.Of(smallest, steps, clipped, budgets, inputs.Statuses, RobustWarnings.ReachOf(inputs))],
        };
    }

    /// <summary>Certified perturbations of the inputs that are right and stand at the smallest budget above zero, and perhaps at others.</summary>
    private static CertifiedCandidates Certified(
        TrainedNetwork trained, LabelledInputs inputs, SmallestFlips attacks, BudgetList budgets, AttackExecution execution)
    {
        double smallest = budgets.First(budget => budget > 0);
        int[] standing = [.. Enumerable.Range(0, attacks.Norms.Length).Where(i => attacks.Norms[i] > smallest)];
        double[] useful = [.. standing.Select(i => budgets.Last(budget => budget < attacks.Norms[i]))];
        return CertifiedCandidates.Find(trained, inputs, standing, useful, execution);
    }

    /// <summary>Runs of attacks at every budget, whose progress is that of all of them together.</summary>
    private sealed class BudgetRuns(
        BudgetList budgets, ModelClassification inputs, AttackExecution execution, int total)
    {
        private int _finished;

        public SmallestFlips Run(ProjectedGradientAttack attack, string name) => SmallestFlips.Best(
            name, [.. budgets.Select(budget => SmallestFlips.Of(name, Run(name, one => inputs.Run(attack, budget, one))))]);

        public T Run<T>(string name, Func<AttackExecution, T> run)
        {
            int attackable = inputs.AttackableCount;
            T result = run(execution with { Progress = execution.Progress is { } listener ? new Share(listener, _finished, total, attackable) : null });
            _finished++;
            execution.Progress?.Report(new(name, (int)((long)_finished * attackable / total), attackable));
            return result;
        }
    }

    /// <summary>Tells one run as the share of all that it is: inputs are finished when every run is through with them.</summary>
    private sealed class Share(IProgress<AttackProgress> listener, int finishedRuns, int runs, int attackable) : IProgress<AttackProgress>
    {
        private double _told;

        public void Report(AttackProgress value)
        {
            // A run searches and then verifies.
            double half = value.Stage == FlipVerifier.Stage ? 0.5 : 0;
            double part = half + (0.5 * value.Finished / Math.Max(value.Total, 1));
            _told = Math.Max(_told, part);
            listener.Report(value with { Finished = (int)((finishedRuns + _told) / runs * attackable), Total = attackable });
        }
    }
}
