using OneStep.Experiments;
using Spectre.Console;

namespace OneStep.Cli.Rendering;

/// <summary>Attacks side by side: a row for each.</summary>
internal static class ComparisonTable
{
    // Below these widths the columns that say least are left out rather than wrapped.
    private const int WidthForAll = 100;
    private const int WidthForCost = 78;

    /// <summary>Makes the table.</summary>
    public static Table Of(ComparisonResult result, TerminalTraits traits) =>
        NumberTable.Of("method", attack => attack.Method, ColumnsFor(traits.Width), result.Attacks);

    private static NumberColumn<MethodMeasurement>[] ColumnsFor(int width)
    {
        NumberColumn<MethodMeasurement>[] size = [new("norm", attack => NormText.Name(attack.Norm)), new("median", attack => NumberText.Significant(attack.Size.Median))];
        NumberColumn<MethodMeasurement> mean = new("mean", attack => NumberText.Significant(attack.Size.Mean));
        NumberColumn<MethodMeasurement> ratio = new("ratio", attack => NumberText.Significant(attack.OverBest.Median, 4));
        bool isWide = width >= WidthForAll;
        NumberColumn<MethodMeasurement>[] passes =
        [
            new(isWide ? "forward" : "fwd", attack => NumberText.Significant(attack.ForwardPasses)),
            new(isWide ? "backward" : "bwd", attack => NumberText.Significant(attack.BackwardPasses)),
        ];
        NumberColumn<MethodMeasurement> seconds = new("seconds", attack => NumberText.Significant(attack.Seconds, 2));
        NumberColumn<MethodMeasurement> flipped = new("flipped", attack => $"{attack.Examples.Flipped}/{attack.Attackable}");
        NumberColumn<MethodMeasurement> verified = new("verified", attack => $"{attack.Verified}");
        return isWide ? [.. size, mean, ratio, .. passes, seconds, flipped, verified]
            : width >= WidthForCost ? [.. size, ratio, .. passes, seconds, flipped]
            : [.. size, flipped];
    }
}
