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

        var table = new Table { Border = TableBorder.Horizontal };
        table.AddColumn(Column("budget ε", leftPadding: 0));
        foreach ((string title, _) in columns)
        {
            table.AddColumn(Column(title, leftPadding: 2));
        }

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

    private static TableColumn Column(string title, int leftPadding) => new(new Text(title, new Style(decoration: Decoration.Bold)))
    {
        Alignment = Justify.Right,
        NoWrap = true,
        Padding = new Padding(leftPadding, 0, 0, 0),
    };
}
