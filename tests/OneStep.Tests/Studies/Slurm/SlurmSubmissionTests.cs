using OneStep.Studies.Slurm;

namespace OneStep.Tests.Studies.Slurm;

public sealed class SlurmSubmissionTests : IDisposable
{
    private static readonly SlurmOptions Options = new() { Time = TimeSpan.FromMinutes(40), ArrayParallelism = 2 };

    // Six cells of five minutes: three tasks of two.
    private static readonly SlurmCell[] SixCells = Cells.Same(6, 300);
    private static readonly string[] Keys = [.. SixCells.Select(cell => cell.Key)];

    private readonly TemporaryFolder _folder = new();
    private readonly HashSet<string> _finished = [];

    private SlurmStudy Study => new("smoke", ["onestep"], _folder.At("smoke.yaml"), _folder.FullName);

    private string SlurmFolder => _folder.At("slurm");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_plan_shows_the_scripts_and_writes_nothing()
    {
        SlurmSubmission submission = Plan(new FakeCluster());
        SlurmScript script = Assert.Single(submission.Scripts);
        Assert.Contains("#SBATCH --array=0-2%2\n", script.Text, StringComparison.Ordinal);
        Assert.Empty(_folder.Names);
    }

    [Fact]
    public void What_is_submitted_is_what_was_shown()
    {
        var cluster = new FakeCluster();
        SlurmSubmission submission = Plan(cluster, maxArraySize: 3);
        Assert.Equal(["101", "102"], submission.Submit(cluster));
        Assert.Equal(submission.Scripts.Select(script => script.Text), cluster.Scripts);
        Assert.Equal(["1", "2"], Names(SlurmFolder));
        Assert.Equal(["array.sh", "job", "tasks"], Names(Path.Combine(SlurmFolder, "1")));
        Assert.Equal(["101", "102"], SlurmArrayFolder.In(_folder.FullName).Select(folder => folder.Read()!.JobId));
        Assert.Equal(Keys, SlurmArrayFolder.In(_folder.FullName).SelectMany(folder => folder.Read()!.Tasks).SelectMany(keys => keys).Order());
    }

    [Fact]
    public void Jobs_are_told_as_soon_as_they_are_submitted()
    {
        var cluster = new FakeCluster();
        var told = new List<string>();
        Plan(cluster, maxArraySize: 2).Submit(cluster, new SynchronousProgress<string>(told.Add));
        Assert.Equal(["101", "102", "103"], told);
    }

    [Fact]
    public void Only_what_is_missing_is_submitted_again()
    {
        var cluster = new FakeCluster();
        Plan(cluster).Submit(cluster);
        Assert.Empty(Plan(cluster).Scripts);

        // Task 0 ends well, task 1 fails after its first cell, task 2 runs.
        IReadOnlyList<IReadOnlyList<string>> tasks = SlurmArrayFolder.In(_folder.FullName)[0].Read()!.Tasks;
        _finished.UnionWith([.. tasks[0], tasks[1][0]]);
        cluster.End("101", 0);
        cluster.End("101", 1);
        cluster.Begin("101", 2);
        SlurmStatus status = Status(cluster);
        Assert.Equal((3, 2, 1), (status.Count(SlurmCellState.Finished), status.Count(SlurmCellState.Running), status.Count(SlurmCellState.Failed)));

        SlurmScript script = Assert.Single(Plan(cluster).Scripts);
        Assert.Equal([tasks[1][1]], script.Tasks.SelectMany(task => task.Keys));
        Plan(cluster).Submit(cluster);
        Assert.Equal(SlurmCellState.Pending, Status(cluster)[tasks[1][1]]);
        Assert.Equal(["onestep-smoke"], cluster.Asked.Distinct());
    }

    [Fact]
    public void Tasks_of_another_study_in_the_same_store_count()
    {
        var cluster = new FakeCluster();
        var other = new SlurmStudy("other name", ["onestep"], _folder.At("other.yaml"), _folder.FullName);
        SlurmSubmission.Plan(other, SixCells[..2], Status(cluster), Options, SlurmTaskPlan.DefaultMaxArraySize).Submit(cluster);

        Assert.Equal((2, 4), (Status(cluster).Count(SlurmCellState.Pending), Status(cluster).Count(SlurmCellState.Missing)));
        Assert.Equal(["onestep-other-name"], cluster.Asked.Distinct());
        Plan(cluster).Submit(cluster);
        Status(cluster);
        Assert.Equal(["onestep-other-name", "onestep-smoke"], cluster.Asked.Distinct());
    }

