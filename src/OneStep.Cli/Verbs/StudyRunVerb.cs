using System.CommandLine;
using OneStep.Cli.Parsing;
using OneStep.Cli.Rendering;
using OneStep.Studies;
using OneStep.Studies.Slurm;

namespace OneStep.Cli.Verbs;

/// <summary>The verb <c>study run</c>: computes the cells that are missing.</summary>
/// <param name="host">The terminal.</param>
internal sealed class StudyRunVerb(CliHost host) : OneStudyVerb(host, "run", "Compute the cells of a study that are not finished yet.")
{
    private readonly DocumentedOption<Shard> _shard = new(
        "--shard", "I/N", "Run the I-th of N parts, which take about equally long", $"i/n with 1 <= i <= n <= {Shard.MaximumCount}", ReadShard)
    {
        DefaultText = "all of it",
    };

    private readonly DocumentedOption<string> _cellsFrom = Options.Path(
        "--cells-from", "FILE", "Run the cells of one task of a cluster's array, with --task", "a tasks file that 'study submit' wrote");

    private readonly DocumentedOption<int> _task = Options.Integer(
        "--task", "Which task of --cells-from", "an integer from 0 on");

    private readonly DocumentedOption<int> _threads = Options.Integer(
        "--threads", "Threads to use; they change the speed, never a number", "an integer from 1 to 1024", "all processors");

    /// <inheritdoc/>
    protected override OptionGroup Own => new("Running", [_shard, _cellsFrom, _task, _threads]);

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Examples { get; } =
    [
        "onestep study run smoke",
        "onestep study run dimension-by-width --set width=1000,5000 --set seeds=20",
        "onestep study run my-study.yaml --store results --shard 2/4",
    ];

    /// <inheritdoc/>
    protected override int Run(ParseResult parse, CancellationToken cancellation)
    {
        int threads = _threads.IsGiven(parse) ? parse.GetValue(_threads) : Environment.ProcessorCount;
        if (threads is < 1 or > 1024)
        {
            throw new InvalidParameterException("threads", threads, _threads.Range);
        }

        HashSet<string>? only = ReadCells(parse);
        StudyRequest request = Study.Read(parse);
        cancellation.ThrowIfCancellationRequested();
        StudyOutcome outcome = DisplayFor(parse).Show(progress => new StudyRunner(request.Plan, request.Images, request.Store).Run(new StudyExecution
        {
            Threads = threads,
            AvailableMemory = AvailableMemory.Bytes(),
            Shard = parse.GetValue(_shard) ?? Shard.Whole,
            Only = only,
            FirstCell = FirstCell(),
            Version = ProgramVersion.Text,
            InstructionSet = ProgramVersion.InstructionSet,
            Progress = Host.Activity.Forwarding(progress, request.Store.Folder),
            Cancellation = cancellation,
        }));
        Host.WriteOutput(WantsJson(parse) ? StudyJson.Of(request, outcome) : Text(request, outcome));
        return outcome.Failures.Count == 0 ? ExitCodes.Done : ExitCodes.Failed;
    }

    private static bool ReadShard(string text, out Shard value)
    {
        try
        {
            value = Shard.Parse(text);
            return true;
        }
        catch (InvalidParameterException)
        {
            value = Shard.Whole;
            return false;
        }
    }

    private HashSet<string>? ReadCells(ParseResult parse)
    {
        string? file = parse.GetValue(_cellsFrom);
        if ((file is not null) != _task.IsGiven(parse))
        {
            throw new UsageException($"{_cellsFrom.Name} and {_task.Name} belong together: only one of them was given.");
        }

        if (file is not null && parse.GetValue(_task) < 0)
        {
            throw new InvalidParameterException("task", parse.GetValue(_task), _task.Range);
        }

        if (file is not null && _shard.IsGiven(parse))
        {
            throw new UsageException($"{_cellsFrom.Name} and {_shard.Name} exclude each other.");
        }

        return file is null ? null : [.. SlurmTasksFile.Read(file, parse.GetValue(_task))];
    }

    // Processes that share a store begin in different places. Neighbouring process numbers shall lie far apart, so they are
    // multiplied by 2^32 over the golden ratio.
    private static int FirstCell() => (int)((unchecked((uint)Environment.ProcessId * 2654435769u)) >> 1);

    private static string Text(StudyRequest request, StudyOutcome outcome)
    {
        string failed = outcome.Failures.Count == 0 ? string.Empty : $", {outcome.Failures.Count} failed";
        return $"Study {request.Plan.Definition.Name}: {outcome.Finished} of {NumberText.Count(outcome.Total, "cell")} finished, "
            + $"{outcome.Computed} of them computed now{failed}; they are in {request.Store.Folder}.\n";
    }
}
