using System.CommandLine;
using OneStep.Cli.Parsing;
using OneStep.Cli.Rendering;
using OneStep.Studies;
using OneStep.Studies.Slurm;

namespace OneStep.Cli.Verbs;

/// <summary>The verb <c>study status</c>: which cells are finished, and which are missing, or on a cluster running, pending or failed. It changes nothing.</summary>
/// <param name="host">The terminal.</param>
internal sealed class StudyStatusVerb(CliHost host) : OneStudyVerb(host, "status", "Tell which cells of a study are finished, which are missing and which failed.")
{
    private const int CellsShown = 10;

    /// <inheritdoc/>
    protected override OptionGroup Own => new("Status", []);

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Examples { get; } = ["onestep study status smoke", "onestep study status my-study.yaml --store results --json"];

    /// <inheritdoc/>
    protected override int Run(ParseResult parse, CancellationToken cancellation)
    {
        StudyRequest request = Study.Read(parse);
        var inventory = new Lazy<StudyInventory>(() => TakeInventory(parse, request, cancellation));
        SlurmStatus? cluster = ReadCluster(request, inventory, cancellation);
        Host.WriteOutput(WantsJson(parse) ? StudyJson.Of(request, inventory.Value, cluster) : Text(request, inventory.Value, cluster));
        return ExitCodes.Done;
    }

    private static string Text(StudyRequest request, StudyInventory inventory, SlurmStatus? cluster)
    {
        int total = request.Plan.Cells.Count;
        string failed = inventory.Failed.Count == 0 ? string.Empty : $", {inventory.Failed.Count} failed";
        List<string> lines = [$"Study {request.Plan.Definition.Name}: {inventory.Finished.Count} of {NumberText.Count(total, "cell")} finished in {request.Store.Folder}{failed}."];
        if (cluster is not null)
        {
            lines.Add(
                $"On the cluster: {cluster.Count(SlurmCellState.Running)} running, {cluster.Count(SlurmCellState.Pending)} pending, "
                + $"{cluster.Count(SlurmCellState.Failed)} failed, {cluster.Count(SlurmCellState.Missing)} never submitted.");
        }

        lines.AddRange(inventory.Damaged);
        Dictionary<string, string> failures = inventory.Failed.ToDictionary(f => f.Cell.Key, f => f.Message);
        lines.AddRange(inventory.Missing.Take(CellsShown).Select(cell => Describe(cell, failures.GetValueOrDefault(cell.Key), cluster?[cell.Key])));
        if (inventory.Missing.Count > CellsShown)
        {
            lines.Add($"and {inventory.Missing.Count - CellsShown} more");
        }

        return string.Concat(lines.Select(line => line + "\n"));
    }

    /// <summary>What becomes of a cell now says more than how it ended the last time.</summary>
    private static string Describe(StudyCell cell, string? failure, SlurmCellState? state) => (failure, state) switch
    {
        (_, SlurmCellState.Running or SlurmCellState.Pending) => $"{Options.Word(state.Value)}: {cell.Label}",
        (not null, _) => $"failed: {cell.Label}: {failure}",
        (_, SlurmCellState.Failed) => $"failed: {cell.Label}",
        _ => $"missing: {cell.Label}",
    };

    /// <summary>What a cluster does about the study; null where nothing was submitted, or where there is no cluster that answers.</summary>
    /// <param name="request">The study.</param>
    /// <param name="inventory">Which cells there are; taken after the queue was read, so that no cell seems lost that ends between
    /// the two.</param>
    /// <param name="cancellation">Ends the work early with an <see cref="OperationCanceledException"/>.</param>
    private SlurmStatus? ReadCluster(StudyRequest request, Lazy<StudyInventory> inventory, CancellationToken cancellation)
    {
        var client = new SlurmClient();
        if (SlurmArrayFolder.In(request.Store.Folder).Count == 0 || !client.IsInstalled)
        {
            return null;
        }

        try
        {
            return SlurmCells.StatusOf(request, SlurmCells.StudyOf(request, data: null), inventory, client, cancellation);
        }
        catch (SlurmException exception)
        {
            Host.Error.WriteLine($"What the cluster does is unknown: {exception.Message}");
            return null;
        }
    }
}
