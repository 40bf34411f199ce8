using OneStep.Cli;
using OneStep.Cli.Rendering;
using OneStep.Experiments;

namespace OneStep.Tests.Cli;

public sealed class RunActivityTests
{
    private readonly RunActivity _activity = new();

    [Fact]
    public void Before_any_report_it_reads_the_data() =>
        Assert.Equal("Interrupted while reading the data; nothing was written.", _activity.InterruptionSentence);

    [Theory]
    [InlineData(ExperimentStage.Initialize, 0, "drawing the initial weights")]
    [InlineData(ExperimentStage.Train, 1, "training after 1 step")]
    [InlineData(ExperimentStage.Attack, 5, "attacking after 5 of 9 images")]
    [InlineData(ExperimentStage.Verify, 5, "verifying after 5 of 9 images")]
    [InlineData(ExperimentStage.StrongAttack, 5, "running the stronger attacks after 5 of 9 images")]
    public void The_latest_report_is_told(ExperimentStage stage, int finished, string doing)
    {
        ProgressDisplay.Silent.Show(progress =>
        {
            _activity.Forwarding(progress).Report(new ExperimentProgress(stage, finished, 9));
            return 0;
        });

        Assert.Equal($"Interrupted while {doing}; nothing was written.", _activity.InterruptionSentence);
    }

    [Fact]
    public void Files_that_were_written_are_told()
    {
        _activity.Writing("run.safetensors", () => { });
        string during = string.Empty;
        _activity.Writing("run.html", () => during = _activity.InterruptionSentence);

        Assert.Equal("Interrupted while writing run.html; run.safetensors was written before.", during);
    }

    [Fact]
    public async Task A_forced_end_waits_for_the_file_that_is_being_written()
    {
        using var started = new ManualResetEventSlim();
        using var release = new ManualResetEventSlim();
        Task writing = Task.Run(() => _activity.Writing("run.html", () =>
        {
            started.Set();
            release.Wait();
        }));
        started.Wait();

        Task forced = Task.Run(() => _activity.WaitForWriting(TimeSpan.FromMinutes(1)));
        await Task.Delay(100);
        Assert.False(forced.IsCompleted);
        release.Set();
        await Task.WhenAll(writing, forced);
    }

    [Fact]
    public void Jobs_that_were_submitted_before_are_told()
    {
        string during = string.Empty;
        Assert.Throws<OperationCanceledException>(() => _activity.Submitting(jobs =>
        {
            during = _activity.InterruptionSentence;
            jobs.Report("12");
            jobs.Report("13");
            throw new OperationCanceledException();
        }));

        Assert.Equal("Interrupted while submitting job arrays; nothing was written.", during);
        Assert.Equal("Interrupted while submitting job arrays; jobs 12 and 13 were submitted before and will run.", _activity.InterruptionSentence);
    }
}
