using OneStep.Cli.Rendering;
using OneStep.Experiments;

namespace OneStep.Tests.Cli.Rendering;

public class ProgressDisplayTests
{
    [Fact]
    public void Plain_progress_is_silent_for_short_work_and_rare_for_long_work()
    {
        var clock = new Clock();
        using var writer = new StringWriter { NewLine = "\n" };
        var display = new PlainProgress(writer, clock);

        int answer = display.Show(progress =>
        {
            for (int step = 0; step < 80; step++)
            {
                progress.Report(new ExperimentProgress(ExperimentStage.Train, step, 3960) { Loss = 0.25, Deviation = 0.05, Radius = 0.1 });
                clock.Advance(TimeSpan.FromMilliseconds(100));
            }

            progress.Report(new ExperimentProgress(ExperimentStage.Attack, 64, 2115));
            progress.Report(new ExperimentProgress(ExperimentStage.Networks, 3, 100));
            return 7;
        });

        Assert.Equal(7, answer);
        Assert.Equal(
            "training: 20 steps, loss 0.250, moved 0.0500 of 0.100\ntraining: 70 steps, loss 0.250, moved 0.0500 of 0.100\nattacking: 64 of 2115 images\nrandom networks: 3 of 100 networks\n",
            writer.ToString());
    }

    [Fact]
    public void Live_progress_shows_every_stage_and_gives_the_cursor_back()
    {
        using var writer = new StringWriter { NewLine = "\n" };
        var traits = new TerminalTraits { IsTerminal = true, HasAnsi = true, Colors = ColorDepth.Full, Width = 80 };

        int answer = new LiveProgress(TerminalConsole.Create(writer, traits)).Show(progress =>
        {
            progress.Report(new ExperimentProgress(ExperimentStage.Train, 3, 100) { Loss = 0.25 });
            progress.Report(new ExperimentProgress(ExperimentStage.Attack, 64, 2115));
            Thread.Sleep(300);
            return 7;
        });

        Assert.Equal(7, answer);
        Assert.Contains("3 steps, loss 0.250", writer.ToString(), StringComparison.Ordinal);
        Assert.Contains("64 of 2115 images", writer.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("\e[?25h", writer.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Live_progress_gives_the_cursor_back_when_the_work_is_cancelled()
    {
        using var writer = new StringWriter();
        var traits = new TerminalTraits { IsTerminal = true, HasAnsi = true, Colors = ColorDepth.None, Width = 80 };
        var display = new LiveProgress(TerminalConsole.Create(writer, traits));

        Assert.Throws<OperationCanceledException>(() => display.Show<int>(_ => throw new OperationCanceledException()));
        Assert.EndsWith("\e[?25h", writer.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Silent_progress_does_the_work() => Assert.Equal(7, ProgressDisplay.Silent.Show(progress =>
    {
        progress.Report(new ExperimentProgress(ExperimentStage.Verify, 1, 2));
        return 7;
    }));

    private sealed class Clock : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Advance(TimeSpan time) => _ticks += time.Ticks;

        public override long GetTimestamp() => _ticks;
    }
}
