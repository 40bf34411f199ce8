using System.Diagnostics;
using System.Text;
using OneStep.Studies.Slurm;

namespace OneStep.Tests.Studies.Slurm;

/// <summary>The client against programs that answer what a test wants; the end-to-end tests have the real ones.</summary>
public sealed class SlurmClientTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private SlurmClient Client => new(environment: new Dictionary<string, string> { ["ONESTEP_TEST"] = "set" }, folder: _folder.FullName);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_queue_is_asked_for_the_study_task_by_task()
    {
        Program("squeue", """[ "$*" = "--noheader --array --name=onestep-x,onestep-y --format=%i %T" ] || exit 9; echo "5_2 RUNNING" """);
        Assert.Equal(SlurmTaskState.Running, Client.ReadQueue(["onestep-x", "onestep-y"], CancellationToken.None).StateOf("5", 2));
    }

    [Theory]
    [InlineData("77")]
    [InlineData("77;cluster2")]
    public void The_number_of_the_job_is_taken_from_the_answer(string answer)
    {
        Program("sbatch", $"""echo "a warning" >&2; echo "{answer}" """);
        Assert.Equal("77", Client.Submit(Script("x y")));
    }

    [Fact]
    public void What_was_asked_for_here_overrules_the_variables_of_sbatch()
    {
        Program("sbatch", "printf '%s\\n' \"$@\" > \"$0.args\"; echo 1");
        SlurmScript script = Script("100% mine");
        Client.Submit(script);

        string[] words = File.ReadAllLines(_folder.At("sbatch.args"));
        Assert.Equal(["--parsable", .. script.Arguments, script.Folder.ScriptFile], words);
        Assert.All(
            ["--partition=p", "--time=1:00:00", "--mem=4096M", "--array=0-0", "--requeue", "--output=/100%% mine/slurm/1/task-%a.log"],
            word => Assert.Contains(word, words));
    }

    [Fact]
    public void The_size_of_arrays_is_taken_from_the_configuration()
    {
        Program("scontrol", "printf 'MaxArraySizeOfOthers = 5\\nMaxArraySize            = 1001\\nMaxDBDMsgs = 20\\n'");
        Assert.Equal(1001, Client.ReadMaxArraySize(CancellationToken.None));
    }

    [Fact]
    public void Variables_reach_the_programs()
    {
        Program("sbatch", "[ \"$ONESTEP_TEST\" = set ] && echo 1");
        Assert.Equal("1", Client.Submit(Script("x")));
    }

    [Fact]
    public void Variables_that_hide_tasks_from_the_queue_do_not()
    {
        var client = new SlurmClient(new Dictionary<string, string> { ["ONESTEP_TEST"] = "set" }, _folder.FullName);
        Program("squeue", "[ -z \"$SQUEUE_STATES\" ] && echo '5_2 RUNNING'");
        Environment.SetEnvironmentVariable("SQUEUE_STATES", "PENDING");
        try
        {
            Assert.Equal(SlurmTaskState.Running, client.ReadQueue(["x"], CancellationToken.None).StateOf("5", 2));
        }
        finally
        {
            Environment.SetEnvironmentVariable("SQUEUE_STATES", null);
        }
    }

    [Fact]
    public void A_large_answer_is_read_whole()
    {
        Program("squeue", "seq -f '5_%g RUNNING' 0 99999; seq 1 20000 >&2");
        Assert.Equal(SlurmTaskState.Running, Client.ReadQueue(["x"], CancellationToken.None).StateOf("5", 99_999));
    }

    [Fact]
    public void Missing_programs_are_told()
    {
        Assert.False(Client.IsInstalled);
        Sentences.AssertFails(() => Client.ReadMaxArraySize(CancellationToken.None), "'scontrol'", "not installed");
        Sentences.AssertFails(() => new SlurmProgram("onestep-no-such-program", null, null).Run([], CancellationToken.None), "PATH");
    }

    [Fact]
    public void Programs_that_are_there_are_found()
    {
        Program("scontrol", "exit 0");
        Program("sbatch", "exit 0");
        Assert.False(Client.IsInstalled);
        Program("squeue", "exit 0");
        Assert.True(Client.IsInstalled);
    }

    [Theory]
    [InlineData("echo 'sbatch: warning: x' >&2; echo 'sbatch: error: Batch job submission failed: Invalid partition. Try again.' >&2; exit 1", "'sbatch' failed: Batch job submission failed: Invalid partition; Try again.")]
    [InlineData("echo 'sbatch: error: invalid partition specified: x' >&2; echo 'sbatch: error: Batch job submission failed: Invalid partition' >&2; exit 1", "'sbatch' failed: invalid partition specified: x; Batch job submission failed: Invalid partition.")]
    [InlineData("echo 'cannot reach anything' >&2; exit 3", "'sbatch' failed: cannot reach anything.")]
    [InlineData("exit 3", "'sbatch' failed: it ended with 3 and said nothing.")]
    [InlineData("echo Submitted batch job 12", "The answer of 'sbatch' is not understood: 'Submitted batch job 12'.")]
    public void A_failure_is_one_sentence_of_the_program_s_own(string body, string sentence)
    {
        Program("sbatch", body);
        Assert.Equal(sentence, Assert.Throws<SlurmException>(() => Client.Submit(Script("x"))).Message);
    }

    [Fact]
    public void A_configuration_without_the_size_is_told()
    {
        Program("scontrol", "echo MaxArraySize = many");
        Sentences.AssertFails(() => Client.ReadMaxArraySize(CancellationToken.None), "MaxArraySize");
    }

    [Fact]
    public void A_cluster_that_does_not_answer_can_be_left()
    {
        Program("squeue", "exec sleep 60");
        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        var watch = Stopwatch.StartNew();
        Assert.Throws<OperationCanceledException>(() => Client.ReadQueue(["x"], source.Token));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), $"It took {watch.Elapsed}.");
    }

    private void Program(string name, string body)
    {
        string path = _folder.Put(name, Encoding.UTF8.GetBytes($"#!/bin/bash\n{body}\n"));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private static SlurmScript Script(string store) =>
        new(new("a", ["onestep"], "/a.yaml", "/" + store), new() { Partition = "p" }, new($"/{store}", 1), [new([Cells.Key(1)], 1)]);
}
