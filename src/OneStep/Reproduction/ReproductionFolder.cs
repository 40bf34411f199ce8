using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
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
    public const string Page = "report.html";

    /// <summary>The name of the document of claims.</summary>
    public const string Claims = "claims.json";

    private const string Figures = "figures";
    private const string Tables = "tables";
    private const string FigureEnding = ".vl.json";
    private const string TableEnding = ".csv";

    // As the page has them: letters of all scripts stay readable.
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

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
            .. figures.All.Select(figure => ($"{Figures}/{figure.Name}{FigureEnding}", (Action<Stream>)(stream => WriteText(stream, figure.Specification.ToJsonString(Readable) + "\n")))),
            .. figures.All.Where(figure => figure.Table.Count > 0).Select(figure => Table(figure.Name, () => figure.Table)),
            .. result.Studies.Select(study => Table($"{study.Study.Study}-cells", () => CellTable(study, cancellation))),
            Table("fits", () => ReproductionFits.Table(result.Evidence, cancellation)),
            (Claims, stream => WriteText(stream, ReproductionJson.Format(result))),
            (Page, stream =>
            {
                using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
                ReproductionReport.Render(result, figures, provenance, writer);
            }),
        ];
        MakeFolders();
        foreach ((string name, Action<Stream> write) in files)
        {
            cancellation.ThrowIfCancellationRequested();
            AtomicFile.Write(Path.Combine(folder, name), write);
        }

        RemoveOthers([.. files.Select(file => file.Name)]);
        return [.. files.Select(file => file.Name)];
    }

    private static (string Name, Action<Stream> Write) Table(string name, Func<IEnumerable<IReadOnlyList<string>>> rows) =>
        ($"{Tables}/{name}{TableEnding}", stream => TableWriter.WriteCsv(stream, rows()));

    private static void WriteText(Stream stream, string text) => stream.Write(Encoding.UTF8.GetBytes(text));

    private IEnumerable<IReadOnlyList<string>> CellTable(ReproducedStudy study, CancellationToken cancellation) =>
        new StudyTable(study.Results.Plan, Store).Cells([.. study.Results.Cells.Select(cell => cell.Cell)], progress: null, cancellation);

    private void MakeFolders()
    {
        try
        {
            Directory.CreateDirectory(Path.Combine(folder, Figures));
            Directory.CreateDirectory(Path.Combine(folder, Tables));
        }
        catch (Exception exception) when (FileFailure.IsFileFailure(exception))
        {
            throw FileFailure.CannotWrite(folder, exception);
        }
    }

    // Both folders belong to the report. A figure of another profile beside those of this one would be taken for one of them.
    private void RemoveOthers(HashSet<string> written)
    {
        foreach ((string subfolder, string ending) in new[] { (Figures, FigureEnding), (Tables, TableEnding) })
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
