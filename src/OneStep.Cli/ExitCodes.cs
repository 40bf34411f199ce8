namespace OneStep.Cli;

/// <summary>What the process answers with.</summary>
internal static class ExitCodes
{
    /// <summary>The work is done.</summary>
    public const int Done = 0;

    /// <summary>The work failed.</summary>
    public const int Failed = 1;

    /// <summary>The command line asks for something impossible; no work was begun.</summary>
    public const int WrongUsage = 2;

    /// <summary>A signal ended the work, as shells report it: 128 + SIGINT.</summary>
    public const int Interrupted = 130;
}
