using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using OneStep.EndToEnd.Cli;

namespace OneStep.EndToEnd.Slurm;

/// <summary>A study of the real program on a real Slurm: submitted, killed, requeued, and the same table in the end.</summary>
public sealed class SlurmStudyTests(LoopbackSlurm slurm) : IClassFixture<LoopbackSlurm>
{
    private const int Cells = 24;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly string[] Study =
    [
        "smoke", "--set", "side=7,10", "--set", "c0=5,10", "--set", "width=2000", "--set", "limit=200", "--set", "ball=project", "--set", "seeds=6",
    ];

    private static readonly string[] Cluster =
        ["--partition", "local", "--time", "10", "--memory", "1", "--cpus-per-task", "1", "--array-parallelism", "2"];

    [SkippableFact]
    public void A_killed_and_requeued_array_gives_the_table_of_a_run_without_Slurm()
    {
        Skip.If(slurm.Missing is not null, slurm.Missing);
        using var folder = new TemporaryFolder();
        string store = folder.File("on the cluster");
        ProcessOutcome shown = Run("submit", store, [.. Cluster, "--dry-run"]);
        Assert.Contains("#SBATCH --array=0-0%2", shown.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(store));

        ProcessOutcome submitted = Run("submit", store, Cluster);
        string job = submitted.Output.Split("job ")[1].Split(',')[0];
        WaitFor(() => Documents(store) > 0, "the first cell");
        Kill(job);
        WaitFor(() => State(store, "failed") > 0, "the task to fail");
        int before = Documents(store);
        Assert.InRange(before, 1, Cells - 1);

        slurm.RunSlurmAsync("scontrol", "requeue", $"{job}_0").GetAwaiter().GetResult();

        // Whatever is not finished is in the queue, however far the task is by now.
        Assert.StartsWith("Study smoke: nothing to submit", Run("submit", store, Cluster).Output, StringComparison.Ordinal);
        WaitFor(() => State(store, "finished") == Cells, "the requeued task to finish");

        string whole = folder.File("whole");
        Assert.Equal(0, OneStepProcess.Run(["study", "run", .. Study, "--store", whole]).ExitCode);
        Assert.Equal(Run("export", whole).Output, Run("export", store).Output);
        Assert.Equal(Run("export", whole, "--examples").Output, Run("export", store, "--examples").Output);
    }

    [SkippableFact]
    public void What_the_cluster_refuses_is_said_in_one_sentence()
    {
        Skip.If(slurm.Missing is not null, slurm.Missing);
        using var folder = new TemporaryFolder();
        ProcessOutcome outcome = OneStepProcess.RunWith(
            slurm.Variables, ["study", "submit", "smoke", "--store", folder.File("store"), "--partition", "nowhere"]);
        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("invalid partition specified: nowhere", outcome.Error, StringComparison.Ordinal);
        Assert.Single(outcome.Error.TrimEnd('\n').Split('\n'));
    }

    private static int Documents(string store)
    {
        string cells = Path.Combine(store, "cells");
        return Directory.Exists(cells) ? Directory.GetFiles(cells, "*.json").Length : 0;
    }

    private static void Kill(string job)
    {
        int[] processes = LoopbackSlurm.ProcessesOf(job, 0);
        Assert.NotEmpty(processes);
        using var kill = Process.Start("kill", ["-KILL", .. processes.Select(process => process.ToString(CultureInfo.InvariantCulture))]);
        kill.WaitForExit();
    }

    private static void WaitFor(Func<bool> condition, string what)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(watch.Elapsed < Patience, $"Waited {Patience.TotalSeconds} s for {what}.");
            Thread.Sleep(100);
        }
    }

    private ProcessOutcome Run(string verb, string store, params string[] more)
    {
        ProcessOutcome outcome = OneStepProcess.RunWith(slurm.Variables, ["study", verb, .. Study, "--store", store, .. more]);
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        return outcome;
    }

    private int State(string store, string state) =>
        (int)JsonNode.Parse(Run("status", store, "--json").Output)!["cluster"]![state]!;
}
