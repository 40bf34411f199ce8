using OneStep.Studies.Slurm;

namespace OneStep.Tests.Studies.Slurm;

public sealed class SlurmStatusTests
{
    private static readonly string[] Keys = [.. Enumerable.Range(0, 6).Select(Cells.Key)];

    [Fact]
    public void Every_cell_is_in_the_state_that_store_tasks_and_queue_tell()
    {
        // Task 0 runs with cells 0 and 1, task 1 waits with cell 2, task 2 is over with cells 3 and 4; cell 5 is in none.
        var array = new SlurmArray("12", "onestep-x", [[Keys[0], Keys[1]], [Keys[2]], [Keys[3], Keys[4]]]);
        SlurmQueue queue = SlurmQueue.Parse("12_0 RUNNING\n12_1 PENDING\n");

        SlurmStatus status = Of([array], queue, finished: [Keys[0], Keys[3]]);

        Assert.Equal(
            [SlurmCellState.Finished, SlurmCellState.Running, SlurmCellState.Pending, SlurmCellState.Finished, SlurmCellState.Failed, SlurmCellState.Missing],
            Keys.Select(key => status[key]));
        Assert.Equal((2, 1), (status.Count(SlurmCellState.Finished), status.Count(SlurmCellState.Failed)));
        Assert.Equal([Keys[4], Keys[5]], Keys.Where(status.IsToSubmit));
    }

    [Theory]
    [InlineData("13_0 RUNNING", SlurmCellState.Running)]
    [InlineData("13_0 PENDING", SlurmCellState.Pending)]
    [InlineData("12_0 RUNNING\n13_0 PENDING", SlurmCellState.Running)]
    [InlineData("12_0 PENDING\n13_0 RUNNING", SlurmCellState.Running)]
    [InlineData("12_0 PENDING", SlurmCellState.Pending)]
    [InlineData("", SlurmCellState.Failed)]
    public void A_cell_that_was_submitted_again_is_as_far_as_the_more_hopeful_task(string queue, SlurmCellState expected)
    {
        SlurmStatus status = Of([new("12", "onestep-x", [[Keys[0]]]), new("13", "onestep-x", [[Keys[0]]])], SlurmQueue.Parse(queue), finished: []);
        Assert.Equal(expected, status[Keys[0]]);
    }

    [Fact]
    public void A_cell_of_another_study_in_the_same_store_is_not_counted()
    {
        SlurmStatus status = Of([new("12", "onestep-x", [[Cells.Key(99)]])], SlurmQueue.Empty, finished: []);
        Assert.Equal(6, status.Count(SlurmCellState.Missing));
    }

    [Fact]
    public void A_result_counts_even_while_its_task_goes_on() =>
        Assert.Equal(SlurmCellState.Finished, Of([new("12", "onestep-x", [[Keys[0]]])], SlurmQueue.Parse("12_0 RUNNING"), finished: [Keys[0]])[Keys[0]]);

    private static SlurmStatus Of(SlurmArray[] arrays, SlurmQueue queue, string[] finished) =>
        SlurmStatus.Of(Keys, key => finished.Contains(key), arrays, queue);
}
