using System.Globalization;
using OneStep.Claims;
using OneStep.Cli.Verbs;
using OneStep.Reproduction;
using Spectre.Console;

namespace OneStep.Cli.Rendering;

/// <summary>What a person sees of a reproduction, before and after.</summary>
internal static class ReproductionText
{
    // Below these widths columns are left out rather than wrapped.
    private const int WidthForExpectation = 100;
    private const int WidthForNumbers = 60;

    /// <summary>What it will cost, in one line.</summary>
    public static string Estimate(ReproduceRequest request, ReproductionEstimate estimate)
    {
        int missing = estimate.Cells - estimate.Finished;
        string cells = missing == 0
            ? $"all {NumberText.Count(estimate.Cells, "experiment")} are finished already"
            : estimate.Finished == 0
                ? $"{NumberText.Count(missing, "experiment")} to run"
                : $"{NumberText.Count(missing, "experiment")} to run, {estimate.Finished} are finished already";
        return $"Profile {request.Profile.Name.ToString().ToLowerInvariant()}: {cells}; about {Duration(estimate.Seconds)} with "
            + $"{NumberText.Count(request.Threads, "thread")}, {Size(estimate.MemoryBytes)} of memory for weights. Results stay in {request.Folder}.";
    }

    /// <summary>The checklist of claims.</summary>
    /// <param name="result">What was measured.</param>
    /// <param name="page">The report's file.</param>
    /// <param name="traits">What the terminal can show.</param>
    public static string Checklist(ReproductionResult result, string page, TerminalTraits traits)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        IAnsiConsole console = TerminalConsole.Create(writer, traits);
        foreach (IGrouping<ClaimGroup, Claim> group in ClaimWords.Groups(result.Claims))
        {
            console.WriteLine($"Claims of {ClaimWords.Source(group.Key)}");
            console.Write(Table(group, traits.Width));
        }

        console.WriteLine(ClaimWords.Summary(result.Claims));
        if (result.Failures.Count > 0)
        {
            console.WriteLine($"{NumberText.Count(result.Failures.Count, "experiment")} could not be computed; the claims are judged by the others.");
        }

        console.WriteLine($"The report: {page}");
        return string.Join('\n', writer.ToString().Split('\n').Select(line => line.TrimEnd()));
    }

    private static Table Table(IEnumerable<Claim> claims, int width)
    {
        var table = new Table { Border = TableBorder.Horizontal };
        string[] columns =
        [
            "claim", "verdict",
            .. width >= WidthForNumbers ? new[] { "measured" } : [],
            .. width >= WidthForExpectation ? new[] { "expected" } : [],
        ];
        foreach (string column in columns)
        {
            table.AddColumn(new TableColumn(new Text(column, new Style(decoration: Decoration.Bold))) { NoWrap = true });
        }

        foreach (Claim claim in claims)
        {
            Text[] cells =
            [
                new(claim.Id),
                new($"{ClaimWords.Sign(claim.Verdict)} {claim.Verdict.Name()}", new Style(ColorOf(claim.Verdict))),
                new(ClaimWords.Measured(claim)),
                new($"{claim.Expected.ToString(CultureInfo.InvariantCulture)}: {claim.ExpectedText}"),
            ];
            table.AddRow(cells[..columns.Length]);
        }

        return table;
    }

    private static Color ColorOf(Verdict verdict) => verdict switch
    {
        Verdict.Holds => Color.Green,
        Verdict.HoldsWithin => Color.Aqua,
        Verdict.Fails => Color.Red,
        _ => Color.Grey,
    };

    // An estimate has no seconds beyond the first minutes.
    private static string Duration(double seconds) => seconds switch
    {
        < 90 => $"{Math.Max(1, (int)Math.Ceiling(seconds))} s",
        < 5400 => $"{(int)Math.Ceiling(seconds / 60)} min",
        _ => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:F1} h"),
    };

    private static string Size(long bytes) => bytes >= 1_000_000_000
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:F1} GB")
        : string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, bytes / 1e6):F0} MB");
}
