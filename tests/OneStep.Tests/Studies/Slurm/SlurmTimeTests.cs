using FsCheck;
using FsCheck.Fluent;
using OneStep.Studies.Slurm;

namespace OneStep.Tests.Studies.Slurm;

public sealed class SlurmTimeTests
{
    // The forms and their meaning are those of the manual page of sbatch, --time.
    [Theory]
    [InlineData("90", 0, 1, 30, 0)]
    [InlineData("90:30", 0, 1, 30, 30)]
    [InlineData("1:30", 0, 0, 1, 30)]
    [InlineData("1:30:00", 0, 1, 30, 0)]
    [InlineData("0:01:00", 0, 0, 1, 0)]
    [InlineData("48:00:01", 2, 0, 0, 1)]
    [InlineData("2-12", 2, 12, 0, 0)]
    [InlineData("2-12:30", 2, 12, 30, 0)]
    [InlineData("2-12:30:15", 2, 12, 30, 15)]
    [InlineData("365-00", 365, 0, 0, 0)]
    [InlineData("1-2:3:4", 1, 2, 3, 4)]
    public void Every_form_of_a_time_is_read(string text, int days, int hours, int minutes, int seconds)
    {
        Assert.True(SlurmTime.TryParse(text, out TimeSpan time));
        Assert.Equal(new TimeSpan(days, hours, minutes, seconds), time);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("0:59")]
    [InlineData("-5")]
    [InlineData("1.5")]
    [InlineData("1:60")]
    [InlineData("1:60:00")]
    [InlineData("1:00:60")]
    [InlineData("1-24")]
    [InlineData("1-")]
    [InlineData("1:2:3:4")]
    [InlineData("1:")]
    [InlineData("1 2")]
    [InlineData("90m")]
    [InlineData("UNLIMITED")]
    [InlineData("365-00:00:01")]
    [InlineData("99999999999999999999")]
    [InlineData("٣")]
    [InlineData("90\n")]
    public void Anything_else_is_refused(string text) => Assert.False(SlurmTime.TryParse(text, out _));

    [Theory]
    [InlineData(60, "0:01:00")]
    [InlineData(3600, "1:00:00")]
    [InlineData(86_399, "23:59:59")]
    [InlineData(86_400, "1-00:00:00")]
    [InlineData(216_015, "2-12:00:15")]
    [InlineData(59.2, "0:01:00")]
    [InlineData(0.1, "0:00:01")]
    public void A_time_is_written_as_slurm_does(double seconds, string text) => Assert.Equal(text, SlurmTime.Format(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void What_is_written_is_read_back() =>
        Prop.ForAll(Gen.Choose(60, 365 * 86_400).ToArbitrary(), seconds =>
            SlurmTime.TryParse(SlurmTime.Format(TimeSpan.FromSeconds(seconds)), out TimeSpan time) && time == TimeSpan.FromSeconds(seconds))
            .Check(Config.QuickThrowOnFailure.WithReplay(12345UL, 67891UL));
}
