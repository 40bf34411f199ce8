using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace OneStep.EndToEnd.Cli;

/// <summary>What a finished child process left.</summary>
internal sealed record ProcessOutcome(int ExitCode, string Output, string Error);

/// <summary>The built program in a child process, as a person would start it.</summary>
internal sealed class OneStepProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly StringBuilder _error = new();
    private readonly Lock _lock = new();
    private readonly Task<string> _output;
    private readonly Task _errorRead;

    private OneStepProcess(Process process, bool readsOutput)
    {
        _process = process;
        _output = readsOutput ? process.StandardOutput.ReadToEndAsync() : Task.FromResult(string.Empty);
        _errorRead = Task.Run(ReadErrorAsync);
    }

    /// <summary>What came on standard error until now.</summary>
    public string Error
    {
        get
        {
            lock (_lock)
            {
                return _error.ToString();
            }
        }
    }

    /// <summary>Runs a command line to its end.</summary>
    public static ProcessOutcome Run(params string[] args)
    {
        using OneStepProcess process = Start(args);
        return process.WaitForExit();
    }

    /// <summary>Runs a command line to its end with some variables of its environment set.</summary>
    public static ProcessOutcome RunWith(KeyValuePair<string, string>[] variables, string[] args)
    {
        ProcessStartInfo info = StartInfo(args);
        foreach ((string name, string value) in variables)
        {
            info.Environment[name] = value;
        }

        using var process = new OneStepProcess(Process.Start(info)!, readsOutput: true);
        return process.WaitForExit();
    }

    /// <summary>Starts a command line.</summary>
    public static OneStepProcess Start(params string[] args) => new(Process.Start(StartInfo(args))!, readsOutput: true);

    /// <summary>Starts a command line whose reader goes away at once, as in <c>onestep … | true</c>.</summary>
    public static OneStepProcess StartWithoutReader(params string[] args)
    {
        Process process = Process.Start(StartInfo(args))!;
        process.StandardOutput.Close();
        return new OneStepProcess(process, readsOutput: false);
    }

    /// <summary>Sends a signal by its name, for example <c>INT</c>.</summary>
    public void Send(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }

    /// <summary>Ends the program as a power cut does, and waits until it is gone.</summary>
    /// <returns>Whether it was still running.</returns>
    public bool KillHard()
    {
        bool wasRunning = !_process.HasExited;
        _process.Kill(entireProcessTree: true);
        Assert.True(_process.WaitForExit(Patience), "The program did not die.");
        return wasRunning;
    }

    /// <summary>Waits until standard error contains <paramref name="text"/>.</summary>
    public void WaitForError(string text)
    {
        var watch = Stopwatch.StartNew();
        while (!Error.Contains(text, StringComparison.Ordinal))
        {
            Assert.False(_process.HasExited, $"The program ended before it wrote '{text}': {Error}");
            Assert.True(watch.Elapsed < Patience, $"The program did not write '{text}': {Error}");
            Thread.Sleep(20);
        }
    }

    /// <summary>Waits for the end.</summary>
    public ProcessOutcome WaitForExit() => WaitForExit(Patience);

    /// <summary>Waits for the end of work that takes longer than most.</summary>
    public ProcessOutcome WaitForExit(TimeSpan patience)
    {
        Assert.True(_process.WaitForExit(patience), "The program did not end.");
        Assert.True(Task.WaitAll([_output, _errorRead], Patience), "The program's output did not end.");
        return new ProcessOutcome(_process.ExitCode, _output.GetAwaiter().GetResult(), Error);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private static ProcessStartInfo StartInfo(string[] args)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "OneStep.Cli.dll");

        // A test run in the background of a shell ignores SIGINT, and children inherit that; env gives them the default back.
        string[] command = OperatingSystem.IsLinux()
            ? ["env", "--default-signal=INT", "dotnet", program, .. args]
            : ["dotnet", program, .. args];
        return new ProcessStartInfo(command[0], command[1..])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
    }

    private async Task ReadErrorAsync()
    {
        char[] buffer = new char[1024];
        int count;
        while ((count = await _process.StandardError.ReadAsync(buffer)) > 0)
        {
            lock (_lock)
            {
                _error.Append(buffer, 0, count);
            }
        }
    }
}
