namespace OneStep.EndToEnd.Cli;

public class WrongUsageTests
{
    [Theory]
    [InlineData("attack --side 0", "--side")]
    [InlineData("attack --c0 -1", "--c0")]
    [InlineData("attack --c0 abc", "--c0")]
    [InlineData("attack --c0 nan", "--c0")]
    [InlineData("attack --width 0", "--width")]
    [InlineData("attack --digits 3,3", "--digits")]
    [InlineData("attack --digits 0,12", "--digits")]
    [InlineData("attack --data /nowhere", "--data")]
    [InlineData("attack --threads 0", "--threads")]
    [InlineData("attack --epochs 0", "--epochs")]
    [InlineData("attack --limit 0", "--limit")]
    [InlineData("attack --seed -1", "--seed")]
    [InlineData("attack --ball x", "--ball")]
    [InlineData("attack --colour", "--colour")]
    [InlineData("attack now", "'now'")]
    [InlineData("attack --save /nowhere/x.safetensors", "--save")]
    [InlineData("attack --save /proc/x.safetensors", "--save")]
    [InlineData("attack --report /nowhere/x.html", "--report")]
    [InlineData("attack --load /nowhere", "--load")]
    [InlineData("attack --untrained --epochs 3", "--untrained")]
    [InlineData("certify --count 0", "--count")]
    [InlineData("certify --c0 -1", "--c0")]
    [InlineData("certify --radii small", "--radii")]
    [InlineData("certify --hidden 5,4 --radii ball", "--hidden")]
    [InlineData("certify --hidden 5,4 --lower-bounds quadratic", "--lower-bounds")]
    [InlineData("certify --budget 0.3", "--corollary")]
    [InlineData("certify --corollary", "--budget")]
    [InlineData("certify --report /nowhere/x.html", "--report")]
    [InlineData("certify --load /nowhere", "--load")]
    [InlineData("certify --limit 5", "--limit")]
    [InlineData("theory --dimension 1", "--dimension")]
    [InlineData("theory --width 0.5", "--width")]
    [InlineData("theory --c0 nan", "--c0")]
    [InlineData("theory --gamma 1", "--gamma")]
    [InlineData("theory --colour", "--colour")]
    [InlineData("attakc", "'attakc'")]
    [InlineData("", "verb")]
    public void One_sentence_on_standard_error_and_exit_2(string commandLine, string culprit)
    {
        ProcessOutcome outcome = OneStepProcess.Run(commandLine.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal((2, string.Empty), (outcome.ExitCode, outcome.Output));
        AssertIsSentence(outcome.Error);
        Assert.Contains(culprit, outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_and_version_end_well()
    {
        ProcessOutcome help = OneStepProcess.Run("attack", "--help");
        ProcessOutcome version = OneStepProcess.Run("--version");

        Assert.Equal((0, string.Empty), (help.ExitCode, help.Error));
        Assert.Contains("--learning-rate", help.Output, StringComparison.Ordinal);
        Assert.Equal((0, string.Empty), (version.ExitCode, version.Error));
        Assert.Matches(@"^\d+\.\d+\.\d+", version.Output);
    }

    [Fact]
    public void A_reader_that_goes_away_is_no_error()
    {
        using OneStepProcess process = OneStepProcess.StartWithoutReader("attack", "--help");

        Assert.Equal(new ProcessOutcome(0, string.Empty, string.Empty), process.WaitForExit());
    }

    internal static void AssertIsSentence(string error) => Assert.Matches(@"\A[^\n]+\.\n\z", error);
}
