namespace OneStep.Cli;

/// <summary>The command line asks for something impossible; the message is the one sentence that says what.</summary>
internal sealed class UsageException : Exception
{
    /// <summary>Makes an error with a sentence for the user.</summary>
    public UsageException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an error with a sentence for the user and what caused it.</summary>
    public UsageException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Makes an error without a sentence; prefer the others.</summary>
    public UsageException()
    {
    }
}
