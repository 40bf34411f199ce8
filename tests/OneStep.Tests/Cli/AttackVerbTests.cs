using System.Text.Json;
using OneStep.Attacks;
using OneStep.Experiments;

namespace OneStep.Tests.Cli;

public sealed class AttackVerbTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("onestep-").FullName;

    private string Stored
    {
        get
        {
            string path = Path.Combine(_folder, "stored.safetensors");
            File.WriteAllText(path, "any");
            return path;
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Json_is_one_document_and_nothing_else()
    {
        CliRun run = CliRun.Attack("--json");

        using var document = JsonDocument.Parse(run.Output);
        Assert.Equal(5, document.RootElement.GetProperty("verified").GetInt32());
        Assert.Equal((0, string.Empty), (run.ExitCode, run.Error));
    }

    [Fact]
    public void Results_are_saved_and_reported_where_asked()
    {
        string save = Path.Combine(_folder, "run.safetensors");
        string report = Path.Combine(_folder, "my run.html");

        CliRun run = CliRun.Attack("--seed", "7", "--save", save, "--report", report);

        Assert.Equal(0, run.ExitCode);
        Assert.True(File.Exists(save) && File.Exists(report));
        Assert.Contains($"Network and perturbations: {save}\nReport: {report}\nAdd --json for every number.\n", run.Output, StringComparison.Ordinal);
        Assert.Equal($"onestep attack --seed 7 --save {save} --report '{report}'", run.Backend.ReportCommand);
    }

    [Fact]
    public void A_loaded_network_is_attacked_with_the_parameters_of_its_file()
    {
        var stored = new ExperimentParameters { Width = 500, C0 = 2, Limit = 50 };

        CliRun run = CliRun.Run(new SyntheticBackend { Stored = stored }, ["attack", "--load", Stored]);

        Assert.Equal((0, true), (run.ExitCode, run.Backend.AttackedLoaded));
        Assert.Equal(stored, run.Backend.Asked);
    }

    [Fact]
    public void Limit_and_strong_may_differ_from_the_file_and_equal_options_may_be_repeated()
    {
        var stored = new ExperimentParameters { Width = 500, C0 = 2, Limit = 50 };

        CliRun run = CliRun.Run(
            new SyntheticBackend { Stored = stored }, ["attack", "--load", Stored, "--width", "500", "--c0", "2.0", "--limit", "5", "--strong"]);

        Assert.Equal(stored with { Limit = 5, Strong = true }, run.Backend.Asked);
    }

    [Fact]
    public void Another_attack_than_the_files_begins_with_its_own_defaults()
    {
        var stored = new ExperimentParameters { Limit = 50, Method = new() { Name = "pgd", Budget = 0.5, Norm = NormKind.LInfinity, Steps = 5 } };
        CliRun step = CliRun.Run(new SyntheticBackend { Stored = stored }, ["attack", "--load", Stored, "--method", "one-step"]);
        CliRun fewer = CliRun.Run(new SyntheticBackend { Stored = stored }, ["attack", "--load", Stored, "--attack-steps", "2"]);
        CliRun strong = CliRun.Run(new SyntheticBackend { Stored = new() { Strong = true } }, ["attack", "--load", Stored, "--method", "fgsm"]);

        Assert.Equal(stored with { Method = new() }, step.Backend.Asked);
        Assert.Equal(stored with { Method = stored.Method with { Steps = 2 } }, fewer.Backend.Asked);
        Assert.Equal(new ExperimentParameters { Method = new() { Name = "fgsm" } }, strong.Backend.Asked);
    }

    [Theory]
    [InlineData("--width", "600", "500")]
    [InlineData("--c0", "3", "10")]
    [InlineData("--digits", "3,5", "0,1")]
    [InlineData("--ball", "project", "stop")]
    [InlineData("--epochs", "7", "20")]
    [InlineData("--bias", "true", "false")]
    [InlineData("--untrained", "true", "false")]
    [InlineData("--seed", "1", "0")]
    [InlineData("--hidden", "64,32", "none")]
    [InlineData("--train-limit", "9", "none")]
    public void An_option_that_contradicts_the_loaded_file_is_wrong_usage(string option, string given, string actual)
    {
        string file = Stored;
        var backend = new SyntheticBackend { Stored = new ExperimentParameters { Width = 500 } };

        CliRun run = CliRun.Run(backend, ["attack", "--load", file, option, given]);

        Assert.Equal((2, $"{option} is {given}, but {file} was made with {actual}.\n"), (run.ExitCode, run.Error));
        Assert.Null(backend.Asked);
    }

    [Fact]
    public void Options_that_only_make_sense_with_those_of_the_loaded_file_are_taken()
    {
        var stored = new ExperimentParameters { Side = 4, Adversarial = new() { Budget = 0.25, Clip = true, Steps = 7 } };
        CliRun run = CliRun.Run(
            new SyntheticBackend { Stored = stored }, ["attack", "--load", Stored, "--clip", "--inner-steps", "7", "--robust-clip", "--robust-steps", "5"]);

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(stored with { RobustClip = true, RobustSteps = 5 }, run.Backend.Asked);
    }

    [Fact]
    public void Other_images_than_the_loaded_file_was_made_with_are_wrong_usage()
    {
        string file = Stored;

        CliRun builtIn = CliRun.Run(new SyntheticBackend { Fingerprint = "other" }, ["attack", "--load", file]);
        CliRun folder = CliRun.Run(new SyntheticBackend { Fingerprint = "other" }, ["attack", "--load", file, "--data", _folder]);

        Assert.Equal((2, $"{file} was made with other images than the built-in MNIST, so --data must name their folder.\n"), (builtIn.ExitCode, builtIn.Error));
        Assert.Equal((2, $"--data is '{_folder}', but {file} was made with other images.\n"), (folder.ExitCode, folder.Error));
    }

    [Fact]
    public void A_loaded_file_with_impossible_parameters_is_a_failure_of_the_file()
    {
        string file = Stored;

        CliRun run = CliRun.Run(new SyntheticBackend { Stored = new ExperimentParameters { Side = -3 } }, ["attack", "--load", file]);

        Assert.Equal((1, $"'{file}' is damaged: side is -3, but must be an integer from 1 to 100.\n"), (run.ExitCode, run.Error));
    }

    [Fact]
    public void The_check_of_output_files_leaves_nothing_behind()
    {
        CliRun run = CliRun.Attack("--save", Path.Combine(_folder, "run.safetensors"), "--report", "/nowhere/report.html");

        Assert.Equal(2, run.ExitCode);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void Interruption_says_what_was_interrupted_and_that_nothing_was_written()
    {
        using var source = new CancellationTokenSource();
        var backend = new SyntheticBackend
        {
            Work = execution =>
            {
                execution.Progress!.Report(new ExperimentProgress(ExperimentStage.Train, 37, 3960));
                source.Cancel();
                execution.Cancellation.ThrowIfCancellationRequested();
            },
        };

        CliRun run = CliRun.Run(backend, ["attack", "--save", Path.Combine(_folder, "run.safetensors")], source.Token);

        Assert.Equal((130, string.Empty, "Interrupted while training after 37 steps; nothing was written.\n"), (run.ExitCode, run.Output, run.Error));
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void Interruption_during_parallel_work_is_an_interruption()
    {
        using var source = new CancellationTokenSource();
        var backend = new SyntheticBackend
        {
            Work = execution =>
            {
                execution.Progress!.Report(new ExperimentProgress(ExperimentStage.Attack, 64, 2115));
                source.Cancel();
                throw new AggregateException(new OperationCanceledException(execution.Cancellation));
            },
        };

        CliRun run = CliRun.Run(backend, ["attack"], source.Token);

        Assert.Equal((130, "Interrupted while attacking after 64 of 2115 images; nothing was written.\n"), (run.ExitCode, run.Error));
    }

    [Fact]
    public void A_full_disk_takes_neither_the_numbers_nor_the_other_file()
    {
        string save = Path.Combine(_folder, "run.safetensors");
        string report = Path.Combine(_folder, "run.html");

        CliRun run = CliRun.Run(new SyntheticBackend { DiskIsFull = true }, ["attack", "--save", save, "--report", report]);

        Assert.Equal((1, $"Cannot write '{save}': the disk is full.\n"), (run.ExitCode, run.Error));
        Assert.Contains("Clean accuracy", run.Output, StringComparison.Ordinal);
        Assert.Contains(report, run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(save, run.Output, StringComparison.Ordinal);
        Assert.Equal([report], Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void Failures_are_one_sentence()
    {
        Assert.Equal((1, "The file 'x' is truncated.\n"), Failing(new OneStepException("The file 'x' is truncated.")));
        Assert.Equal((2, "--side is 5, but must be even.\n"), Failing(new InvalidParameterException("side", 5, "even")));
        Assert.Equal((1, "There is not enough memory for this network and these images.\n"), Failing(new InsufficientMemoryException()));
        Assert.Equal((1, "Unexpected error, which --debug shows in full: Two lines.\n"), Failing(new InvalidOperationException("Two\nlines")));
    }

    [Fact]
    public void Debug_shows_an_unexpected_error_in_full()
    {
        var backend = new SyntheticBackend { Work = _ => throw new InvalidOperationException("Oh") };

        string error = CliRun.Run(backend, ["attack", "--debug"]).Error;

        Assert.StartsWith("Unexpected error: Oh.\n", error, StringComparison.Ordinal);
        Assert.Contains("System.InvalidOperationException", error, StringComparison.Ordinal);
    }

    private static (int Code, string Error) Failing(Exception exception)
    {
        CliRun run = CliRun.Run(new SyntheticBackend { Work = _ => throw exception }, ["attack"]);
        return (run.ExitCode, run.Error);
    }
}
