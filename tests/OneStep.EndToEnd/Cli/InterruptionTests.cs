using System.Diagnostics;

namespace OneStep.EndToEnd.Cli;

public class InterruptionTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    // Wide enough to be busy for a while on a fast machine, too; interrupted as soon as the stage is announced.
    private static readonly string[] LongTraining = ["attack", "--width", "100000", "--ball", "project", "--epochs", "20"];
    private static readonly string[] LongAttack = ["attack", "--width", "200000", "--untrained"];

    [SkippableTheory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public void A_signal_during_training_ends_the_program(string signal) =>
        EndsSoonAfter(signal, LongTraining, "training: ", @"\AInterrupted while training after \d+ steps?; nothing was written\.\z");

    [SkippableTheory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public void A_signal_during_the_attack_ends_the_program(string signal) =>
        EndsSoonAfter(signal, LongAttack, "attacking: ", @"\AInterrupted while attacking after \d+ of 2115 images; nothing was written\.\z");

    private static void EndsSoonAfter(string signal, string[] commandLine, string announcement, string sentence)
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no such signals.");
        using var folder = new TemporaryFolder();
        using OneStepProcess process = OneStepProcess.Start([.. commandLine, "--save", folder.File("run.safetensors"), "--report", folder.File("run.html")]);
        process.WaitForError(announcement);
        var watch = Stopwatch.StartNew();
        process.Send(signal);
        ProcessOutcome outcome = process.WaitForExit();
        TimeSpan elapsed = watch.Elapsed;

        Assert.Equal((130, string.Empty), (outcome.ExitCode, outcome.Output));
        Assert.True(elapsed < Limit, $"It took {elapsed}.");
        string[] lines = outcome.Error.TrimEnd('\n').Split('\n');
        Assert.Matches(sentence, lines[^1]);
        Assert.All(lines[..^1], line => Assert.Matches("^(data|drawing W0|training|attacking)(: |$)", line));
        Assert.Empty(folder.Entries);
    }
}
