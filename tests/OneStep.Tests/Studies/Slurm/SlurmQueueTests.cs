using OneStep.Studies.Slurm;

namespace OneStep.Tests.Studies.Slurm;

public sealed class SlurmQueueTests
{
    [Fact]
    public void Tasks_stand_one_a_line()
    {
        SlurmQueue queue = SlurmQueue.Parse("12_0 RUNNING\n12_1 PENDING\n13_0 COMPLETING\n");
        Assert.Equal(SlurmTaskState.Running, queue.StateOf("12", 0));
        Assert.Equal(SlurmTaskState.Pending, queue.StateOf("12", 1));
        Assert.Equal(SlurmTaskState.Running, queue.StateOf("13", 0));
        Assert.Null(queue.StateOf("12", 2));
        Assert.Null(queue.StateOf("1", 0));
    }

    [Theory]
    [InlineData("[4]", new[] { 4 })]
    [InlineData("[4-7]", new[] { 4, 5, 6, 7 })]
    [InlineData("[4-7%2]", new[] { 4, 5, 6, 7 })]
    [InlineData("[0,2,5-6]", new[] { 0, 2, 5, 6 })]
    [InlineData("[0-10:5,12%1]", new[] { 0, 5, 10, 12 })]
    public void Ranges_of_waiting_tasks_are_unfolded(string ranges, int[] tasks)
    {
        SlurmQueue queue = SlurmQueue.Parse($"7_{ranges} PENDING");
        Assert.Equal(tasks, Enumerable.Range(0, 20).Where(task => queue.StateOf("7", task) == SlurmTaskState.Pending));
    }

    [Theory]
    [InlineData("PENDING", SlurmTaskState.Pending)]
    [InlineData("CONFIGURING", SlurmTaskState.Pending)]
    [InlineData("REQUEUE_HOLD", SlurmTaskState.Pending)]
    [InlineData("SUSPENDED", SlurmTaskState.Running)]
    [InlineData("COMPLETING", SlurmTaskState.Running)]
    [InlineData("STAGE_OUT", SlurmTaskState.Running)]
    [InlineData("SOMETHING_NEW", SlurmTaskState.Running)]
    [InlineData("COMPLETED", null)]
    [InlineData("FAILED", null)]
    [InlineData("TIMEOUT", null)]
    [InlineData("OUT_OF_MEMORY", null)]
    [InlineData("NODE_FAIL", null)]
    [InlineData("CANCELLED", null)]
    public void States_are_waiting_running_or_over(string state, SlurmTaskState? expected) =>
        Assert.Equal(expected, SlurmQueue.Parse($"7_3 {state}").StateOf("7", 3));

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("15 RUNNING\n16+1 PENDING\n")]
    public void Jobs_that_are_no_arrays_are_passed_over(string output) => Assert.Null(SlurmQueue.Parse(output).StateOf("15", 0));

    [Theory]
    [InlineData("7_3")]
    [InlineData("7_x RUNNING")]
    [InlineData("7_[1-2,x] PENDING")]
    [InlineData("7_[5-2] PENDING")]
    [InlineData("7_[0-4:0] PENDING")]
    [InlineData("7_[] PENDING")]
    [InlineData("7_[1,] PENDING")]
    [InlineData("7_[1--2] PENDING")]
    [InlineData("7_[0-2000000000] PENDING")]
    [InlineData("7_99999999999 RUNNING")]
    [InlineData("slurm_load_jobs: error")]
    public void An_answer_of_another_form_is_shown(string line) => Sentences.AssertFails(() => SlurmQueue.Parse(line), "squeue", line.TrimEnd('.'));
}
