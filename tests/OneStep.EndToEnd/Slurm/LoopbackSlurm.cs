using System.Diagnostics;
using OneStep.EndToEnd.Cli;
using OneStep.Studies.Slurm;
using OneStep.Tests;

namespace OneStep.EndToEnd.Slurm;

/// <summary>A real Slurm of one machine, started by <c>scripts/slurm-start.sh</c> and stopped by <c>scripts/slurm-stop.sh</c>.</summary>
public sealed class LoopbackSlurm : IAsyncLifetime
{
    private const int CannotBeInstalled = 77;
    private const string Export = "export SLURM_CONF=";

    private readonly string _folder = Directory.CreateTempSubdirectory("onestep-slurm-").FullName;
    private Dictionary<string, string> _environment = [];

    /// <summary>Why there is none; null where it runs.</summary>
    public string? Missing { get; private set; }

    /// <summary>The library's way to speak to it.</summary>
    internal SlurmClient Client => new(_environment);

    public async Task InitializeAsync()
    {
        if (!OperatingSystem.IsLinux())
        {
            Missing = "Slurm runs on Linux.";
            return;
        }

        ProcessOutcome outcome = await RunAsync("bash", [Script("slurm-start.sh"), _folder]);
        if (outcome.ExitCode == CannotBeInstalled)
        {
            Missing = outcome.Error.TrimEnd().Split('\n')[^1];
            return;
        }

        Assert.True(outcome.ExitCode == 0, outcome.Error);
        Assert.StartsWith(Export, outcome.Output, StringComparison.Ordinal);
        _environment = new() { ["SLURM_CONF"] = outcome.Output.Trim()[Export.Length..] };
    }

    public async Task DisposeAsync()
    {
        if (Missing is null)
        {
            ProcessOutcome outcome = await RunAsync("bash", [Script("slurm-stop.sh"), _folder]);
            Assert.True(outcome.ExitCode == 0, outcome.Error);
        }

        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>What a process needs in its environment to find it.</summary>
    internal KeyValuePair<string, string>[] Variables => [.. _environment];

    /// <summary>Runs one of Slurm's programs and gives what it wrote.</summary>
    internal async Task<string> RunSlurmAsync(string program, params string[] args)
    {
        ProcessOutcome outcome = await RunAsync(program, args);
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        return outcome.Output;
    }

    /// <summary>The processes that a task of an array has at the moment.</summary>
    internal static int[] ProcessesOf(string job, int task)
    {
        string[] marks = [$"SLURM_ARRAY_JOB_ID={job}", $"SLURM_ARRAY_TASK_ID={task}"];
        return [.. Process.GetProcesses().Select(process => process.Id).Where(id => marks.All(Environment(id).Contains))];
    }

    private static string[] Environment(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/environ").Split('\0');
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static string Script(string name) => Path.Combine(RepositoryFiles.Root, "scripts", name);

    private async Task<ProcessOutcome> RunAsync(string program, string[] args)
    {
        var info = new ProcessStartInfo(program, args) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string value) in _environment)
        {
            info.Environment[name] = value;
        }

        using Process process = Process.Start(info)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new ProcessOutcome(process.ExitCode, await output, await error);
    }
}
