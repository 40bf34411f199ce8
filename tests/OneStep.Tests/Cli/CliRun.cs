using OneStep.Cli;
using OneStep.Cli.Rendering;

namespace OneStep.Tests.Cli;

/// <summary>A command line run inside the test, with its outcome.</summary>
internal sealed record CliRun(int ExitCode, string Output, string Error, SyntheticBackend Backend)
{
    public static CliRun Attack(params string[] args) => Run(new SyntheticBackend(), ["attack", .. args]);

    public static CliRun Of(params string[] args) => Run(new SyntheticBackend(), args);

    public static CliRun Run(SyntheticBackend backend, string[] args, CancellationToken cancellation = default)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var host = new CliHost
        {
            Output = output,
            Error = error,
            OutputTraits = TerminalTraits.Redirected,
            ErrorTraits = TerminalTraits.Redirected,
        };

        // Exactly as the program does it; the verb itself never waits for a terminal.
        int code = new OneStepCommand(host, backend).RunAsync(args, cancellation).GetAwaiter().GetResult();
        return new CliRun(code, output.ToString(), error.ToString(), backend);
    }
}
