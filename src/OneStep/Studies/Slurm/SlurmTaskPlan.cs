namespace OneStep.Studies.Slurm;

/// <summary>
/// Packs the cells of a study into tasks and the tasks into arrays. A scheduler takes seconds to start a task, so short
/// cells share one; a task that is estimated to take a quarter of its time limit still ends in time where the estimate was
/// four times too low. The plan depends on the cells and the options alone.
/// </summary>
public sealed class SlurmTaskPlan
{
    /// <summary>The part of the time limit that a task of several cells may be estimated to take.</summary>
    public const double TargetOfLimit = 0.25;

    /// <summary>Tasks are not made shorter than this, in seconds, to have more of them at once.</summary>
    public const double WorthATask = 60;

    /// <summary>MaxArraySize of a cluster that does not set it, for plans that are only shown where there is no cluster.</summary>
    public const int DefaultMaxArraySize = 1001;

    private SlurmTaskPlan(IReadOnlyList<IReadOnlyList<SlurmTask>> arrays) => Arrays = arrays;

    /// <summary>The arrays, each with at least one task; the task at index i has the array index i. Longer tasks come first,
    /// so that no long one begins when all others have ended.</summary>
    public IReadOnlyList<IReadOnlyList<SlurmTask>> Arrays { get; }

    /// <summary>Packs cells.</summary>
    /// <param name="cells">The cells to compute, each of another key.</param>
    /// <param name="options">What a task asks of the cluster.</param>
    /// <param name="maxArraySize">Slurm's MaxArraySize: array indices are below it. An array gets at most one task less.</param>
    /// <exception cref="InvalidParameterException">An option is out of its range, or a cell is estimated to take longer than
    /// the time limit.</exception>
    /// <exception cref="OneStepException">The cluster does not allow arrays.</exception>
    public static SlurmTaskPlan Of(IReadOnlyList<SlurmCell> cells, SlurmOptions options, int maxArraySize)
    {
        ArgumentNullException.ThrowIfNull(cells);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        if (maxArraySize < 2)
        {
            throw new OneStepException($"This cluster does not allow job arrays: its MaxArraySize is {maxArraySize}.");
        }

        RequireTimeForTheLongest(cells, options);
        return new SlurmTaskPlan(Split(Pack(cells, options), maxArraySize - 1));
    }

    private static void RequireTimeForTheLongest(IReadOnlyList<SlurmCell> cells, SlurmOptions options)
    {
        SlurmCell? longest = cells.MaxBy(cell => cell.EstimatedSeconds);
        if (longest is not null && longest.EstimatedSeconds > options.Time.TotalSeconds)
        {
            throw new InvalidParameterException(
                "time",
                SlurmTime.Format(options.Time),
                $"at least {SlurmTime.Format(TimeSpan.FromSeconds(Math.Min(longest.EstimatedSeconds, SlurmTime.Longest.TotalSeconds)))}, "
                + $"the estimate for the cell '{longest.Label}'");
        }
    }

    private static SlurmTask[] Pack(IReadOnlyList<SlurmCell> cells, SlurmOptions options)
    {
        if (cells.Count == 0)
        {
            return [];
        }

        double target = TargetOfLimit * options.Time.TotalSeconds;
        double total = cells.Sum(cell => cell.EstimatedSeconds);
        double worthwhile = Math.Min(options.ArrayParallelism ?? 1, Math.Floor(total / WorthATask));
        int[] longestFirst = [.. Enumerable.Range(0, cells.Count).OrderByDescending(i => cells[i].EstimatedSeconds)];
        int tasks = AtMost(cells.Count, Math.Max(Math.Ceiling(total / target), Math.Max(worthwhile, 1)));
        while (true)
        {
            SlurmTask[] packed = Balance(cells, longestFirst, tasks);
            double heaviest = packed.Where(task => task.Keys.Count > 1).Select(task => task.EstimatedSeconds).DefaultIfEmpty().Max();
            if (heaviest <= target)
            {
                return packed;
            }

            // With as many tasks as cells no task has several, so this ends.
            tasks = AtMost(cells.Count, Math.Max(tasks + 1, Math.Ceiling(tasks * heaviest / target)));
        }
    }

    private static int AtMost(int most, double count) => (int)Math.Min(most, count);

    /// <summary>The longest cell first, each to the task that has least to do: within 4/3 of the best possible balance [Graham
    /// 1969]. Every task gets a cell, since estimates are positive and there are at most as many tasks as cells.</summary>
    private static SlurmTask[] Balance(IReadOnlyList<SlurmCell> cells, int[] longestFirst, int tasks)
    {
        var members = new List<int>[tasks];
        double[] seconds = new double[tasks];
        var leastFirst = new PriorityQueue<int, (double Seconds, int Task)>();
        for (int task = 0; task < tasks; task++)
        {
            members[task] = [];
            leastFirst.Enqueue(task, (0, task));
        }

        foreach (int cell in longestFirst)
        {
            int task = leastFirst.Dequeue();
            members[task].Add(cell);
            seconds[task] += cells[cell].EstimatedSeconds;
            leastFirst.Enqueue(task, (seconds[task], task));
        }

        return
        [
            .. Enumerable.Range(0, tasks)
                .OrderByDescending(task => seconds[task])
                .Select(task => new SlurmTask([.. members[task].Order().Select(cell => cells[cell].Key)], seconds[task])),
        ];
    }

    /// <summary>Cuts the tasks into as few arrays as can be, of the same size or one less.</summary>
    private static SlurmTask[][] Split(SlurmTask[] tasks, int most)
    {
        int arrays = (tasks.Length + most - 1) / most;
        int[] starts = [.. Enumerable.Range(0, arrays + 1).Select(i => (int)((long)i * tasks.Length / Math.Max(arrays, 1)))];
        return [.. Enumerable.Range(0, arrays).Select(i => tasks[starts[i]..starts[i + 1]])];
    }
}
