using System.Text.RegularExpressions;

namespace OneStep.Tests.Documentation;

/// <summary>Formulas are explained in one place and cited by section: a citation must lead somewhere.</summary>
public partial class CitationTests
{
    private static readonly string Root = FindRoot();

    [Fact]
    public void Every_section_of_the_mathematics_that_the_code_cites_exists()
    {
        string[] headings = [.. File.ReadLines(Path.Combine(Root, "docs", "mathematics.md")).Where(line => line.StartsWith("## ", StringComparison.Ordinal))];
        HashSet<string> sections = [.. headings.Select(heading => heading[3..].Split('.')[0])];
        string[] dangling = [.. Sources()
            .SelectMany(file => Citation().Matches(File.ReadAllText(file)).Select(match => (file, section: match.Groups["section"].Value)))
            .Where(citation => !sections.Contains(citation.section))
            .Select(citation => $"{Path.GetRelativePath(Root, citation.file)} cites {citation.section}")];
        Assert.Empty(dangling);
    }

    [Fact]
    public void Section_numbers_never_change()
    {
        // Numbers in between are reserved for later systems; a section that is added joins the list.
        string text = File.ReadAllText(Path.Combine(Root, "docs", "mathematics.md"));
        int[] numbers = [.. NumberedHeading().Matches(text).Select(match => int.Parse(match.Groups["number"].Value))];
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 13, 14, 15, 16, 17, 18, 19], numbers);
    }

    private static IEnumerable<string> Sources() =>
        Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "OneStep.slnx")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException("The tests run outside of the repository.");
    }

    [GeneratedRegex("""docs/mathematics\.md(?: §(?<section>\d+)|, "(?<section>[^"]+)")""", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Citation();

    [GeneratedRegex("""^## (?<number>\d+)\. """, RegexOptions.Multiline | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NumberedHeading();
}