    [Fact]
    public void A_job_that_the_store_cannot_remember_is_named()
    {
        var cluster = new FakeCluster { OnSubmit = scriptFile => Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(scriptFile)!, "job")) };
        Sentences.AssertFails(() => Plan(cluster).Submit(cluster), "job 101 was submitted", "'scancel 101'");
    }

    [Fact]
    public void A_task_that_ends_between_the_two_questions_has_not_failed()
    {
        var cluster = new FakeCluster { OnReadQueue = () => _finished.UnionWith(Keys) };
        Plan(cluster).Submit(cluster);
        Assert.Equal(6, Status(cluster).Count(SlurmCellState.Finished));
    }

    [Fact]
    public void A_store_without_arrays_needs_no_cluster()
    {
        var cluster = new FakeCluster();
        Assert.Equal(6, Status(cluster).Count(SlurmCellState.Missing));
        Assert.Empty(cluster.Asked);
    }

    [Fact]
    public void Where_there_is_no_cluster_to_ask_nothing_is_called_failed()
    {
        var cluster = new FakeCluster();
        Plan(cluster).Submit(cluster);
        _finished.Add(Keys[0]);
        SlurmStatus status = SlurmStatus.Read(Study, Keys, _finished.Contains, client: null);
        Assert.Equal((1, 5), (status.Count(SlurmCellState.Finished), status.Count(SlurmCellState.Missing)));
    }

    [Fact]
    public void A_refused_array_leaves_nothing_behind()
    {
        var cluster = new FakeCluster { Takes = 0 };
        Sentences.AssertFails(() => Plan(cluster).Submit(cluster), "no more jobs today");
        Assert.Empty(Names(SlurmFolder));
        Assert.Equal(6, Status(cluster).Count(SlurmCellState.Missing));
    }

    [Fact]
    public void Arrays_before_a_refused_one_remain_and_are_named()
    {
        var cluster = new FakeCluster { Takes = 1 };
        Sentences.AssertFails(() => Plan(cluster, maxArraySize: 2).Submit(cluster), "no more jobs today", "101", "of 3 arrays");
        Assert.Equal(["1"], Names(SlurmFolder));
        Assert.Equal(2, Status(cluster).Count(SlurmCellState.Pending));
    }

    [Fact]
    public void Cancellation_is_heard_between_arrays()
    {
        using var source = new CancellationTokenSource();
        var cluster = new FakeCluster();
        Assert.Throws<OperationCanceledException>(() =>
            Plan(cluster, maxArraySize: 2).Submit(cluster, new SynchronousProgress<string>(_ => source.Cancel()), source.Token));
        Assert.Single(cluster.Scripts);
        Assert.Equal(2, Status(cluster).Count(SlurmCellState.Pending));
    }

    [Fact]
    public void A_number_that_somebody_else_took_meanwhile_is_passed_over()
    {
        var cluster = new FakeCluster();
        SlurmSubmission mine = Plan(cluster);
        Plan(cluster).Submit(cluster);
        mine.Submit(cluster);
        Assert.Equal(["1", "2"], Names(SlurmFolder));
        Assert.Contains($"{SlurmFolder}/2/tasks", cluster.Scripts[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Many_at_once_get_numbers_of_their_own()
    {
        SlurmTask[] tasks = [new([Cells.Key(1)], 1)];
        var numbers = new int[16];
        Parallel.For(0, numbers.Length, i => numbers[i] = SlurmArrayFolder.Create(_folder.FullName, tasks).Number);
        Assert.Equal(Enumerable.Range(1, numbers.Length), numbers.Order());
        Assert.Equal(numbers.Length, Names(SlurmFolder).Length);
    }

    [Fact]
    public void Other_things_in_the_folder_of_arrays_are_left_alone()
    {
        Directory.CreateDirectory(Path.Combine(SlurmFolder, "notes"));
        Directory.CreateDirectory(Path.Combine(SlurmFolder, ".onestep-0.tmp"));
        Directory.CreateDirectory(Path.Combine(SlurmFolder, "9"));
        Assert.Equal([9], SlurmArrayFolder.In(_folder.FullName).Select(folder => folder.Number));
        Assert.Null(SlurmArrayFolder.In(_folder.FullName)[0].Read());
        Assert.Equal(10, SlurmArrayFolder.NextNumber(_folder.FullName));
    }

    [Theory]
    [InlineData("tasks", "rubbish\n", "rubbish")]
    [InlineData("job", "rubbish\n", "number")]
    [InlineData("job", "12\n", "number")]
    [InlineData("job", "12\nonestep-smoke\nmore\n", "number")]
    [InlineData("job", "12\na name\n", "number")]
    [InlineData("job", "", "empty")]
    public void A_damaged_file_is_named(string name, string content, string complaint)
    {
        var cluster = new FakeCluster();
        Plan(cluster).Submit(cluster);
        string file = Path.Combine(SlurmFolder, "1", name);
        File.WriteAllText(file, content);
        Sentences.AssertFails(() => Status(cluster), $"'{file}' is damaged", complaint);
    }

    [Fact]
    public void A_store_that_cannot_be_written_is_named()
    {
        File.WriteAllText(_folder.At("slurm"), "a file");
        var cluster = new FakeCluster();
        Sentences.AssertFails(() => Plan(cluster).Submit(cluster), SlurmFolder);
    }

    private static string[] Names(string folder) => [.. Directory.GetFileSystemEntries(folder).Select(entry => Path.GetFileName(entry)).Order(StringComparer.Ordinal)];

    private SlurmStatus Status(FakeCluster cluster) => SlurmStatus.Read(Study, Keys, _finished.Contains, cluster);

    private SlurmSubmission Plan(FakeCluster cluster, int maxArraySize = SlurmTaskPlan.DefaultMaxArraySize) =>
        SlurmSubmission.Plan(Study, SixCells, Status(cluster), Options, maxArraySize);
}
