using OneStep.Cli;

namespace OneStep.Tests.Cli;

public class ReproduceVerbTests
{
    [Theory]
    [InlineData("--profile is 'fast', but must be one of quick, standard, full.", "--profile", "fast")]
    [InlineData("--threads is 0, but must be an integer from 1 to 1024.", "--threads", "0")]
    [InlineData("--profile is given 2 times, but must be given once.", "--profile", "quick", "--profile", "full")]
    [InlineData("--profile needs a value, one of quick, standard, full.", "--profile=")]
    [InlineData("--threads is '1.5', but must be an integer from 1 to 1024.", "--threads", "1.5")]
    [InlineData("--seed is '18446744073709551616', but must be an integer from 0 to 18446744073709551615.", "--seed", "18446744073709551616")]
    [InlineData("--data needs a value, an existing folder with IDX files.", "--data")]
    [InlineData("--json is 'maybe', but must be true or false.", "--json=maybe")]
    [InlineData("onestep reproduce takes options only, but was given 'quick'; see 'onestep reproduce --help'.", "quick")]
    [InlineData("--seed is '-1', but must be an integer from 0 to 18446744073709551615.", "--seed", "-1")]
    public void Wrong_values_are_one_sentence(string sentence, params string[] options)
    {
        using var folder = new TemporaryFolder();

        CliRun run = CliRun.Of(["reproduce", "--out", folder.At("out"), .. options]);

        Assert.Equal((ExitCodes.WrongUsage, string.Empty, sentence + "\n"), (run.ExitCode, run.Output, run.Error));
        Assert.Empty(folder.Names);
    }

    [Fact]
    public void A_file_is_no_folder_for_results()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Put("file", []);

        CliRun taken = CliRun.Of("reproduce", "--out", file);
        CliRun below = CliRun.Of("reproduce", "--out", Path.Combine(file, "below"));

        Assert.Equal((ExitCodes.WrongUsage, $"--out is '{file}', which is a file, but must be a folder.\n"), (taken.ExitCode, taken.Error));
        Assert.Equal((ExitCodes.WrongUsage, $"--out is '{Path.Combine(file, "below")}', but must be a folder that can be written.\n"), (below.ExitCode, below.Error));
    }

    [Fact]
    public void A_missing_data_folder_is_named()
    {
        using var folder = new TemporaryFolder();

        CliRun run = CliRun.Of("reproduce", "--out", folder.At("out"), "--data", folder.At("none"));

        Assert.Equal((ExitCodes.WrongUsage, $"--data is '{folder.At("none")}', but must be an existing folder with IDX files.\n"), (run.ExitCode, run.Error));
    }
}
