using System.CommandLine;
using OneStep.Cli.Parsing;
using OneStep.Cli.Rendering;
using OneStep.Studies;
using OneStep.Studies.Slurm;

namespace OneStep.Cli.Verbs;

/// <summary>The verb <c>study submit</c>: hands what is missing to a Slurm cluster (docs/slurm.md).</summary>
/// <param name="host">The terminal.</param>
internal sealed class StudySubmitVerb(CliHost host) : IStudyVerb
{
    private static readonly SlurmOptions Defaults = new();

    private static readonly string[] Examples =
    [
        "onestep study submit phase-transition --partition compute --time 2:00:00 --memory 4 --cpus-per-task 4",
        "onestep study submit my-study.yaml --array-parallelism 20 --dry-run",
    ];

    private readonly StudyOptions _study = new();

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

    private readonly DocumentedOption<bool> _json = Options.Flag("--json", "Print one JSON document instead of text");

    private OptionGroup Cluster => new("Cluster", [_partition, _time, _memory, _cpus, _parallelism, _dryRun, _json]);

    /// <inheritdoc/>
    public Command ToCommand()
    {
        var command = new Command("submit", "Hand the missing cells of a study to a Slurm cluster as job arrays.");
        _study.AddTo(command);
        foreach (Option option in Cluster.Options)
        {
            command.Add(option);
        }

        command.SetAction((parse, cancellation) => Task.Run(() => Run(parse, cancellation), CancellationToken.None));
        return command;
    }

    /// <inheritdoc/>
    public HelpPage Help(Command command) => new(command, [_study.Group, Cluster], Examples);

    private static bool ReadWord(string text, out string value)
    {
        value = text;
        return text.Length > 0;
    }

    private int Run(ParseResult parse, CancellationToken cancellation)
    {
        SlurmOptions options = ReadOptions(parse);
        options.Validate();
        StudyRequest request = _study.Read(parse);
        var client = new SlurmClient();
        bool dryRun = parse.GetValue(_dryRun);
        if (!dryRun && !client.IsInstalled)
        {
            throw new OneStepException("There is no Slurm here: 'sbatch', 'squeue' and 'scontrol' are not in the PATH (--dry-run shows the scripts anyway).");
        }

        SlurmStudy study = SlurmCells.StudyOf(request, _study.DataFolder(parse));
        SlurmStatus status = SlurmCells.StatusOf(request, study, client.IsInstalled ? client : null, cancellation);
        int most = client.IsInstalled ? client.ReadMaxArraySize(cancellation) : SlurmTaskPlan.DefaultMaxArraySize;
        var submission = SlurmSubmission.Plan(study, SlurmCells.CellsOf(request, options.CpusPerTask), status, options, most);
        IReadOnlyList<string> jobs = dryRun ? [] : Submit(request, study, submission, client, cancellation);
        host.WriteOutput(parse.GetValue(_json) ? StudyJson.Of(request, submission, jobs) : Text(request, submission, jobs, dryRun));
        return ExitCodes.Done;
    }

    private static IReadOnlyList<string> Submit(
        StudyRequest request, SlurmStudy study, SlurmSubmission submission, SlurmClient client, CancellationToken cancellation)
    {
        if (submission.Scripts.Count == 0)
        {
            return [];
        }

        StudyWriter.Write(request.Plan.Definition, study.StudyFile);
        return submission.Submit(client, progress: null, cancellation);
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
