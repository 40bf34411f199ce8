using OneStep.Experiments.Certification;
using Spectre.Console;

namespace OneStep.Cli.Rendering;

/// <summary>The sizes of what flips one network and of what flips every network of a ball: a row a kind.</summary>
internal static class CertificationTable
{
    // Below these widths the columns that say least are left out rather than wrapped.
    private const int WidthForExtremes = 84;
    private const int WidthForTheory = 60;

    private sealed record Column(string Title, Func<SizeMeasurement, string> Text);

    /// <summary>Makes the table.</summary>
    public static Table Of(CertificationResult result, TerminalTraits traits)
    {
        var table = new Table { Border = TableBorder.Horizontal };
        table.AddColumn(new TableColumn(new Text("size ‖δ‖", new Style(decoration: Decoration.Bold))) { NoWrap = true, Padding = new Padding(0, 0, 0, 0) });
        Column[] columns = ColumnsFor(traits.Width, result.Inputs.Count);
        foreach (Column column in columns)
        {
            table.AddColumn(new TableColumn(new Text(column.Title, new Style(decoration: Decoration.Bold)))
            {
                Alignment = Justify.Right,
                NoWrap = true,
                Padding = new Padding(2, 0, 0, 0),
            });
        }

        foreach (SizeMeasurement size in result.Sizes)
        {
            table.AddRow([new Text(CertificationSentences.Name(size.Kind)), .. columns.Select(column => new Text(column.Text(size)))]);
        }

        return table;
    }

    private static Column[] ColumnsFor(int width, int count)
    {
        Column median = new("median", size => NumberText.Significant(size.Size.Median));
        Column mean = new("mean", size => NumberText.Significant(size.Size.Mean));
        Column[] extremes = [new("min", size => NumberText.Significant(size.Size.Min)), new("max", size => NumberText.Significant(size.Size.Max))];
        Column ratio = new("to one step", size => NumberText.Significant(size.OverOneStep.Median));
        Column theory = new("to theory", size => NumberText.Significant(size.Prediction?.Ratio.Median));
        Column found = new("found", size => $"{size.Found}/{count}");
        Column flipped = new("flip W", size => $"{size.Flipped}");
        return width >= WidthForExtremes ? [median, mean, .. extremes, ratio, theory, found, flipped]
            : width >= WidthForTheory ? [median, ratio, theory, found, flipped]
            : [median, ratio, found];
    }
}
