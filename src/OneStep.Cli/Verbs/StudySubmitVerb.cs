using System.CommandLine;
using OneStep.Cli.Parsing;
using OneStep.Cli.Rendering;
using OneStep.Studies;
using OneStep.Studies.Slurm;

namespace OneStep.Cli.Verbs;

/// <summary>The verb <c>study submit</c>: hands what is missing to a Slurm cluster (docs/slurm.md).</summary>
/// <param name="host">The terminal.</param>
internal sealed class StudySubmitVerb(CliHost host)
    : OneStudyVerb(host, "submit", "Hand the missing cells of a study to a Slurm cluster as job arrays.")
{
    private static readonly SlurmOptions Defaults = new();

    private readonly DocumentedOption<string> _partition = new(
        "--partition", "P", "Where to run; several with commas between them", "the name of a partition", ReadWord) { DefaultText = "the cluster's" };

    private readonly DocumentedOption<TimeSpan> _time = new(
        "--time", "T", "When Slurm ends a task", SlurmTime.Range, SlurmTime.TryParse) { ShowsRange = true, DefaultText = SlurmTime.Format(Defaults.Time) };

    private readonly DocumentedOption<double> _memory = Options.Number(
        "--memory", "Memory of a task in gigabytes", "a number of gigabytes from 0.1 to 65536", $"{Defaults.Memory}");

    private readonly DocumentedOption<int> _cpus = Options.Integer(
        "--cpus-per-task", "CPUs of a task, hence threads of its cells", "an integer from 1 to 4096", $"{Defaults.CpusPerTask}");

    private readonly DocumentedOption<int> _parallelism = Options.Integer(
        "--array-parallelism", "How many tasks of an array run at once", "an integer from 1 to 1000000", "as many as the cluster allows");

    private readonly DocumentedOption<bool> _dryRun = Options.Flag("--dry-run", "Show the scripts; write and submit nothing");

    /// <inheritdoc/>
    protected override OptionGroup Own => new("Cluster", [_partition, _time, _memory, _cpus, _parallelism, _dryRun]);

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Examples { get; } =
    [
        "onestep study submit phase-transition --partition compute --time 2:00:00 --memory 4 --cpus-per-task 4",
        "onestep study submit my-study.yaml --array-parallelism 20 --dry-run",
    ];

    /// <inheritdoc/>
    protected override int Run(ParseResult parse, CancellationToken cancellation)
    {
        SlurmOptions options = ReadOptions(parse);
        options.Validate();
        StudyRequest request = Study.Read(parse);
        bool dryRun = parse.GetValue(_dryRun);
        var client = new SlurmClient();
        SlurmStudy study = SlurmCells.StudyOf(request, Study.DataFolder(parse));
        var inventory = new Lazy<StudyInventory>(() => TakeInventory(parse, request, cancellation));
        int most = SlurmTaskPlan.DefaultMaxArraySize;
        SlurmStatus status;
        try
        {
            if (!client.IsInstalled)
            {
                throw new SlurmException("There is no Slurm here: 'sbatch', 'squeue' and 'scontrol' are not in the PATH.");
            }

            most = client.ReadMaxArraySize(cancellation);
            status = SlurmCells.StatusOf(request, study, inventory, client, cancellation);
        }
        catch (SlurmException exception) when (dryRun)
        {
            Host.Error.WriteLine(
                $"{exception.Message.TrimEnd('.')}; MaxArraySize is taken to be {most}, and cells that are in the queue already are not left out.");
            status = SlurmCells.StatusOf(request, study, inventory, client: null, cancellation);
        }

        var submission = SlurmSubmission.Plan(study, SlurmCells.CellsOf(request, options.CpusPerTask), status, options, most);
        IReadOnlyList<string> jobs = dryRun ? [] : Submit(request, study, submission, client, cancellation);
        Host.WriteOutput(WantsJson(parse) ? StudyJson.Of(request, submission, jobs) : Text(request, submission, jobs, dryRun));
        return ExitCodes.Done;
    }

    private static bool ReadWord(string text, out string value)
    {
        value = text;
        return text.Length > 0;
    }

    private IReadOnlyList<string> Submit(
        StudyRequest request, SlurmStudy study, SlurmSubmission submission, SlurmClient client, CancellationToken cancellation)
    {
        if (submission.Scripts.Count == 0)
        {
            return [];
        }

        // An end by force waits for this, hence for sbatch: else nobody would know whether it took the job.
        IReadOnlyList<string> jobs = [];
        Host.Activity.Submitting(progress =>
        {
            StudyWriter.Write(request.Plan.Definition, study.StudyFile);
            jobs = submission.Submit(client, progress, cancellation);
        });
        return jobs;
    }

    private SlurmOptions ReadOptions(ParseResult parse) => new()
    {
        Partition = parse.GetValue(_partition),
        Time = _time.IsGiven(parse) ? parse.GetValue(_time) : Defaults.Time,
        Memory = _memory.IsGiven(parse) ? parse.GetValue(_memory) : Defaults.Memory,
        CpusPerTask = _cpus.IsGiven(parse) ? parse.GetValue(_cpus) : Defaults.CpusPerTask,
        ArrayParallelism = _parallelism.IsGiven(parse) ? parse.GetValue(_parallelism) : null,
    };

    private static string Text(StudyRequest request, SlurmSubmission submission, IReadOnlyList<string> jobs, bool dryRun)
    {
        string name = request.Plan.Definition.Name;
        if (submission.Scripts.Count == 0)
        {
            return $"Study {name}: nothing to submit, every cell is finished or in the queue.\n";
        }

        if (dryRun)
        {
            return string.Join("\n", submission.Scripts.Select(script => script.Text));
        }

        IEnumerable<string> lines = submission.Scripts.Zip(jobs, (script, job) => $"Study {name}: job {job}, {script.Summary}.\n");
        return string.Concat(lines) + $"'onestep study status {name}' tells how far it is.\n";
    }
}
