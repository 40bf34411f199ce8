using System.Text;
using OneStep.Cli.Rendering;

namespace OneStep.Cli;

/// <summary>The terminal, as much of it as verbs use.</summary>
internal sealed class CliHost
{
    private int _ended;

    /// <summary>Where results go.</summary>
    public required TextWriter Output { get; init; }

    /// <summary>Where progress and errors go.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>What <see cref="Output"/> can show.</summary>
    public required TerminalTraits OutputTraits { get; init; }

    /// <summary>What <see cref="Error"/> can show.</summary>
    public required TerminalTraits ErrorTraits { get; init; }

    /// <summary>What is being done.</summary>
    public RunActivity Activity { get; } = new();

    /// <summary>The process's own terminal.</summary>
    public static CliHost FromConsole() => new()
    {
        Output = Console.Out,
        Error = Console.Error,
        OutputTraits = TerminalTraits.Detect(Console.IsOutputRedirected),
        ErrorTraits = TerminalTraits.Detect(Console.IsErrorRedirected),
    };

    /// <summary>Writes results.</summary>
    /// <exception cref="OneStepException">They cannot be written, for example because a disk is full. A reader that has
    /// gone away is no error.</exception>
    public void WriteOutput(string text) => WriteOutput(stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    /// <summary>Writes results that are made as they are written, in UTF-8.</summary>
    /// <exception cref="OneStepException">They cannot be written, for example because a disk is full. A reader that has
    /// gone away is no error.</exception>
    public void WriteOutput(Action<Stream> write)
    {
        try
        {
            using var stream = new TextStream(Output);
            write(stream);
            Output.Flush();
        }
        catch (IOException exception)
        {
            throw new OneStepException($"The results cannot be written to standard output: {exception.Message}", exception);
        }
    }

    /// <summary>Writes the program's last sentence, once: a forced end and an ordered one may come together.</summary>
    public void WriteEnding(string sentence)
    {
        if (Interlocked.Exchange(ref _ended, 1) == 0)
        {
            Error.WriteLine(sentence);
        }
    }
}
