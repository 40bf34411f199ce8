using OneStep.Experiments;
using Spectre.Console;

namespace OneStep.Cli.Rendering;

/// <summary>Attacks side by side: a row for each.</summary>
internal static class ComparisonTable
{
    // Below these widths the columns that say least are left out rather than wrapped.
    private const int WidthForAll = 100;
    private const int WidthForCost = 78;

    private sealed record Column(string Title, Func<MethodMeasurement, string> Text);

    /// <summary>Makes the table.</summary>
    public static Table Of(ComparisonResult result, TerminalTraits traits)
    {
        var table = new Table { Border = TableBorder.Horizontal };
        table.AddColumn(new TableColumn(new Text("method", new Style(decoration: Decoration.Bold))) { NoWrap = true, Padding = new Padding(0, 0, 0, 0) });
        Column[] columns = ColumnsFor(traits.Width);
        foreach (Column column in columns)
        {
            table.AddColumn(new TableColumn(new Text(column.Title, new Style(decoration: Decoration.Bold)))
            {
                Alignment = Justify.Right,
                NoWrap = true,
                Padding = new Padding(2, 0, 0, 0),
            });
        }

        foreach (MethodMeasurement attack in result.Attacks)
        {
            table.AddRow([new Text(attack.Method), .. columns.Select(column => new Text(column.Text(attack)))]);
        }

        return table;
    }

    private static Column[] ColumnsFor(int width)
    {
        Column[] size = [new("norm", attack => NormText.Name(attack.Norm)), new("median", attack => NumberText.Significant(attack.Size.Median))];
        Column mean = new("mean", attack => NumberText.Significant(attack.Size.Mean));
        Column ratio = new("ratio", attack => NumberText.Significant(attack.OverBest.Median, 4));
        bool isWide = width >= WidthForAll;
        Column[] passes =
        [
            new(isWide ? "forward" : "fwd", attack => NumberText.Significant(attack.ForwardPasses)),
            new(isWide ? "backward" : "bwd", attack => NumberText.Significant(attack.BackwardPasses)),
        ];
        Column seconds = new("seconds", attack => NumberText.Significant(attack.Seconds, 2));
        Column flipped = new("flipped", attack => $"{attack.Examples.Flipped}/{attack.Attackable}");
        Column verified = new("verified", attack => $"{attack.Verified}");
        return isWide ? [.. size, mean, ratio, .. passes, seconds, flipped, verified]
            : width >= WidthForCost ? [.. size, ratio, .. passes, seconds, flipped]
            : [.. size, flipped];
    }
}
