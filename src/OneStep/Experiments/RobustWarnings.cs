using System.Globalization;
using OneStep.Attacks;
using OneStep.Numerics;

namespace OneStep.Experiments;

/// <summary>
/// Signs that attacks were weaker than they should be, so that robust accuracy looks larger than it is: the checks of
/// AutoAttack [CH20] as far as they make sense for an exact ray search.
/// </summary>
internal static class RobustWarnings
{
    // A weaker attack may win on single inputs: both are searches. More than this part of all inputs is a sign.
    private const double Noise = 0.01;

    /// <summary>The warnings, in sentences.</summary>
    /// <param name="minimumNorm">The minimum-norm attacks, from the weakest to the strongest.</param>
    /// <param name="steps">Projected gradient steps.</param>
    /// <param name="clipped">The same kept in [0, 1], which allows them less; null where they did not run.</param>
    /// <param name="budgets">The budgets, ascending, at least one.</param>
    /// <param name="statuses">What the inputs are before the attacks.</param>
    /// <param name="reach">A length with which every input can be moved to one with the other prediction.</param>
    public static IEnumerable<string> Of(
        IReadOnlyList<SmallestFlips> minimumNorm, SmallestFlips steps, SmallestFlips? clipped, BudgetList budgets, IReadOnlyList<ExampleStatus> statuses, double reach)
    {
        SmallestFlips weakest = minimumNorm[0];
        IEnumerable<(SmallestFlips Weaker, SmallestFlips Stronger)> pairs = minimumNorm.Skip(1).Append(steps).Select(stronger => (weakest, stronger));
        foreach ((SmallestFlips weaker, SmallestFlips stronger) in clipped is null ? pairs : pairs.Append((clipped, steps)))
        {
            // The first budget says where to look.
            double? budget = budgets.Cast<double?>().FirstOrDefault(at => stronger.AccuracyAt(at!.Value) - weaker.AccuracyAt(at.Value) > Noise);
            if (budget is double found)
            {
                yield return $"At ε = {Number(found)} {stronger.Name} leaves {Percent(stronger.AccuracyAt(found))}, more than the weaker {weaker.Name} does with {Percent(weaker.AccuracyAt(found))}: {stronger.Name} is not doing its work there.";
            }
        }

        int withoutGradient = statuses.Count(status => status == ExampleStatus.NoDirection);
        if (withoutGradient > 0)
        {
            yield return $"The gradient vanishes at {withoutGradient} of {statuses.Count} inputs, where no attack has a direction to go: they count as robust.";
        }

        double largest = budgets[^1];
        SmallestFlips? complete = minimumNorm.FirstOrDefault(attack => Left(attack) == 0);
        if (Left(steps) > 0 && (complete is not null || largest >= reach))
        {
            string proof = complete is not null ? $"{complete.Name} flips every input" : "within that every input reaches one with the other prediction";
            yield return $"At the largest budget, ε = {Number(largest)}, {steps.Name} leaves {Percent((double)Left(steps) / statuses.Count)}, although {proof}: take more steps with --robust-steps.";
        }

        // Inputs without a gradient are told already.
        int Left(SmallestFlips attack) => attack.Norms.Count(norm => norm > largest) - withoutGradient;
    }

    /// <summary>A length with which every input can be moved to one with the other prediction; +∞ where there is none.</summary>
    public static double ReachOf(ModelClassification inputs)
    {
        // From x to x' it is ‖x' − x‖ ≤ ‖x‖ + ‖x'‖.
        double longest = 0;
        Dictionary<int, double> shortest = [];
        for (int i = 0; i < inputs.Inputs.Count; i++)
        {
            if (inputs.PredictionOf(i) is int label)
            {
                double norm = Vectors.Norm(inputs.Inputs.Inputs.Row(i));
                longest = Math.Max(longest, norm);
                shortest[label] = Math.Min(norm, shortest.GetValueOrDefault(label, double.PositiveInfinity));
            }
        }

        // The nearest of another label, for the label that has it farthest.
        return shortest.Count < 2 ? double.PositiveInfinity : longest + shortest.Keys.Max(label => shortest.Where(other => other.Key != label).Min(other => other.Value));
    }

    private static string Number(double value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Percent(double value) => (100 * value).ToString("0.##", CultureInfo.InvariantCulture) + " %";
}
