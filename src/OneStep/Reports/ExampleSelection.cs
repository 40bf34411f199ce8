using OneStep.Attacks;

namespace OneStep.Reports;

/// <summary>A flipped example to show, and its place among those of its label.</summary>
/// <param name="Example">The example.</param>
/// <param name="Quantile">Its place by ‖δ‖, from 0, the smallest, to 1, the largest.</param>
internal sealed record ChosenExample(AttackedExample Example, double Quantile)
{
    /// <summary>The place in words.</summary>
    public string Place => Quantile switch
    {
        0 => "smallest",
        0.5 => "median",
        1 => "largest",
        _ => $"{NumberText.Percent(Quantile)} quantile",
    };
}

/// <summary>Chooses examples that stand for all: by rank, not by looks.</summary>
internal static class ExampleSelection
{
    private static readonly double[] BothLabels = [0, 0.5, 1];
    private static readonly double[] OneLabel = [0, 0.2, 0.4, 0.6, 0.8, 1];

    /// <summary>The smallest, median and largest ‖δ‖ of each label, or six quantiles where only one label was flipped;
    /// fewer where there are not so many.</summary>
    /// <param name="rows">What became of every input.</param>
    /// <param name="labelOf">The label of an input; the one it is attacked with unless told otherwise.</param>
    public static IReadOnlyList<ChosenExample> Of(IEnumerable<AttackedExample> rows, Func<AttackedExample, int>? labelOf = null)
    {
        AttackedExample[][] labels =
        [
            .. rows.Where(row => row.Status == ExampleStatus.Flipped && row.PerturbationNorm is not null)
                .GroupBy(labelOf ?? (row => row.Label))
                .OrderBy(group => group.Key)
                .Select(group => group.OrderBy(row => row.PerturbationNorm).ThenBy(row => row.Index).ToArray()),
        ];
        double[] quantiles = labels.Length == 1 ? OneLabel : BothLabels;

        // Equal ranks of both labels stand side by side.
        return
        [
            .. quantiles.SelectMany(quantile => labels.Select(label => Choose(label, quantile)))
                .DistinctBy(chosen => chosen.Example.Index),
        ];
    }

    private static ChosenExample Choose(AttackedExample[] sorted, double quantile) =>
        new(sorted[(int)Math.Round(quantile * (sorted.Length - 1))], quantile);
}
