namespace OneStep.Studies.Slurm;

/// <summary>
/// The arrays that compute what is left of a study: first planned, so that they can be shown, then submitted. Two submissions
/// at the same moment may both take a cell; it is then computed twice, with the same result.
/// </summary>
public sealed class SlurmSubmission
{
    private readonly SlurmStudy _study;
    private readonly SlurmOptions _options;
    private readonly SlurmTaskPlan _plan;

    private SlurmSubmission(SlurmStudy study, SlurmOptions options, SlurmTaskPlan plan)
    {
        _study = study;
        _options = options;
        _plan = plan;
        int first = SlurmArrayFolder.NextNumber(study.Store);
        Scripts = [.. plan.Arrays.Select((tasks, i) => new SlurmScript(study, options, new SlurmArrayFolder(study.Store, first + i), tasks))];
    }

    /// <summary>The scripts, one an array, under the numbers that the arrays get unless somebody else submits before.</summary>
    public IReadOnlyList<SlurmScript> Scripts { get; }

    /// <summary>Plans the arrays for what is neither finished nor in the queue; writes nothing.</summary>
    /// <param name="study">The study.</param>
    /// <param name="cells">All of its cells.</param>
    /// <param name="status">How far they have come: see <see cref="SlurmStatus.Read"/>.</param>
    /// <param name="options">What a task asks of the cluster.</param>
    /// <param name="maxArraySize">The cluster's MaxArraySize: see <see cref="ISlurmClient.ReadMaxArraySize"/>.</param>
    /// <exception cref="OneStepException">An option is out of its range, a cell takes longer than the time limit, or the store
    /// cannot be read.</exception>
    public static SlurmSubmission Plan(
        SlurmStudy study, IReadOnlyList<SlurmCell> cells, SlurmStatus status, SlurmOptions options, int maxArraySize)
    {
        ArgumentNullException.ThrowIfNull(study);
        ArgumentNullException.ThrowIfNull(cells);
        ArgumentNullException.ThrowIfNull(status);
        SlurmCell[] left = [.. cells.Where(cell => status.IsToSubmit(cell.Key))];
        return new SlurmSubmission(study, options, SlurmTaskPlan.Of(left, options, maxArraySize));
    }

    /// <summary>Writes the scripts into the store and submits them.</summary>
    /// <param name="client">The cluster.</param>
    /// <param name="progress">Receives the number of each array's job as soon as it is submitted.</param>
    /// <param name="cancellation">Checked before every array; those submitted before remain.</param>
    /// <returns>The numbers of the jobs.</returns>
    /// <exception cref="OneStepException">The store cannot be written, or the cluster refuses an array; what was submitted
    /// before remains, and the message says so.</exception>
    public IReadOnlyList<string> Submit(ISlurmClient client, IProgress<string>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        var jobs = new List<string>();
        foreach (IReadOnlyList<SlurmTask> tasks in _plan.Arrays)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                jobs.Add(Submit(client, tasks));
            }
            catch (OneStepException exception) when (jobs.Count > 0)
            {
                throw new OneStepException(
                    $"{exception.Message.TrimEnd('.')}; of {_plan.Arrays.Count} arrays, these jobs were submitted before: {string.Join(", ", jobs)}.", exception);
            }

            progress?.Report(jobs[^1]);
        }

        return jobs;
    }

    private string Submit(ISlurmClient client, IReadOnlyList<SlurmTask> tasks)
    {
        var folder = SlurmArrayFolder.Create(_study.Store, tasks);
        string? job = null;
        try
        {
            var script = new SlurmScript(_study, _options, folder, tasks);
            folder.WriteScript(script);
            job = client.Submit(script);
        }
        finally
        {
            if (job is null)
            {
                folder.Delete();
            }
        }

        try
        {
            folder.WriteJob(job, _study.JobName);
        }
        catch (OneStepException exception)
        {
            throw new OneStepException(
                $"{exception.Message.TrimEnd('.')}; job {job} was submitted nevertheless, but the store does not know it ('scancel {job}' ends it).", exception);
        }

        return job;
    }
}
