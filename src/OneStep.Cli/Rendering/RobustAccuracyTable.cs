using OneStep.Experiments;
using Spectre.Console;

namespace OneStep.Cli.Rendering;

/// <summary>Accuracy under attack: a row for each budget, a column for each attack.</summary>
internal static class RobustAccuracyTable
{
    // Below this width the attacks are left out rather than wrapped: the smallest value is what counts.
    private const int WidthForAttacks = 76;

    /// <summary>Makes the table.</summary>
    public static Table Of(RobustAccuracy robust, TerminalTraits traits)
    {
        List<(string Title, IReadOnlyList<double> Accuracy)> columns = [("accuracy", robust.Value)];
        if (traits.Width >= WidthForAttacks)
        {
            columns.AddRange(robust.Attacks.Select(attack => (attack.Name, attack.Accuracy)));
        }

        if (robust.Clipped is { } clipped)
        {
            columns.Add(("clipped", clipped.Value));
        }

        // Budgets are numbers, too.
        Table table = NumberTable.Of("budget ε", columns.Select(column => column.Title));
        table.Columns[0].RightAligned();
        for (int i = 0; i < robust.Budgets.Count; i++)
        {
            int row = i;
            table.AddRow([
                new Text(NumberText.Significant(robust.Budgets[row])),
                .. columns.Select((column, k) => new Text(
                    NumberText.Percent(column.Accuracy[row]), new Style(decoration: k == 0 ? Decoration.Bold : Decoration.None))),
            ]);
        }

        return table;
    }
}
