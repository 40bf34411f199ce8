using OneStep.Formats;
using OneStep.Reports;
using OneStep.Studies;

namespace OneStep.Reproduction;

/// <summary>
/// The folder of a reproduction: finished cells in <c>cells</c>, which serve every profile, and the report of the profile that
/// was asked for last: <c>report.html</c>, <c>claims.json</c>, <c>figures/NAME.vl.json</c> and <c>tables/NAME.csv</c>. The last
/// three kinds hold neither times nor machines: they are the same byte for byte however the cells were computed.
/// </summary>
/// <param name="folder">The folder, which need not exist.</param>
public sealed class ReproductionFolder(string folder)
{
    /// <summary>The name of the page.</summary>
    public const string Page = ReportFiles.Page;

    /// <summary>The name of the document of claims.</summary>
    public const string Claims = "claims.json";

    /// <summary>Where finished cells are.</summary>
    public CellStore Store { get; } = new(folder);

    /// <summary>Writes every file, each whole or not at all, and takes away the figures and tables that an earlier report had
    /// and this one has not.</summary>
    /// <param name="result">What was measured.</param>
    /// <param name="provenance">Where the page comes from.</param>
    /// <param name="cancellation">Ends the work early with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>The files, as paths within the folder, the page last.</returns>
    /// <exception cref="OneStepException">A file cannot be written; the message names it.</exception>
    public IReadOnlyList<string> Write(ReproductionResult result, ReportProvenance provenance, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(provenance);
        ReproductionFigures figures = ReproductionFigures.Of(result, cancellation);
        List<(string Name, Action<Stream> Write)> files =
        [
            .. figures.All.Select(figure => ($"{ReportFiles.Figures}/{figure.Name}{ReportFiles.FigureEnding}", (Action<Stream>)(stream => ReportFiles.WriteFigure(stream, figure)))),
            .. figures.All.Where(figure => figure.Table.Count > 0).Select(figure => Table(figure.Name, () => figure.Table)),
            .. result.Studies.Select(study => Table($"{study.Study.Study}-cells", () => CellTable(study, cancellation))),
            Table("fits", () => ReproductionFits.Table(result.Evidence, cancellation)),
            (Claims, stream => ReportFiles.WriteText(stream, ReproductionJson.Format(result))),
            (Page, stream => ReportFiles.WritePage(stream, writer => ReproductionReport.Render(result, figures, provenance, writer))),
        ];
        ReportFiles.MakeFolder(Path.Combine(folder, ReportFiles.Figures));
        ReportFiles.MakeFolder(Path.Combine(folder, ReportFiles.Tables));
        foreach ((string name, Action<Stream> write) in files)
        {
            cancellation.ThrowIfCancellationRequested();
            AtomicFile.Write(Path.Combine(folder, name), write);
        }

        RemoveOthers([.. files.Select(file => file.Name)]);
        return [.. files.Select(file => file.Name)];
    }

    private static (string Name, Action<Stream> Write) Table(string name, Func<IEnumerable<IReadOnlyList<string>>> rows) =>
        ($"{ReportFiles.Tables}/{name}{ReportFiles.TableEnding}", stream => TableWriter.WriteCsv(stream, rows()));

    private IEnumerable<IReadOnlyList<string>> CellTable(ReproducedStudy study, CancellationToken cancellation) =>
        new StudyTable(study.Results.Plan, Store).Cells([.. study.Results.Cells.Select(cell => cell.Cell)], progress: null, cancellation);

    // Both folders belong to the report. A figure of another profile beside those of this one would be taken for one of them.
    private void RemoveOthers(HashSet<string> written)
    {
        foreach ((string subfolder, string ending) in new[] { (ReportFiles.Figures, ReportFiles.FigureEnding), (ReportFiles.Tables, ReportFiles.TableEnding) })
        {
            string path = Path.Combine(folder, subfolder);
            try
            {
                foreach (string file in Directory.EnumerateFiles(path, "*" + ending).Where(file => !written.Contains($"{subfolder}/{Path.GetFileName(file)}")).ToArray())
                {
                    File.Delete(file);
                }
            }
            catch (Exception exception) when (FileFailure.IsFileFailure(exception))
            {
                throw FileFailure.CannotWrite(path, exception);
            }
        }
    }
}
