using System.CommandLine;
using System.Text;
using OneStep.Cli.Parsing;
using OneStep.Cli.Rendering;
using OneStep.Formats;
using OneStep.Studies;

namespace OneStep.Cli.Verbs;

/// <summary>The verb <c>study export</c>: one table of everything that was measured.</summary>
/// <param name="host">The terminal.</param>
internal sealed class StudyExportVerb(CliHost host) : IStudyVerb
{
    private static readonly string[] Examples =
    [
        "onestep study export smoke > smoke.csv",
        "onestep study export dimension-by-width --examples --output examples.csv",
    ];

    private readonly StudyOptions _study = new();

    private readonly DocumentedOption<string> _output = Options.Path(
        "--output", "FILE", "Write the table to FILE", "a file in an existing folder", "standard output");

    private readonly DocumentedOption<bool> _examples = Options.Flag("--examples", "One row an attacked image instead of one a cell");

    private readonly DocumentedOption<bool> _partial = Options.Flag("--partial", "Export what is finished though cells are missing");

    private readonly DocumentedOption<bool> _json = Options.Flag("--json", "Write one JSON document instead of CSV");

    private OptionGroup Table => new("Table", [_output, _examples, _partial, _json]);

    /// <inheritdoc/>
    public Command ToCommand()
    {
        var command = new Command("export", "Write the results of a study as one table: CSV, a row a cell.");
        _study.AddTo(command);
        foreach (Option option in Table.Options)
        {
            command.Add(option);
        }

        command.SetAction((parse, cancellation) => Task.Run(() => Run(parse, cancellation), CancellationToken.None));
        return command;
    }

    /// <inheritdoc/>
    public HelpPage Help(Command command) => new(command, [_study.Group, Table], Examples);

    private int Run(ParseResult parse, CancellationToken cancellation)
    {
        string? output = parse.GetValue(_output);
        if (output is not null)
        {
            OutputFile.RequireWritable(_output.Name, output);
        }

        StudyRequest request = _study.Read(parse);
        var table = new StudyTable(request.Plan, request.Store);
        StudyInventory inventory = table.Take(cancellation);
        foreach (string damage in inventory.Damaged)
        {
            host.Error.WriteLine(damage);
        }

        if (inventory.Missing.Count > 0)
        {
            TellMissing(request, inventory, parse.GetValue(_partial));
        }

        void Write(Stream stream)
        {
            IEnumerable<IReadOnlyList<string>> rows =
                parse.GetValue(_examples) ? table.Examples(inventory.Finished, cancellation) : table.Cells(inventory.Finished, cancellation);
            Action<Stream, IEnumerable<IReadOnlyList<string>>> write = parse.GetValue(_json) ? TableWriter.WriteJson : TableWriter.WriteCsv;
            write(stream, rows);
        }

        if (output is null)
        {
            using var buffer = new MemoryStream();
            Write(buffer);
            host.WriteOutput(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
        }
        else
        {
            host.Activity.Writing(output, () => AtomicFile.Write(output, Write));
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

        host.Error.WriteLine($"{count} are missing and left out.");
    }
}
