using System.CommandLine;
using OneStep.Cli.Parsing;
using OneStep.Cli.Rendering;
using OneStep.Studies;

namespace OneStep.Cli.Verbs;

/// <summary>The verb <c>study status</c>: which cells are finished and which are missing. It changes nothing.</summary>
/// <param name="host">The terminal.</param>
internal sealed class StudyStatusVerb(CliHost host) : IStudyVerb
{
    private const int CellsShown = 10;

    private readonly StudyOptions _study = new();
    private readonly DocumentedOption<bool> _json = Options.Flag("--json", "Print one JSON document instead of text");

    /// <inheritdoc/>
    public Command ToCommand()
    {
        var command = new Command("status", "Tell which cells of a study are finished and which are missing.");
        _study.AddTo(command);
        command.Add(_json);
        command.SetAction((parse, cancellation) => Task.Run(() => Run(parse, cancellation), CancellationToken.None));
        return command;
    }

    /// <inheritdoc/>
    public HelpPage Help(Command command) =>
        new(command, [_study.Group, new("Output", [_json])], ["onestep study status smoke", "onestep study status my-study.yaml --store results --json"]);

    private int Run(ParseResult parse, CancellationToken cancellation)
    {
        StudyRequest request = _study.Read(parse);
        StudyInventory inventory = new StudyTable(request.Plan, request.Store).Take(cancellation);
        host.WriteOutput(parse.GetValue(_json) ? StudyJson.Of(request, inventory) : Text(request, inventory));
        return ExitCodes.Done;
    }

    private static string Text(StudyRequest request, StudyInventory inventory)
    {
        int total = request.Plan.Cells.Count;
        List<string> lines = [$"Study {request.Plan.Definition.Name}: {inventory.Finished.Count} of {NumberText.Count(total, "cell")} finished in {request.Store.Folder}."];
        lines.AddRange(inventory.Damaged);
        lines.AddRange(inventory.Missing.Take(CellsShown).Select(cell => $"missing: {cell.Label}"));
        if (inventory.Missing.Count > CellsShown)
        {
            lines.Add($"and {inventory.Missing.Count - CellsShown} more");
        }

        return string.Concat(lines.Select(line => line + "\n"));
    }
}
