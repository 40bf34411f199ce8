using OneStep.Formats;
using OneStep.Studies;

namespace OneStep.Reports;

/// <summary>
/// A study's report as files: <c>report.html</c>, and beside it <c>figures/NAME.vl.json</c>, <c>tables/NAME.csv</c> for every
/// figure, and <c>tables/cells.csv</c>. Figures and tables hold neither times nor machines: they are the same byte for byte
/// however the cells were computed.
/// </summary>
/// <param name="results">The finished cells.</param>
/// <param name="figures">What <see cref="StudyFigures.Of"/> makes of them.</param>
public sealed class StudyReportFolder(StudyResults results, IReadOnlyList<FigureSet> figures)
{
    /// <summary>The name of the page.</summary>
    public const string Page = ReportFiles.Page;

    /// <summary>Writes the page alone, whole or not at all.</summary>
    /// <param name="path">Where it shall stand; its folder must exist.</param>
    /// <param name="provenance">Where the page comes from.</param>
    /// <exception cref="OneStepException">The file cannot be written; the message names it.</exception>
    public void WritePage(string path, ReportProvenance provenance) =>
        AtomicFile.Write(path, stream => ReportFiles.WritePage(stream, writer => StudyReport.Render(results, figures, provenance, writer)));

    /// <summary>Writes every file, each whole or not at all, the page last.</summary>
    /// <param name="folder">The folder, made where it does not exist.</param>
    /// <param name="provenance">Where the page comes from.</param>
    /// <param name="table">A row a cell: see <see cref="StudyTable.Cells"/>.</param>
    /// <param name="cancellation">Ends the work early with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>The files, as paths within the folder.</returns>
    /// <exception cref="OneStepException">A file cannot be written; the message names it.</exception>
    public IReadOnlyList<string> Write(string folder, ReportProvenance provenance, IEnumerable<IReadOnlyList<string>> table, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(table);
        List<string> written = [];
        void Put(string subfolder, string name, Action<Stream> write)
        {
            cancellation.ThrowIfCancellationRequested();
            ReportFiles.MakeFolder(Path.Combine(folder, subfolder));
            AtomicFile.Write(Path.Combine(folder, subfolder, name), write);
            written.Add($"{subfolder}/{name}");
        }

        Put(ReportFiles.Tables, "cells.csv", stream => TableWriter.WriteCsv(stream, table));
        foreach (Figure figure in figures.SelectMany(set => set.Figures))
        {
            Put(ReportFiles.Figures, figure.Name + ReportFiles.FigureEnding, stream => ReportFiles.WriteFigure(stream, figure));
            Put(ReportFiles.Tables, figure.Name + ReportFiles.TableEnding, stream => TableWriter.WriteCsv(stream, figure.Table));
        }

        cancellation.ThrowIfCancellationRequested();
        WritePage(Path.Combine(folder, Page), provenance);
        written.Add(Page);
        return written;
    }
}
