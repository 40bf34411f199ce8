namespace OneStep.Tests.Cli;

public class HelpPageTests
{
    private static readonly string[] AllOptions =
    [
        "--digits", "--data", "--side", "--width", "--c0", "--seed", "--learning-rate", "--batch", "--ball", "--epochs", "--initialization",
        "--untrained", "--bias", "--normalize", "--antialias", "--strong", "--limit", "--json", "--save", "--load", "--report", "--threads",
        "--no-progress", "--help", "--train-limit", "--adversarial-budget", "--inner-attack", "--inner-steps", "--inner-step-size", "--inner-random-start",
        "--clip", "--rescale", "--adversarial-refresh", "--robust-budgets", "--robust-steps", "--robust-clip",
        "--protocol", "--patience", "--output-moves",
    ];

    [Fact]
    public void Every_option_stands_on_the_page_once()
    {
        string[] lines = CliRun.Attack("--help").Output.Split('\n');

        Assert.All(AllOptions, option => Assert.Single(lines, line => line.StartsWith("  " + option, StringComparison.Ordinal)));
    }

    [Fact]
    public void Ranges_and_defaults_are_told()
    {
        string page = CliRun.Attack("--help").Output;

        Assert.Contains("  --side N  ", page, StringComparison.Ordinal);
        Assert.Contains("N*N; an integer from 1 to 100 [default: 28]\n", page, StringComparison.Ordinal);
        Assert.Contains("[default: 20 for --ball stop, else", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_fits_eighty_columns() =>
        Assert.All(CliRun.Attack("--help").Output.Split('\n'), line => Assert.True(line.Length <= 80, line));

    [Theory]
    [InlineData("attack", "--help", "--c0", "abc")]
    [InlineData("attack", "--c0", "abc", "--help")]
    [InlineData("--help")]
    [InlineData("-h")]
    public void Help_is_given_whatever_else_is_wrong(params string[] args)
    {
        CliRun run = CliRun.Of(args);

        Assert.Equal((0, string.Empty), (run.ExitCode, run.Error));
        Assert.Contains("Usage: onestep", run.Output, StringComparison.Ordinal);
    }
}
