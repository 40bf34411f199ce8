using OneStep.Cli;
using OneStep.Cli.Rendering;
using OneStep.Experiments;
using OneStep.Studies;

namespace OneStep.Tests.Cli.Rendering;

public class StudyDisplayTests
{
    private static readonly TerminalTraits Terminal = new() { IsTerminal = true, HasAnsi = true, Colors = ColorDepth.None, Width = 80 };

    private static readonly StudyCell Cell = new(0, "0", "side=7 seed=0", new AttackCell(new()), []);

    [Fact]
    public void Plain_progress_tells_now_and_then_what_is_done_and_how_long_the_rest_takes()
    {
        var clock = new Clock();
        using var writer = new StringWriter { NewLine = "\n" };

        int answer = new PlainStudyProgress(writer, clock).Show(progress =>
        {
            progress.Report(Report(StudyEvent.Planned, 0));
            for (int finished = 1; finished <= 10; finished++)
            {
                clock.Advance(TimeSpan.FromSeconds(1));
                progress.Report(Report(StudyEvent.CellAdvanced, finished - 1) with { Stage = new(ExperimentStage.Train, 1, 2) });
                progress.Report(Report(StudyEvent.CellFinished, finished));
            }

            return 7;
        });

        Assert.Equal(7, answer);
        Assert.Equal(
            "1 of 10 cells, about 18.0 s left; side=7 seed=0: training\n6 of 10 cells, about 4.7 s left; side=7 seed=0: training\n",
            writer.ToString());
    }

    [Fact]
    public void The_live_table_shows_the_running_cells_and_vanishes()
    {
        using var writer = new StringWriter { NewLine = "\n" };
        var clock = new Clock();
        new LiveStudyProgress(TerminalConsole.Create(writer, Terminal), clock).Show(progress =>
        {
            progress.Report(Report(StudyEvent.Planned, 0));
            clock.Advance(TimeSpan.FromSeconds(1));
            progress.Report(Report(StudyEvent.CellAdvanced, 2) with { Stage = new(ExperimentStage.Attack, 64, 2115) });
            progress.Report(Report(StudyEvent.CellFailed, 2) with { Message = "It failed." });
            return 0;
        });

        string shown = writer.ToString();
        Assert.Contains("2 of 10 cells, about 4.0 s left", shown, StringComparison.Ordinal);
        Assert.Contains("side=7 seed=0", shown, StringComparison.Ordinal);
        Assert.Contains("64 of 2115 images", shown, StringComparison.Ordinal);
        Assert.Contains(", 1 failed", shown, StringComparison.Ordinal);
        Assert.EndsWith("\e[?25h", shown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.0, "0 of 10 cells")]
    [InlineData(5.0, "5 of 10 cells, about 3.0 s left")]
    [InlineData(10.0, "10 of 10 cells")]
    public void The_time_left_is_told_once_it_can_be_known(double done, string headline) =>
        Assert.Equal(headline, StudyDisplay.Headline(Report(StudyEvent.CellFinished, (int)done), TimeSpan.FromSeconds(3)));

    [Fact]
    public void Warnings_and_failures_are_written_at_once_by_every_display()
    {
        using var silent = new StringWriter { NewLine = "\n" };
        using var plain = new StringWriter { NewLine = "\n" };
        using var live = new StringWriter { NewLine = "\n" };
        IStudyDisplay[] displays =
        [
            StudyDisplay.Silent(Host(silent)), StudyDisplay.For(Host(plain)), new LiveStudyProgress(TerminalConsole.Create(live, Terminal), new Clock()),
        ];

        Assert.All(displays.Zip((StringWriter[])[silent, plain, live]), pair => Assert.Throws<OperationCanceledException>(() => pair.First.Show<int>(progress =>
        {
            progress.Report(Report(StudyEvent.Warning, 0) with { Cell = null, Message = "'x' was moved." });
            Assert.Contains("Warning: 'x' was moved.", pair.Second.ToString(), StringComparison.Ordinal);
            progress.Report(Report(StudyEvent.CellFailed, 0) with { Message = "No." });
            Assert.Contains("The cell side=7 seed=0 failed: No.", pair.Second.ToString(), StringComparison.Ordinal);
            throw new OperationCanceledException();
        })));

        Assert.Equal("Warning: 'x' was moved.\nThe cell side=7 seed=0 failed: No.\n", silent.ToString());
        Assert.Equal(silent.ToString(), plain.ToString());
    }

    [Fact]
    public void Looking_through_a_large_store_is_shown_too()
    {
        var clock = new Clock();
        using var writer = new StringWriter { NewLine = "\n" };

        new PlainStudyProgress(writer, clock).Show(progress =>
        {
            for (int read = 1; read <= 4; read++)
            {
                clock.Advance(TimeSpan.FromSeconds(0.9));
                progress.Report(Report(StudyEvent.CellRead, 0) with { Cell = null, Read = read, Total = 8 });
            }

            return 0;
        });

        Assert.Equal("3 of 8 cells looked for\n", writer.ToString());
    }

    private static CliHost Host(TextWriter error) =>
        new() { Output = TextWriter.Null, Error = error, OutputTraits = TerminalTraits.Redirected, ErrorTraits = TerminalTraits.Redirected };

    private static StudyProgress Report(StudyEvent what, int finished) => new(what)
    {
        Cell = what == StudyEvent.Planned ? null : Cell,
        Total = 10,
        Finished = finished,
        WorkDone = finished,
        WorkInAll = 10,
    };

    private sealed class Clock : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Advance(TimeSpan time) => _ticks += time.Ticks;

        public override long GetTimestamp() => _ticks;
    }
}
