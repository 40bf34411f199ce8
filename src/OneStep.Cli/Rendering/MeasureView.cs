using System.Text.Json;
using OneStep.Experiments.Kinds;
using Spectre.Console;

namespace OneStep.Cli.Rendering;

/// <summary>What a person sees of a finished measurement.</summary>
/// <param name="kind">The kind of experiment.</param>
/// <param name="measurement">What was measured.</param>
/// <param name="rowsPath">Where the rows were written; null for nowhere.</param>
/// <param name="traits">What the terminal can show.</param>
internal sealed class MeasureView(ExperimentKind kind, Measurement measurement, string? rowsPath, TerminalTraits traits)
{
    // A number with its padding.
    private const int NumberWidth = 11;

    // More would be no overview; the document has every one.
    private const int MostShownOfList = 21;

    private static readonly string[] Statistics = ["mean", "median", "std", "min", "max"];

    /// <summary>The text, with escape sequences where the terminal knows them.</summary>
    public string Render()
    {
        using var document = JsonDocument.Parse(measurement.Json);
        var numbers = new MeasuredNumbers(document.RootElement);
        using var writer = new StringWriter { NewLine = "\n" };
        var page = new TextPage(writer, traits);
        page.Sentence(kind.Summary, new Style(decoration: Decoration.Bold));
        page.Sentence($"{kind.Name}: {string.Join(", ", numbers.Given.Select(p => $"{p.Name} {p.Value}"))}.");
        page.Line();
        if (numbers.Values.Count > 0)
        {
            page.Write(TableOf([string.Empty], [.. numbers.Values.Select(v => (v.Name, (IReadOnlyList<string>)[v.Value]))]));
        }

        if (numbers.Summaries.Count > 0)
        {
            string[] titles = TitlesBeside(numbers.Summaries.Max(summary => summary.Name.Length));
            page.Write(TableOf(titles, [.. numbers.Summaries.Select(s => (s.Name, (IReadOnlyList<string>)[.. s.Statistics.Take(titles.Length).Select(Text)]))]));
        }

        foreach (IGrouping<int, (string Name, IReadOnlyList<double?> Values)> lists in numbers.Lists.GroupBy(list => list.Values.Count).Where(group => group.Key > 0))
        {
            page.Write(TableOf([.. lists.Select(list => list.Name)], [.. Places(lists.Key).Select(i => ($"{i}", (IReadOnlyList<string>)[.. lists.Select(list => Text(list.Values[i]))]))]));
        }

        page.Sentence($"Took {NumberText.Seconds(numbers.Time)}.");
        page.Sentence(rowsPath is null ? "Add --rows FILE for every row, --json for every number." : $"Rows: {rowsPath}");
        return page.Text;
    }

    private static Table TableOf(IReadOnlyList<string> titles, IReadOnlyList<(string Name, IReadOnlyList<string> Cells)> rows)
    {
        Table table = NumberTable.Of(string.Empty, titles);
        foreach ((string name, IReadOnlyList<string> cells) in rows)
        {
            table.AddRow([new Text(name), .. cells.Select(cell => new Text(cell))]);
        }

        return titles.All(title => title.Length == 0) ? table.HideHeaders() : table;
    }

    private static string Text(double? value) => NumberText.Significant(value);

    /// <summary>Where a list is long, places evenly over it, its ends among them.</summary>
    private static IEnumerable<int> Places(int length) => length <= MostShownOfList
        ? Enumerable.Range(0, length)
        : Enumerable.Range(0, MostShownOfList).Select(i => (int)((long)i * (length - 1) / (MostShownOfList - 1)));

    /// <summary>As many statistics as have room beside the names.</summary>
    private string[] TitlesBeside(int longestName)
    {
        int room = traits.Width - longestName - 1;
        return Statistics[..Math.Clamp(room / NumberWidth, 1, Statistics.Length)];
    }
}
