using OneStep.Experiments.Certification;
using OneStep.Statistics;
using Spectre.Console;

namespace OneStep.Cli.Rendering;

/// <summary>The sizes of what flips one network and of what flips every network of a ball, a row a kind, and below them the sizes below
/// which nothing flips the one network, a row a bound.</summary>
internal static class CertificationTable
{
    // Below these widths the columns that say least are left out rather than wrapped.
    private const int WidthForExtremes = 100;
    private const int WidthForTheory = 72;

    /// <summary>Makes the table.</summary>
    public static Table Of(CertifiedNetworkResult result, TerminalTraits traits)
    {
        int count = result.Inputs.Count;
        IEnumerable<Row> sizes = result.Sizes.Select(size => new Row(
            PerturbationNames.Of(size.Kind),
            size.Size,
            size.OverOneStep.Median,
            NumberText.Significant(size.Prediction?.Ratio.Median),
            $"{size.Found}/{count}",
            $"{size.Flipped}",
            value => NumberText.Significant(value)));
        IEnumerable<Row> bounds = result.LowerBounds.Select(bound => new Row(
            $"  {LowerBoundSet.Name(bound.Kind)}",
            bound.Radius,
            bound.OverOneStep.Median,
            NumberText.None,
            $"{bound.Proved}/{count}",
            NumberText.None,
            value => NumberText.RoundedDown(value)));
        NumberColumn<Row>[] columns = ColumnsFor(traits.Width, hasTheory: result.Sizes.Any(size => size.Prediction is not null));
        Table table = NumberTable.Of("size ‖δ‖", columns.Select(column => column.Title));
        NumberTable.Add(table, row => row.Name, columns, sizes);
        if (result.LowerBounds.Count > 0)
        {
            table.AddRow(new Text("nothing below"));
            NumberTable.Add(table, row => row.Name, columns, bounds);
        }

        return table;
    }

    private static NumberColumn<Row>[] ColumnsFor(int width, bool hasTheory)
    {
        NumberColumn<Row> median = new("median", row => row.Text(row.Size.Median));
        NumberColumn<Row> mean = new("mean", row => row.Text(row.Size.Mean));
        NumberColumn<Row>[] extremes = [new("min", row => row.Text(row.Size.Min)), new("max", row => row.Text(row.Size.Max))];
        NumberColumn<Row> ratio = new("to one step", row => row.Text(row.OverOneStep));
        NumberColumn<Row>[] theory = hasTheory ? [new("to theory", row => row.OverTheory)] : [];
        NumberColumn<Row> found = new("found", row => row.Found);
        NumberColumn<Row> flipped = new("flip W", row => row.Flipped);
        return width >= WidthForExtremes ? [median, mean, .. extremes, ratio, .. theory, found, flipped]
            : width >= WidthForTheory ? [median, ratio, .. theory, found, flipped]
            : [median, ratio, found];
    }

    // What was measured is rounded to the nearest, what is proved down.
    private sealed record Row(
        string Name, Summary Size, double? OverOneStep, string OverTheory, string Found, string Flipped, Func<double?, string> Text);
}
