using System.CommandLine;
using System.Text;

namespace OneStep.Cli.Parsing;

/// <summary>What <c>--help</c> shows for one command: usage, options in groups with ranges and defaults, examples.</summary>
/// <param name="command">The command.</param>
/// <param name="groups">Its options in groups; options in no group come last.</param>
/// <param name="examples">Command lines to try.</param>
internal sealed class HelpPage(Command command, IReadOnlyList<OptionGroup> groups, IReadOnlyList<string> examples)
{
    private const int NarrowestText = 20;
    private const int WidestPage = 100;

    /// <summary>The page as text.</summary>
    /// <param name="width">The terminal's width in columns.</param>
    public string Render(int width)
    {
        var page = new StringBuilder();
        string noun = (command as ChoiceCommand)?.Noun ?? "verb";
        string words = command.Subcommands.Count > 0 ? $" {noun.ToUpperInvariant()}" : string.Concat(command.Arguments.Select(a => " " + a.Name));
        string usage = $"{CommandPath.Of(command)}{words} [OPTION]...";
        width = Math.Min(width, WidestPage);
        AppendWrapped(page, command.Description!, 0, width);
        AppendWrapped(page.Append('\n'), $"Usage: {usage}", 0, width);
        AppendTable(page, "Arguments", [.. command.Arguments.Select(a => (a.Name, a.Description!))], width);
        AppendTable(page, $"{char.ToUpperInvariant(noun[0])}{noun[1..]}s", [.. command.Subcommands.Select(c => (c.Name, c.Description!))], width);
        foreach (OptionGroup group in groups.Append(new("Help", Ungrouped())))
        {
            AppendTable(page, group.Title, [.. group.Options.Select(o => (Label(o), Describe(o)))], width);
        }

        page.Append("\nExamples:\n");
        foreach (string example in examples)
        {
            page.Append("  ").Append(example).Append('\n');
        }

        page.Append("\nExit codes: 0 done, 1 the work failed, 2 wrong usage, 130 interrupted.\n");
        return page.ToString();
    }

    private static void AppendTable(StringBuilder page, string title, IReadOnlyList<(string Label, string Text)> rows, int width)
    {
        if (rows.Count == 0)
        {
            return;
        }

        page.Append('\n').Append(title).Append(":\n");
        int column = Math.Min(rows.Max(r => r.Label.Length) + 4, Math.Max(8, width / 3));
        foreach ((string label, string text) in rows)
        {
            page.Append("  ").Append(label);
            if (label.Length + 4 > column)
            {
                page.Append('\n').Append(' ', column);
            }
            else
            {
                page.Append(' ', column - 2 - label.Length);
            }

            AppendWrapped(page, text, column, width);
        }
    }

    /// <summary>Appends words from where the page stands, <paramref name="indent"/> columns in, and ends the line.</summary>
    private static void AppendWrapped(StringBuilder page, string text, int indent, int width)
    {
        int room = Math.Max(NarrowestText, width - indent - 1);
        int used = 0;
        foreach (string word in text.Split(' '))
        {
            if (used > 0 && used + 1 + word.Length > room)
            {
                page.Append('\n').Append(' ', indent);
                used = 0;
            }

            if (used > 0)
            {
                page.Append(' ');
                used++;
            }

            page.Append(word);
            used += word.Length;
        }

        page.Append('\n');
    }

    private static string Label(Option option) =>
        (option is IDocumentedOption, option.HelpName) switch
        {
            (true, { Length: > 0 } placeholder) => $"{option.Name} {placeholder}",
            (true, _) => option.Name,
            _ => string.Join(", ", option.Aliases.Where(a => a.StartsWith('-')).Prepend(option.Name)),
        };

    private static string Describe(Option option)
    {
        string text = option.Description ?? string.Empty;
        if (option is not IDocumentedOption documented)
        {
            return text;
        }

        string range = documented.ShowsRange ? $"; {documented.Range}" : string.Empty;
        string standard = documented.DefaultText is { } value ? $" [default: {value}]" : string.Empty;
        return text + range + standard;
    }

    private IReadOnlyList<Option> Ungrouped()
    {
        HashSet<Option> grouped = [.. groups.SelectMany(g => g.Options)];
        IEnumerable<Option> own = command.Options;
        IEnumerable<Option> inherited = CommandPath.Ancestors(command).SelectMany(c => c.Options).Where(o => o.Recursive);
        return [.. own.Concat(inherited).Where(o => !o.Hidden && !grouped.Contains(o))];
    }
}
