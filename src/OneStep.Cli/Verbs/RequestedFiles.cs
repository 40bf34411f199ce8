namespace OneStep.Cli.Verbs;

/// <summary>The files that a command line asked for beside the numbers. A full disk must not take the numbers with it: a verb writes
/// the files, shows the numbers whatever became of them, and only then fails.</summary>
/// <param name="host">The terminal.</param>
/// <param name="cancellation">Interrupts before a file is begun.</param>
internal sealed class RequestedFiles(CliHost host, CancellationToken cancellation)
{
    private OneStepException? _failure;

    /// <summary>Writes a file.</summary>
    /// <param name="path">The file; null where none was asked for.</param>
    /// <param name="write">Writes it.</param>
    /// <returns>The file if it is there now, else null.</returns>
    public string? Write(string? path, Action write)
    {
        if (path is null)
        {
            return null;
        }

        cancellation.ThrowIfCancellationRequested();
        try
        {
            host.Activity.Writing(path, write);
            return path;
        }
        catch (OneStepException exception)
        {
            _failure ??= exception;
            return null;
        }
    }

    /// <summary>Fails where a file could not be written.</summary>
    /// <exception cref="OneStepException">The first that could not.</exception>
    public void RequireWritten()
    {
        if (_failure is { } failure)
        {
            throw failure;
        }
    }
}
