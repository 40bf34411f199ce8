using System.CommandLine;
using OneStep.Cli.Parsing;
using OneStep.Cli.Rendering;
using OneStep.Reports;
using OneStep.Studies;

namespace OneStep.Cli.Verbs;

/// <summary>The verb <c>study report</c>: figures, tables and a page of what is finished.</summary>
/// <param name="host">The terminal.</param>
internal sealed class StudyReportVerb(CliHost host) : OneStudyVerb(host, "report", "Write the figures of a study, their tables, and a page that shows them.")
{
    private const string PageExtension = ".html";

    private readonly DocumentedOption<string> _out = Options.Path(
        "--out", "DIR|FILE", "Folder for the page, the figures and the tables; a name ending in .html is that of the page alone", "a folder, or a file ending in .html", "onestep-STUDY-report");

    /// <inheritdoc/>
    protected override OptionGroup Own => new("Report", [_out]);

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Examples { get; } =
    [
        "onestep study report smoke",
        "onestep study report dimension-by-width --set seeds=3 --out report",
        "onestep study report my-study.yaml --store results --out my-study.html",
    ];

    /// <inheritdoc/>
    protected override int Run(ParseResult parse, CancellationToken cancellation)
    {
        StudyRequest request = Study.Read(parse);
        string target = parse.GetValue(_out) ?? $"onestep-{request.Plan.Definition.Name}-report";
        bool isPage = target.EndsWith(PageExtension, StringComparison.OrdinalIgnoreCase);
        RequireWritable(target, isPage);
        StudyResults results = StudyResults.Read(request.Plan, request.Store, cancellation);
        if (results.Cells.Count == 0)
        {
            throw new OneStepException(
                $"No cell of the study {request.Plan.Definition.Name} is finished in '{request.Store.Folder}', so there is nothing to report; run the study first.");
        }

        if (!isPage)
        {
            OutputFile.RequireFolder(_out.Name, target);
        }

        TellMissing(results);
        IReadOnlyList<FigureSet> figures = StudyFigures.Of(results, cancellation);
        var folder = new StudyReportFolder(results, figures);
        var provenance = new ReportProvenance { Version = ProgramVersion.Text, Command = Study.CommandText(parse) };
        IReadOnlyList<string> files = [];
        Host.Activity.Writing(target, () =>
        {
            if (isPage)
            {
                folder.WritePage(target, provenance);
            }
            else
            {
                IEnumerable<IReadOnlyList<string>> table = new StudyTable(request.Plan, request.Store).Cells([.. results.Cells.Select(cell => cell.Cell)], progress: null, cancellation);
                files = folder.Write(target, provenance, table, cancellation);
            }
        });
        string page = isPage ? target : Path.Combine(target, StudyReportFolder.Page);
        Host.WriteOutput(WantsJson(parse) ? StudyJson.Of(request, results, page, isPage ? [page] : [.. files.Select(file => Path.Combine(target, file))]) : Text(request, results, figures, page));
        return ExitCodes.Done;
    }

    private void RequireWritable(string target, bool isPage)
    {
        if (isPage)
        {
            OutputFile.RequireWritable(_out.Name, target);
        }
        else if (File.Exists(target))
        {
            throw new UsageException($"{_out.Name} is '{target}', which is a file, but must be {_out.Range}.");
        }
    }

    private void TellMissing(StudyResults results)
    {
        foreach (string damage in results.Damaged)
        {
            Host.Error.WriteLine(damage);
        }

        if (results.Missing.Count > 0)
        {
            Host.Error.WriteLine($"{results.Missing.Count} of {NumberText.Count(results.Plan.Cells.Count, "cell")} are missing and left out.");
        }
    }

    private static string Text(StudyRequest request, StudyResults results, IReadOnlyList<FigureSet> figures, string page) =>
        $"Study {request.Plan.Definition.Name}: {NumberText.Count(figures.Sum(set => set.Figures.Count), "figure")} of {NumberText.Count(results.Cells.Count, "cell")}; the report is {page}.\n";
}
