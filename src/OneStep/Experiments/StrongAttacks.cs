using OneStep.Attacks;
using OneStep.Statistics;

namespace OneStep.Experiments;

/// <summary>Sets the single step beside the best perturbation that stronger attacks find.</summary>
internal static class StrongAttacks
{
    /// <summary>Runs the stronger attacks and compares.</summary>
    /// <returns>The comparison, and what each attack found.</returns>
    public static (StrongSummary Summary, IReadOnlyList<(string Name, AttackResult Result)> Results) Compare(
        ModelClassification inputs, AttackResult oneStep, ulong seed, AttackExecution execution)
    {
        // The walk from the single step finds nearly all there is; the restart is there to notice where it does not.
        IMinimumNormAttack[] attacks = [new BoundaryWalkAttack { Seed = seed, Restarts = 1 }];
        double?[] best = [.. oneStep.Examples.Select(VerifiedNorm)];
        var results = new List<(string Name, AttackResult Result)>();
        foreach (IMinimumNormAttack attack in attacks)
        {
            AttackResult result = inputs.Run(attack, execution);
            results.Add((attack.Name, result));
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
        var summary = new StrongSummary(
            new(ratios.Median, ratios.Max), [.. attacks.Select(a => $"{a}")], Summary.Of(flipped.Select(i => best[i]!.Value)));
        return (summary, results);
    }

    private static double? VerifiedNorm(AttackedExample example) =>
        example.Status == ExampleStatus.Flipped ? example.PerturbationNorm : null;
}
