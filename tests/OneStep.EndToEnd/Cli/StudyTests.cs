using System.Diagnostics;

namespace OneStep.EndToEnd.Cli;

/// <summary>Studies by the real program: killed, shared, interrupted, on a full disk.</summary>
public class StudyTests
{
    // Twenty cells of some tenths of a second each: long enough to be killed among them.
    private static readonly string[] Changes =
    [
        "--set", "side=7,10", "--set", "c0=5,10", "--set", "width=2000", "--set", "limit=200", "--set", "ball=project", "--set", "epochs=1",
        "--set", "seeds=5",
    ];

    [Fact]
    public void Smoke_runs_and_exports()
    {
        using var folder = new TemporaryFolder();

        ProcessOutcome run = OneStepProcess.Run("study", "run", "smoke", "--store", folder.File("store"));
        ProcessOutcome export = OneStepProcess.Run("study", "export", "smoke", "--store", folder.File("store"));

        Assert.Equal((0, $"Study smoke: 8 of 8 cells finished, 8 of them computed now; they are in {folder.File("store")}.\n"), (run.ExitCode, run.Output));
        Assert.Equal((0, string.Empty, 9), (export.ExitCode, export.Error, export.Output.TrimEnd('\n').Split('\n').Length));
    }

    [SkippableFact]
    public void A_study_killed_ten_times_at_random_moments_loses_nothing_and_changes_nothing()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no kill -9.");
        using var folder = new TemporaryFolder();
        string killed = folder.File("killed");
        var random = new Random(7);
        Dictionary<string, DateTime> finished = [];
        int amidst = 0;
        for (int kill = 0; kill < 10; kill++)
        {
            using OneStepProcess process = OneStepProcess.Start(Run(killed, "--threads", "1"));
            Thread.Sleep(random.Next(300, 2500));
            bool wasRunning = process.KillHard();
            AssertUntouched(finished, killed);
            int before = finished.Count;
            finished = Documents(killed);
            amidst += wasRunning && finished.Count > before ? 1 : 0;
        }

