using System.CommandLine;
using OneStep.Cli.Parsing;
using OneStep.Cli.Rendering;
using OneStep.Studies;
using OneStep.Studies.Slurm;

namespace OneStep.Cli.Verbs;

/// <summary>The verb <c>study status</c>: which cells are finished, and which are missing, or on a cluster running, pending or failed. It changes nothing.</summary>
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
        SlurmStatus? cluster = ReadCluster(request, cancellation);
        host.WriteOutput(parse.GetValue(_json) ? StudyJson.Of(request, inventory, cluster) : Text(request, inventory, cluster));
        return ExitCodes.Done;
    }

    /// <summary>What a cluster does about the study; null where nothing was submitted, or where there is no cluster to ask.</summary>
    private static SlurmStatus? ReadCluster(StudyRequest request, CancellationToken cancellation)
    {
        var client = new SlurmClient();
        return client.IsInstalled && SlurmArrayFolder.In(request.Store.Folder).Count > 0
            ? SlurmCells.StatusOf(request, SlurmCells.StudyOf(request, data: null), client, cancellation)
            : null;
    }

    private static string Text(StudyRequest request, StudyInventory inventory, SlurmStatus? cluster)
    {
        int total = request.Plan.Cells.Count;
        List<string> lines = [$"Study {request.Plan.Definition.Name}: {inventory.Finished.Count} of {NumberText.Count(total, "cell")} finished in {request.Store.Folder}."];
        if (cluster is not null)
        {
            lines.Add(
                $"On the cluster: {cluster.Count(SlurmCellState.Running)} running, {cluster.Count(SlurmCellState.Pending)} pending, "
                + $"{cluster.Count(SlurmCellState.Failed)} failed, {cluster.Count(SlurmCellState.Missing)} never submitted.");
        }

        lines.AddRange(inventory.Damaged);
        lines.AddRange(inventory.Missing.Take(CellsShown).Select(cell => $"{StateOf(cell, cluster)}: {cell.Label}"));
        if (inventory.Missing.Count > CellsShown)
        {
            lines.Add($"and {inventory.Missing.Count - CellsShown} more");
        }

        return string.Concat(lines.Select(line => line + "\n"));
    }

    private static string StateOf(StudyCell cell, SlurmStatus? cluster) => cluster is null || cluster[cell.Key] == SlurmCellState.Finished
        ? "missing"
        : Options.Word(cluster[cell.Key]);
}
