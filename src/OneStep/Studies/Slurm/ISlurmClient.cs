namespace OneStep.Studies.Slurm;

/// <summary>A cluster that Slurm manages.</summary>
public interface ISlurmClient
{
    /// <summary>The cluster's MaxArraySize: indices of array tasks are below it; 0 where arrays are not allowed.</summary>
    /// <exception cref="SlurmException">The cluster does not answer.</exception>
    int ReadMaxArraySize(CancellationToken cancellation);

    /// <summary>Submits a script and gives the number of the new job.</summary>
    /// <param name="script">The script, which stands in its file.</param>
    /// <exception cref="SlurmException">The cluster refuses the script or does not answer; the message says why.</exception>
    string Submit(SlurmScript script);

    /// <summary>The tasks that are not over, of jobs of some names.</summary>
    /// <param name="jobNames">The names, at least one.</param>
    /// <param name="cancellation">Ends the waiting for an answer with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="SlurmException">The cluster does not answer.</exception>
    SlurmQueue ReadQueue(IReadOnlyCollection<string> jobNames, CancellationToken cancellation);
}
