using System.Diagnostics;
using System.Globalization;
using OneStep.EndToEnd.Cli;
using OneStep.Studies.Slurm;

namespace OneStep.EndToEnd.Slurm;

/// <summary>Arrays on a real Slurm: submitted, hurt and made whole.</summary>
public sealed class SlurmArrayTests(LoopbackSlurm slurm) : IClassFixture<LoopbackSlurm>, IDisposable
{
    private const int Hurt = 1;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly string[] Program = [Path.Combine(AppContext.BaseDirectory, "Slurm", "stand-in.sh")];

    // Four tasks of two cells, two tasks at once where there are two processors.
    private static readonly SlurmOptions Options = new()
    {
        Partition = "local", Time = TimeSpan.FromMinutes(40), Memory = 0.25, CpusPerTask = 1, ArrayParallelism = 2,
    };

    private static readonly SlurmCell[] EightCells = [.. Enumerable.Range(1, 8).Select(i => new SlurmCell($"{i:x32}", 300, $"cell {i}"))];
    private static readonly string[] Keys = [.. EightCells.Select(cell => cell.Key)];

    private readonly TemporaryFolder _folder = new();

    /// <summary>The store's name has what shells, sbatch and Slurm's file patterns give a meaning to.</summary>
    private SlurmStudy Study => new("end to end", Program, _folder.File("study.yaml"), _folder.File("the store's 100%a \"$HOME\" #1"));

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public async Task A_killed_task_fails_alone_and_goes_on_when_it_is_requeued()
    {
        Skip.If(slurm.Missing is not null, slurm.Missing);
        SlurmSubmission submission = Plan(slurm.Client.ReadMaxArraySize(CancellationToken.None));
        string job = Assert.Single(submission.Submit(slurm.Client));
        Assert.Equal(0, Status.Count(SlurmCellState.Missing) + Status.Count(SlurmCellState.Failed));
        Assert.Empty(Plan().Scripts);

        await KillAsync(job, Hurt);
        await WaitAsync(status => IsOver(status), "the array to end");
        IReadOnlyList<string> hurt = submission.Scripts[0].Tasks[Hurt].Keys;
        SlurmStatus over = Status;
        Assert.Contains(SlurmCellState.Failed, hurt.Select(key => over[key]));
        Assert.All(Keys.Except(hurt), key => Assert.Equal(SlurmCellState.Finished, over[key]));

        await slurm.RunSlurmAsync("scontrol", "requeue", $"{job}_{Hurt}");
        await WaitAsync(status => status.Count(SlurmCellState.Finished) == Keys.Length, "the requeued task to finish");
        Assert.Matches(@"\bRestarts=1\b", await slurm.RunSlurmAsync("scontrol", "show", "job", $"{job}_{Hurt}"));
        Assert.Empty(Plan().Scripts);
        Assert.All(Enumerable.Range(0, 4), task => Assert.True(File.Exists(Path.Combine(submission.Scripts[0].Folder.Path, $"task-{task}.log"))));
    }

    [SkippableFact]
    public async Task Submitting_again_computes_what_a_killed_task_left()
    {
        Skip.If(slurm.Missing is not null, slurm.Missing);
        SlurmSubmission submission = Plan(maxArraySize: 3);
        IReadOnlyList<string> jobs = submission.Submit(slurm.Client);
        Assert.Equal(2, jobs.Count);

        await KillAsync(jobs[0], Hurt);
        await WaitAsync(status => IsOver(status), "the arrays to end");
        string[] failed = [.. Keys.Where(key => Status[key] == SlurmCellState.Failed)];
        Assert.NotEmpty(failed);
        Assert.Empty(failed.Except(submission.Scripts[0].Tasks[Hurt].Keys));

        SlurmSubmission again = Plan();
        Assert.Equal(failed, again.Scripts.SelectMany(script => script.Tasks).SelectMany(task => task.Keys));
        again.Submit(slurm.Client);
        await WaitAsync(status => status.Count(SlurmCellState.Finished) == Keys.Length, "the new array to finish");
    }

    [SkippableFact]
    public void What_the_cluster_refuses_is_told_and_leaves_nothing()
    {
        Skip.If(slurm.Missing is not null, slurm.Missing);
        var submission = SlurmSubmission.Plan(Study, EightCells, Status, Options with { Partition = "nowhere" }, 1001);
        SlurmException exception = Assert.Throws<SlurmException>(() => submission.Submit(slurm.Client));
        Assert.Matches(@"\A'sbatch' failed: invalid partition specified: nowhere; .+\.\z", exception.Message);
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(Study.Store, "slurm")));
    }

    private static bool IsOver(SlurmStatus status) => status.Count(SlurmCellState.Pending) + status.Count(SlurmCellState.Running) == 0;

    private SlurmStatus Status =>
        SlurmStatus.Read(Study, Keys, key => File.Exists(Path.Combine(Study.Store, "cells", key + ".json")), slurm.Client);

    private SlurmSubmission Plan(int maxArraySize = 1001) => SlurmSubmission.Plan(Study, EightCells, Status, Options, maxArraySize);

    /// <summary>Waits until a task runs and kills every process of it, as a machine without memory would.</summary>
    private static async Task KillAsync(string job, int task)
    {
        int[] processes = [];
        await WaitAsync(() => (processes = LoopbackSlurm.ProcessesOf(job, task)).Length > 0, $"task {task} to begin");
        using var kill = Process.Start("kill", ["-KILL", .. processes.Select(process => process.ToString(CultureInfo.InvariantCulture))]);
        await kill.WaitForExitAsync();
    }

    private Task WaitAsync(Func<SlurmStatus, bool> condition, string what) => WaitAsync(() => condition(Status), what);

    private static async Task WaitAsync(Func<bool> condition, string what)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(watch.Elapsed < Patience, $"Waited {Patience.TotalSeconds} s for {what}.");
            await Task.Delay(50);
        }
    }
}
