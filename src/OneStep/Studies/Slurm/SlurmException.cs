namespace OneStep.Studies.Slurm;

/// <summary>There is no Slurm, or it does not answer, or it refuses what it is asked; the message says which and why.</summary>
public sealed class SlurmException : OneStepException
{
    /// <summary>Makes an error with a sentence for the user.</summary>
    public SlurmException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an error with a sentence for the user and what caused it.</summary>
    public SlurmException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Makes an error without a sentence; prefer the others.</summary>
    public SlurmException()
    {
    }
}
