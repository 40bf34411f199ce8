using System.ComponentModel;
using System.Diagnostics;

namespace OneStep.Studies.Slurm;

/// <summary>One of Slurm's programs.</summary>
/// <param name="name">Its name.</param>
/// <param name="folder">Its folder; null where it is on the PATH.</param>
/// <param name="environment">Variables to set for it; null for none.</param>
internal sealed class SlurmProgram(string name, string? folder, IReadOnlyDictionary<string, string>? environment)
{
    private const string ErrorMark = "error: ";
    private const string QueueFilters = "SQUEUE_";

    /// <summary>Whether it can be started at all.</summary>
    public bool IsInstalled
    {
        get
        {
            try
            {
                using Process? process = Process.Start(StartInfo(["--version"]));
                process?.WaitForExit();
                return process is not null;
            }
            catch (Win32Exception)
            {
                return false;
            }
        }
    }

    /// <summary>Runs it to its end and gives what it wrote.</summary>
    /// <param name="args">Its arguments.</param>
    /// <param name="cancellation">Ends it early, with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="SlurmException">It is not installed, or it failed; the message says what it complained of.</exception>
    public string Run(IReadOnlyList<string> args, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        using Process process = Start(args);
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        Task<string> error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        using (cancellation.Register(() => TryKill(process)))
        {
            process.WaitForExit();
        }

        cancellation.ThrowIfCancellationRequested();
        string answer = output.GetAwaiter().GetResult();
        string complaint = error.GetAwaiter().GetResult();
        return process.ExitCode == 0 ? answer : throw new SlurmException($"'{name}' failed: {Reason(complaint, process.ExitCode)}.");
    }

    /// <summary>What it complained of, without its own name and as a part of a sentence: every error, since the last is often
    /// the least particular, or else its last words.</summary>
    private static string Reason(string complaint, int exitCode)
    {
        string[] lines = complaint.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (lines.Length == 0)
        {
            return $"it ended with {exitCode} and said nothing";
        }

        string[] errors = [.. lines.Where(line => line.Contains(ErrorMark, StringComparison.Ordinal)).Select(AfterMark)];
        return string.Join("; ", (errors.Length > 0 ? errors : lines[^1..]).Select(AsClause));
    }

    private static string AfterMark(string line) => line[(line.IndexOf(ErrorMark, StringComparison.Ordinal) + ErrorMark.Length)..];

    private static string AsClause(string line) => line.Replace(". ", "; ", StringComparison.Ordinal).TrimEnd('.', ' ');

    private static void TryKill(Process process)
    {
        try
        {
            process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
    }

    private Process Start(IReadOnlyList<string> args)
    {
        try
        {
            return Process.Start(StartInfo(args))!;
        }
        catch (Win32Exception exception)
        {
            throw new SlurmException($"Cannot start '{name}': Slurm is not installed on this machine, or its programs are not {(folder is null ? "on the PATH" : $"in '{folder}'")}.", exception);
        }
    }

    private ProcessStartInfo StartInfo(IReadOnlyList<string> args)
    {
        var info = new ProcessStartInfo(folder is null ? name : Path.Combine(folder, name), args)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // Whatever narrows down what a user sees in the queue would make tasks that wait or run look as if they were over.
        foreach (string variable in info.Environment.Keys.Where(key => key.StartsWith(QueueFilters, StringComparison.Ordinal)).ToArray())
        {
            info.Environment.Remove(variable);
        }

        foreach ((string variable, string value) in environment ?? new Dictionary<string, string>())
        {
            info.Environment[variable] = value;
        }

        return info;
    }
}
