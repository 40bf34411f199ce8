using System.Security.Cryptography;
using System.Text;
using OneStep.Studies;
using OneStep.Studies.Slurm;

namespace OneStep.Cli.Verbs;

/// <summary>A study of the command line as the cluster's side of the library sees it.</summary>
internal static class SlurmCells
{
    /// <summary>Where a study stands for the tasks: its content in the store, changes of the command line included.</summary>
    public static string StudyFileOf(StudyRequest request)
    {
        string content = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(StudyWriter.Text(request.Plan.Definition))));
        return Path.Combine(request.Store.Folder, "slurm", $"study-{content[..16]}.yaml");
    }

    /// <summary>The study, with the words that start this program.</summary>
    public static SlurmStudy StudyOf(StudyRequest request, string? data) =>
        new(request.Plan.Definition.Name, Program(), StudyFileOf(request), request.Store.Folder) { DataFolder = data is null ? null : Path.GetFullPath(data) };

    /// <summary>The cells with their estimates.</summary>
    /// <param name="request">The study.</param>
    /// <param name="cpus">The CPUs of a task.</param>
    public static SlurmCell[] CellsOf(StudyRequest request, int cpus)
    {
        var cost = new CellCost(request.Images);
        return [.. request.Plan.Cells.Select(cell => new SlurmCell(cell.Key, cost.Seconds(cell) / cpus, cell.Label))];
    }

    /// <summary>How far the study has come.</summary>
    /// <param name="request">The study.</param>
    /// <param name="study">The same for the cluster.</param>
    /// <param name="inventory">Which cells there are; asked for after the queue was read.</param>
    /// <param name="client">The cluster; null where there is none.</param>
    /// <param name="cancellation">Ends the work early with an <see cref="OperationCanceledException"/>.</param>
    public static SlurmStatus StatusOf(
        StudyRequest request, SlurmStudy study, Lazy<StudyInventory> inventory, ISlurmClient? client, CancellationToken cancellation)
    {
        var finished = new Lazy<HashSet<string>>(() => [.. inventory.Value.Finished.Select(cell => cell.Key)]);
        return SlurmStatus.Read(study, [.. request.Plan.Cells.Select(cell => cell.Key)], key => finished.Value.Contains(key), client, cancellation);
    }

    // Started as `dotnet OneStep.Cli.dll`, the process is the runtime, and the program its first argument.
    private static string[] Program()
    {
        string process = Environment.ProcessPath!;
        string assembly = Path.Combine(AppContext.BaseDirectory, typeof(SlurmCells).Assembly.GetName().Name + ".dll");
        return Path.GetFileNameWithoutExtension(process) == "dotnet" ? [process, assembly] : [process];
    }
}
