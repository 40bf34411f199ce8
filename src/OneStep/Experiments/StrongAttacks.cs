using OneStep.Attacks;
using OneStep.Networks;
using OneStep.Statistics;

namespace OneStep.Experiments;

/// <summary>Sets the single step beside the best perturbation that stronger attacks find.</summary>
internal static class StrongAttacks
{
    /// <summary>Runs the stronger attacks and compares.</summary>
    public static StrongSummary Compare(
        IScoreFunction function, Classification classification, AttackResult oneStep, ulong seed, AttackExecution execution)
    {
        // The walk from the single step finds nearly all there is; the restart is there to notice where it does not.
        IMinimumNormAttack[] attacks = [new BoundaryWalkAttack { Seed = seed, Restarts = 1 }];
        double?[] best = [.. oneStep.Examples.Select(VerifiedNorm)];
        foreach (IMinimumNormAttack attack in attacks)
        {
            AttackResult result = AttackRunner.Run(attack, function, classification, execution);
            for (int i = 0; i < best.Length; i++)
            {
                if (best[i] is double norm && VerifiedNorm(result.Examples[i]) is double other)
                {
                    best[i] = Math.Min(norm, other);
                }
            }
        }

        int[] flipped = [.. Enumerable.Range(0, best.Length).Where(i => best[i] is not null)];
        Summary ratios = Summary.Of(flipped.Select(i => oneStep.Examples[i].PerturbationNorm!.Value / best[i]!.Value));
        return new(new(ratios.Median, ratios.Max), [.. attacks.Select(a => $"{a}")], Summary.Of(flipped.Select(i => best[i]!.Value)));
    }

    private static double? VerifiedNorm(AttackedExample example) =>
        example.Status == ExampleStatus.Flipped ? example.PerturbationNorm : null;
}