        Assert.True(amidst > 0, "No run was killed between two of its cells.");
        Assert.Equal(0, OneStepProcess.Run(Run(killed)).ExitCode);
        AssertUntouched(finished, killed);
        AssertSameTables(folder.File("whole"), killed);
        Assert.False(Directory.Exists(Path.Combine(killed, "set-aside")));
    }

    [Fact]
    public void Two_processes_on_one_folder_make_one_study()
    {
        using var folder = new TemporaryFolder();
        string shared = folder.File("shared");
        using OneStepProcess first = OneStepProcess.Start(Run(shared, "--threads", "1"));
        using OneStepProcess second = OneStepProcess.Start(Run(shared, "--threads", "1"));

        ProcessOutcome[] outcomes = [first.WaitForExit(), second.WaitForExit()];

        Assert.All(outcomes, outcome => Assert.Equal(0, outcome.ExitCode));
        Assert.All(outcomes, outcome => Assert.Contains("20 of 20 cells finished", outcome.Output, StringComparison.Ordinal));
        Assert.Equal(40, Directory.GetFiles(Path.Combine(shared, "cells")).Length);
        AssertSameTables(folder.File("whole"), shared);
    }

    [SkippableTheory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public void An_interrupted_study_keeps_its_finished_cells(string signal)
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no such signals.");
        using var folder = new TemporaryFolder();
        string store = folder.File("store");
        using OneStepProcess process = OneStepProcess.Start(Run(store, "--threads", "1"));
        WaitForDocuments(store, 2);

        process.Send(signal);
        ProcessOutcome outcome = process.WaitForExit();

        Assert.Equal((130, string.Empty), (outcome.ExitCode, outcome.Output));
        int kept = Documents(store).Count;
        Assert.InRange(kept, 2, 19);
        Assert.EndsWith($"Interrupted with {kept} of 20 cells finished; what is finished stays in {store}.\n", outcome.Error, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_full_disk_is_one_sentence_and_the_study_goes_on_when_there_is_room()
    {
        using var folder = new TemporaryFolder();
        using SmallDisk disk = SmallDisk.Mount(folder.File("disk"));
        string store = Path.Combine(disk.Path, "store");

        ProcessOutcome full = OneStepProcess.Run(Run(store, "--no-progress"));
        int kept = Documents(store).Count;
        ProcessOutcome stillFull = OneStepProcess.Run(Run(store, "--no-progress"));
        disk.Grow();
        ProcessOutcome roomy = OneStepProcess.Run(Run(store, "--no-progress"));

        Assert.All([full, stillFull], outcome =>
        {
            Assert.Equal((1, string.Empty), (outcome.ExitCode, outcome.Output));
            Assert.Matches(@"\ACannot write '[^']+': the disk is full\.\n\z", outcome.Error);
        });
        Assert.InRange(kept, 1, 19);
        Assert.Equal(0, roomy.ExitCode);
        Assert.DoesNotContain("damaged", roomy.Error, StringComparison.Ordinal);
        AssertSameTables(folder.File("whole"), store);
    }

    private static string[] Run(string store, params string[] more) => ["study", "run", "dimension-by-width", "--store", store, .. Changes, .. more];

    /// <summary>The finished cells and when they were written.</summary>
    private static Dictionary<string, DateTime> Documents(string store)
    {
        string cells = Path.Combine(store, "cells");
        return Directory.Exists(cells)
            ? Directory.GetFiles(cells, "*.json").ToDictionary(file => file, File.GetLastWriteTimeUtc, StringComparer.Ordinal)
            : [];
    }

    private static void AssertUntouched(Dictionary<string, DateTime> before, string store)
    {
        Dictionary<string, DateTime> now = Documents(store);
        Assert.All(before, cell => Assert.Equal(cell.Value, now[cell.Key]));
    }

    private static void WaitForDocuments(string store, int count)
    {
        var watch = Stopwatch.StartNew();
        while (Documents(store).Count < count)
        {
            Assert.True(watch.Elapsed < TimeSpan.FromMinutes(2), "The study finished no cells.");
            Thread.Sleep(10);
        }
    }

    private static void AssertSameTables(string whole, string other)
    {
        Assert.Equal(0, OneStepProcess.Run(Run(whole)).ExitCode);
        foreach (string[] options in (string[][])[[], ["--examples"]])
        {
            ProcessOutcome expected = Export(whole, options);
            Assert.Equal((0, string.Empty), (expected.ExitCode, expected.Error));
            Assert.Equal(expected, Export(other, options));
        }
    }

    private static ProcessOutcome Export(string store, string[] options) =>
        OneStepProcess.Run(["study", "export", "dimension-by-width", "--store", store, .. Changes, .. options]);

    [SkippableTheory]
    [InlineData(null, "There is no Slurm here: ")]
    [InlineData("echo 'slurm_load_ctl_conf error: Unable to contact slurm controller' >&2; exit 1", "'scontrol' failed: Unable to contact slurm controller; ")]
    public void The_scripts_are_shown_where_no_cluster_answers(string? slurm, string reason)
    {
        Skip.If(OperatingSystem.IsWindows(), "The programs of this test are shell scripts.");
        using var folder = new TemporaryFolder();
        KeyValuePair<string, string>[] path = [KeyValuePair.Create("PATH", Programs(folder, slurm))];

        ProcessOutcome shown = OneStepProcess.RunWith(path, ["study", "submit", "smoke", "--store", folder.File("store"), "--dry-run"]);
        ProcessOutcome refused = OneStepProcess.RunWith(path, ["study", "submit", "smoke", "--store", folder.File("store")]);

        Assert.Equal(0, shown.ExitCode);
        Assert.Contains("#SBATCH --array=0-0\n", shown.Output, StringComparison.Ordinal);
        Assert.StartsWith(reason, shown.Error, StringComparison.Ordinal);
        Assert.EndsWith("; MaxArraySize is taken to be 1001, and cells that are in the queue already are not left out.\n", shown.Error, StringComparison.Ordinal);
        Assert.Equal((1, string.Empty), (refused.ExitCode, refused.Output));
        Assert.StartsWith(reason.TrimEnd(' ', ';'), refused.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.File("store")));
    }

    /// <summary>A PATH with the programs that the tests need, and with those of Slurm where a body for them is given.</summary>
    private static string Programs(TemporaryFolder folder, string? slurm)
    {
        string programs = Directory.CreateDirectory(folder.File("programs")).FullName;
        foreach (string name in (string[])["env", "dotnet", "bash"])
        {
            string found = Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(f => Path.Combine(f, name)).First(File.Exists);
            File.CreateSymbolicLink(Path.Combine(programs, name), found);
        }

        foreach (string name in slurm is null ? (string[])[] : ["scontrol", "sbatch", "squeue"])
        {
            string file = Path.Combine(programs, name);
            File.WriteAllText(file, $"#!/bin/bash\n[ \"$1\" = --version ] && exit 0\n{slurm}\n");
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }

        return programs;
    }
}
