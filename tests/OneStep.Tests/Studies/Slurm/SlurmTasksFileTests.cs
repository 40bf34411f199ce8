using System.Text;
using OneStep.Studies.Slurm;

namespace OneStep.Tests.Studies.Slurm;

public sealed class SlurmTasksFileTests
{
    private static readonly SlurmTask[] Tasks = [new([Cells.Key(1), Cells.Key(2)], 3), new([Cells.Key(3)], 1)];

    [Fact]
    public void One_line_is_one_task()
    {
        using var folder = new TemporaryFolder();
        SlurmTasksFile.Write(folder.At("tasks"), Tasks);
        Assert.Equal($"{Cells.Key(1)} {Cells.Key(2)}\n{Cells.Key(3)}\n", File.ReadAllText(folder.At("tasks")));
        Assert.Equal(["tasks"], folder.Names);
    }

    [Fact]
    public void What_is_written_is_read_back()
    {
        using var folder = new TemporaryFolder();
        SlurmTasksFile.Write(folder.At("tasks"), Tasks);
        Assert.Equal(Tasks.Select(task => task.Keys), SlurmTasksFile.Read(folder.At("tasks")));
        Assert.Equal(Tasks[0].Keys, SlurmTasksFile.Read(folder.At("tasks"), 0));
        Assert.Equal(Tasks[1].Keys, SlurmTasksFile.Read(folder.At("tasks"), 1));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(2)]
    public void A_task_that_is_not_there_is_named(int task)
    {
        using var folder = new TemporaryFolder();
        SlurmTasksFile.Write(folder.At("tasks"), Tasks);
        InvalidParameterException exception = Assert.Throws<InvalidParameterException>(() => SlurmTasksFile.Read(folder.At("tasks"), task));
        Assert.Equal($"task is {task}, but must be an integer from 0 to 1, the tasks of '{folder.At("tasks")}'.", exception.Message);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("\n", "empty")]
    [InlineData("00000000000000000000000000000001\n\n00000000000000000000000000000002\n", "line 2")]
    [InlineData("00000000000000000000000000000001  00000000000000000000000000000002\n", "line 1")]
    [InlineData("00000000000000000000000000000001\n0000000000000000000000000000000", "line 2")]
    [InlineData("/etc/passwd\n", "line 1")]
    public void A_damaged_file_is_named(string text, string place)
    {
        using var folder = new TemporaryFolder();
        string path = folder.Put("tasks", Encoding.UTF8.GetBytes(text));
        Sentences.AssertFails(() => SlurmTasksFile.Read(path), $"'{path}' is damaged", place);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        using var folder = new TemporaryFolder();
        Sentences.AssertFails(() => SlurmTasksFile.Read(folder.At("tasks")), folder.At("tasks"), "it does not exist");
    }
}
