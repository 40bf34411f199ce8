using System.Globalization;
using OneStep.Attacks;

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
    /// <param name="budgets">The budgets, ascending, at least one.</param>
    /// <param name="statuses">What the inputs are before the attacks.</param>
    public static IEnumerable<string> Of(
        IReadOnlyList<SmallestFlips> minimumNorm, SmallestFlips steps, BudgetList budgets, IReadOnlyList<ExampleStatus> statuses)
    {
        SmallestFlips weakest = minimumNorm[0];
        foreach (SmallestFlips stronger in minimumNorm.Skip(1).Append(steps))
        {
            foreach (double budget in budgets)
            {
                double left = stronger.AccuracyAt(budget);
                double leftByWeakest = weakest.AccuracyAt(budget);
                if (left - leftByWeakest > Noise)
                {
                    yield return $"At ε = {Number(budget)} {stronger.Name} leaves {Percent(left)}, more than the weaker {weakest.Name} does with {Percent(leftByWeakest)}: {stronger.Name} is not doing its work there.";
                    break;
                }
            }
        }

        int withoutGradient = statuses.Count(status => status == ExampleStatus.NoDirection);
        if (withoutGradient > 0)
        {
            yield return $"The gradient vanishes at {withoutGradient} of {statuses.Count} inputs, where no attack has a direction to go: they count as robust.";
        }

        double largest = budgets[^1];
        double leftBySteps = steps.AccuracyAt(largest);
        SmallestFlips? complete = minimumNorm.FirstOrDefault(attack => attack.AccuracyAt(largest) == 0);
        if (complete is not null && leftBySteps > 0)
        {
            yield return $"At the largest budget, ε = {Number(largest)}, {steps.Name} leaves {Percent(leftBySteps)}, although {complete.Name} flips every input: take more steps with --robust-steps.";
        }
    }

    private static string Number(double value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Percent(double value) => (100 * value).ToString("0.##", CultureInfo.InvariantCulture) + " %";
}
