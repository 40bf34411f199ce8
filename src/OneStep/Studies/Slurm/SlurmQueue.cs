using System.Globalization;
using System.Text.RegularExpressions;

namespace OneStep.Studies.Slurm;

/// <summary>What a task that is not over does.</summary>
public enum SlurmTaskState
{
    /// <summary>It waits: for its turn, for a node, or for somebody to release it.</summary>
    Pending,

    /// <summary>It runs, is about to end, or is suspended.</summary>
    Running,
}

/// <summary>The tasks of arrays that are not over.</summary>
public sealed partial class SlurmQueue
{
    private const int MostTasksALine = 10_000_000;

    private static readonly string[] Waiting =
        ["PENDING", "CONFIGURING", "REQUEUED", "REQUEUE_HOLD", "REQUEUE_FED", "RESV_DEL_HOLD", "SPECIAL_EXIT"];

    // Slurm shows a job for a while after its end. States unknown to us count as running: better to wait than to compute twice.
    private static readonly string[] Over =
    [
        "COMPLETED", "FAILED", "CANCELLED", "TIMEOUT", "NODE_FAIL", "PREEMPTED", "BOOT_FAIL", "DEADLINE", "OUT_OF_MEMORY", "REVOKED",
        "LAUNCH_FAILED", "RECONFIG_FAIL",
    ];

    private readonly Dictionary<(string JobId, int Task), SlurmTaskState> _states;

    /// <summary>Makes a queue of tasks.</summary>
    /// <param name="tasks">The number of the array, the index of the task in it and what it does.</param>
    public SlurmQueue(IEnumerable<(string JobId, int Task, SlurmTaskState State)> tasks)
    {
        ArgumentNullException.ThrowIfNull(tasks);
        _states = [];
        foreach ((string jobId, int task, SlurmTaskState state) in tasks)
        {
            _states[(jobId, task)] = state;
        }
    }

    /// <summary>A queue without a task.</summary>
    public static SlurmQueue Empty { get; } = new([]);

    /// <summary>What a task does; null where it is over, or never was.</summary>
    public SlurmTaskState? StateOf(string jobId, int task) =>
        _states.TryGetValue((jobId, task), out SlurmTaskState state) ? state : null;

    /// <summary>Reads lines of <c>squeue --noheader --format="%i %T"</c>: the number of a job, for a task of an array with its index
    /// as in <c>12_3</c>, for tasks that wait also with ranges as in <c>12_[4-9:2,11%5]</c>, and its state. Jobs that are no
    /// arrays are passed over.</summary>
    /// <exception cref="SlurmException">A line is of another form.</exception>
    public static SlurmQueue Parse(string output)
    {
        ArgumentNullException.ThrowIfNull(output);
        var tasks = new List<(string, int, SlurmTaskState)>();
        foreach (string line in output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            Match match = Line().Match(line);
            if (!match.Success)
            {
                throw NotUnderstood(line);
            }

            string state = match.Groups["state"].Value;
            if (match.Groups["tasks"].Success && !Over.Contains(state, StringComparer.Ordinal))
            {
                SlurmTaskState known = Waiting.Contains(state, StringComparer.Ordinal) ? SlurmTaskState.Pending : SlurmTaskState.Running;
                tasks.AddRange(Indices(match.Groups["tasks"].Value, line).Select(task => (match.Groups["job"].Value, task, known)));
            }
        }

        return new SlurmQueue(tasks);
    }

    private static IEnumerable<int> Indices(string ranges, string line)
    {
        foreach (string range in ranges.Split(','))
        {
            Match match = IndexRange().Match(range);
            int first = Number(match, "first", line);
            int last = match.Groups["last"].Success ? Number(match, "last", line) : first;
            int step = match.Groups["step"].Success ? Number(match, "step", line) : 1;
            if (step == 0 || last < first || last - first >= MostTasksALine)
            {
                throw NotUnderstood(line);
            }

            for (int index = first; index <= last; index += step)
            {
                yield return index;
            }
        }
    }

    private static int Number(Match match, string name, string line) =>
        int.TryParse(match.Groups[name].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number <= int.MaxValue / 2
            ? number
            : throw NotUnderstood(line);

    private static SlurmException NotUnderstood(string line) => new($"The answer of 'squeue' is not understood: '{line}'.");

    [GeneratedRegex(
        @"\A(?<job>[0-9]+)(\+[0-9]+)?(_((?<tasks>[0-9]+)|\[(?<tasks>[0-9,:-]+)(%[0-9]+)?\]))? (?<state>[A-Z_]+)\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Line();

    [GeneratedRegex(
        @"\A(?<first>[0-9]+)(-(?<last>[0-9]+)(:(?<step>[0-9]+))?)?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex IndexRange();
}
