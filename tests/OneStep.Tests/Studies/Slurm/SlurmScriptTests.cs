using System.Diagnostics;
using System.Text;
using OneStep.Studies.Slurm;

namespace OneStep.Tests.Studies.Slurm;

public sealed class SlurmScriptTests
{
    private static readonly SlurmTask[] Tasks = [new([Cells.Key(1), Cells.Key(2)], 700), new([Cells.Key(3)], 400)];

    [Fact]
    public void The_script_of_an_array_is_this()
    {
        var study = new SlurmStudy("dimension", ["dotnet", "/opt/onestep/OneStep.Cli.dll"], "/data/studies/dimension.yaml", "/data/out/dimension");
        var options = new SlurmOptions
        {
            Partition = "cpu", Time = TimeSpan.FromHours(30), Memory = 2.5, CpusPerTask = 8, ArrayParallelism = 20,
        };
        Assert.Equal(
            """
            #!/bin/bash
            #SBATCH --job-name=onestep-dimension
            #SBATCH --partition=cpu
            #SBATCH --time=1-06:00:00
            #SBATCH --mem=2560M
            #SBATCH --nodes=1
            #SBATCH --ntasks=1
            #SBATCH --cpus-per-task=8
            #SBATCH --array=0-1%20
            #SBATCH --requeue
            #SBATCH --open-mode=append
            #SBATCH --output=/data/out/dimension/slurm/7/task-%a.log
            #SBATCH --error=/data/out/dimension/slurm/7/task-%a.log

            # 3 cells in 2 tasks, the longest of about 0:11:40. Cells that are finished are skipped, so a task that runs again goes on where it ended.
            exec dotnet /opt/onestep/OneStep.Cli.dll study run /data/studies/dimension.yaml --store /data/out/dimension --cells-from /data/out/dimension/slurm/7/tasks --task "$SLURM_ARRAY_TASK_ID" --threads "$SLURM_CPUS_PER_TASK" --no-progress

            """,
            new SlurmScript(study, options, new SlurmArrayFolder(study.Store, 7), Tasks).Text);
    }

    [Fact]
    public void Without_a_partition_and_a_parallelism_the_cluster_decides()
    {
        var study = new SlurmStudy("s", ["onestep"], "/s.yaml", "/out");
        string text = new SlurmScript(study, new SlurmOptions(), new SlurmArrayFolder(study.Store, 1), Tasks[..1]).Text;
        Assert.DoesNotContain("--partition", text, StringComparison.Ordinal);
        Assert.Contains("#SBATCH --array=0-0\n", text, StringComparison.Ordinal);
        Assert.Contains("# 2 cells in 1 task, ", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("with blank")]
    [InlineData("it's \"quoted\" $HOME `id` #1 50% é ;|&*?")]
    public void A_task_runs_the_program_with_the_words_that_were_meant(string odd)
    {
        using var folder = new TemporaryFolder();
        string program = folder.At(odd + " program");
        File.WriteAllBytes(program, Encoding.UTF8.GetBytes("#!/bin/bash\nprintf '%s\\0' \"$@\"\n"));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        string store = folder.At(odd);
        var study = new SlurmStudy(odd, [program, "-q"], folder.At(odd + ".yaml"), store);
        var arrayFolder = SlurmArrayFolder.Create(store, Tasks);
        var script = new SlurmScript(study, new SlurmOptions(), arrayFolder, Tasks);
        arrayFolder.WriteScript(script);

        Assert.Equal(
            ["-q", "study", "run", study.StudyFile, "--store", store, "--cells-from", arrayFolder.TasksFile, "--task", "1", "--threads", "3", "--no-progress"],
            RunTask(arrayFolder.ScriptFile, task: 1, cpus: 3));
        string[] directives = [.. script.Text.Split('\n').Where(line => line.StartsWith("#SBATCH ", StringComparison.Ordinal)).Select(line => line[8..])];
        string log = store.Replace("%", "%%", StringComparison.Ordinal) + "/slurm/1/task-%a.log";
        Assert.Contains($"--output={log}", directives.SelectMany(SbatchReader.Words));
        Assert.Contains($"--error={log}", directives.SelectMany(SbatchReader.Words));
        Assert.All(directives, directive => Assert.Single(SbatchReader.Words(directive)));
    }

    [Theory]
    [InlineData("a\nb")]
    [InlineData("a\u0001b")]
    [InlineData("a\\b")]
    public void A_store_that_no_script_can_name_is_one_sentence(string name) =>
        Sentences.AssertFails(() => _ = new SlurmStudy("s", ["onestep"], "/s.yaml", "/out/" + name), "/out/a");

    [Theory]
    [InlineData("dimension", "onestep-dimension")]
    [InlineData("my study, the 2nd/é", "onestep-my-study--the-2nd--")]
    public void Jobs_are_named_so_that_the_queue_can_be_searched(string name, string jobName) =>
        Assert.Equal(jobName, new SlurmStudy(name, ["onestep"], "/s.yaml", "/out").JobName);

    private static string[] RunTask(string script, int task, int cpus)
    {
        var info = new ProcessStartInfo("bash", [script])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            StandardOutputEncoding = Encoding.UTF8,
            Environment = { ["SLURM_ARRAY_TASK_ID"] = $"{task}", ["SLURM_CPUS_PER_TASK"] = $"{cpus}" },
        };
        using Process shell = Process.Start(info)!;
        string output = shell.StandardOutput.ReadToEnd();
        shell.WaitForExit();
        Assert.Equal(0, shell.ExitCode);
        return output.Split('\0')[..^1];
    }
}
