using System.CommandLine;
using OneStep.Cli.Parsing;
using OneStep.Cli.Rendering;
using OneStep.Formats;
using OneStep.Studies;

namespace OneStep.Cli.Verbs;

/// <summary>The verb <c>study export</c>: one table of everything that was measured.</summary>
/// <param name="host">The terminal.</param>
internal sealed class StudyExportVerb(CliHost host) : OneStudyVerb(host, "export", "Write the results of a study as one table: CSV, a row a cell.")
{
    private readonly DocumentedOption<string> _output = Options.Path(
        "--output", "FILE", "Write the table to FILE", "a file in an existing folder", "standard output");

    private readonly DocumentedOption<bool> _examples = Options.Flag("--examples", "One row an attacked image, or a network, instead of one a cell");

    private readonly DocumentedOption<bool> _partial = Options.Flag("--partial", "Export what is finished though cells are missing");

    /// <inheritdoc/>
    protected override OptionGroup Own => new("Table", [_output, _examples, _partial]);

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Examples { get; } =
    [
        "onestep study export smoke > smoke.csv",
        "onestep study export dimension-by-width --examples --output examples.csv",
    ];

    /// <inheritdoc/>
    protected override int Run(ParseResult parse, CancellationToken cancellation)
    {
        string? output = parse.GetValue(_output);
        if (output is not null)
        {
            OutputFile.RequireWritable(_output.Name, output);
        }

        StudyRequest request = Study.Read(parse);
        StudyInventory inventory = TakeInventory(parse, request, cancellation);
        foreach (string damage in inventory.Damaged)
        {
            Host.Error.WriteLine(damage);
        }

        if (inventory.Missing.Count > 0)
        {
            TellMissing(request, inventory, parse.GetValue(_partial));
        }

        var table = new StudyTable(request.Plan, request.Store);
        Action<Stream, IEnumerable<IReadOnlyList<string>>> write = WantsJson(parse) ? TableWriter.WriteJson : TableWriter.WriteCsv;
        IEnumerable<IReadOnlyList<string>> Rows(IProgress<StudyProgress>? progress) => parse.GetValue(_examples)
            ? table.Examples(inventory.Finished, progress, cancellation)
            : table.Cells(inventory.Finished, progress, cancellation);

        if (output is null)
        {
            // No progress here: in a terminal it would stand among the rows.
            Host.WriteOutput(stream => write(stream, Rows(progress: null)));
        }
        else
        {
            DisplayFor(parse).Show(progress =>
            {
                Host.Activity.Writing(output, () => AtomicFile.Write(output, stream => write(stream, Rows(progress))));
                return ExitCodes.Done;
            });
        }

        return ExitCodes.Done;
    }

    private void TellMissing(StudyRequest request, StudyInventory inventory, bool isPartial)
    {
        string count = $"{inventory.Missing.Count} of {NumberText.Count(request.Plan.Cells.Count, "cell")}";
        if (!isPartial)
        {
            throw new OneStepException(
                $"{count} are missing in '{request.Store.Folder}', the first of them {inventory.Missing[0].Label}; run the study, or export the others with --partial.");
        }

        Host.Error.WriteLine($"{count} are missing and left out.");
    }
}
