using System.Text;
using OneStep.Studies;

namespace OneStep.Reports.Figures;

/// <summary>
/// The numbers of cells that nobody has named, found by their paths: means of summaries and numbers that stand alone. The
/// points of curves and the other statistics of a summary are left to the table of the cells.
/// </summary>
internal static class MeasuredQuantities
{
    private const string Mean = "mean";

    /// <summary>The quantities that any finished cell has, in the order in which they are measured.</summary>
    public static IReadOnlyList<StudyQuantity> Of(StudyResults results)
    {
        string[] paths = [.. results.Cells.SelectMany(cell => cell.Paths.Where(path => cell.Number(path) is not null)).Distinct()];
        HashSet<string> summaries = [.. results.Cells.SelectMany(cell => cell.Paths).Where(path => LastOf(path) == Mean).Select(ParentOf)];
        return [.. paths.Where(path => IsShown(path, summaries)).Except(results.Plan.Columns).Select(path => Quantity(path) with { IsConstant = results.Cells.DistinctBy(cell => cell.Text(path)).Count() == 1 })];
    }

    private static bool IsShown(string path, HashSet<string> summaries) =>
        !path.Split('.').Any(part => part.All(char.IsAsciiDigit)) && (LastOf(path) == Mean || !summaries.Contains(ParentOf(path)));

    private static StudyQuantity Quantity(string path)
    {
        string whole = LastOf(path) == Mean && ParentOf(path).Length > 0 ? ParentOf(path) : path;
        string words = string.Join(", ", whole.Split('.').Select(Words));
        return new(FileName(whole), words, words, cell => cell.Number(path), _ => null);
    }

    /// <summary>A name of the JSON document as words: "perturbation norm" for perturbationNorm.</summary>
    private static string Words(string name)
    {
        var words = new StringBuilder();
        foreach (char c in name)
        {
            _ = char.IsAsciiLetterUpper(c) ? words.Append(' ').Append(char.ToLowerInvariant(c)) : words.Append(c);
        }

        return words.Replace('-', ' ').ToString().Trim();
    }

    private static string FileName(string path) => string.Join('-', path.Split('.').Select(part => Words(part).Replace(' ', '-')));

    private static string LastOf(string path) => path[(path.LastIndexOf('.') + 1)..];

    private static string ParentOf(string path) => path[..Math.Max(0, path.LastIndexOf('.'))];
}
