using System.Text.RegularExpressions;

namespace OneStep.Studies.Slurm;

/// <summary>What a task of an array asks of the cluster.</summary>
public sealed partial record SlurmOptions
{
    /// <summary>The least memory of a task, in gigabytes of 2³⁰ bytes.</summary>
    public const double LeastMemory = 0.1;

    /// <summary>The most memory of a task, in gigabytes of 2³⁰ bytes.</summary>
    public const double MostMemory = 65_536;

    /// <summary>The most CPUs of a task.</summary>
    public const int MostCpus = 4096;

    /// <summary>The most tasks at once that can be asked for.</summary>
    public const int MostParallelism = 1_000_000;

    /// <summary>The partition to run in, or several with commas between them; null for the cluster's default.</summary>
    public string? Partition { get; init; }

    /// <summary>The time after which Slurm ends a task, 1 minute to 365 days. Default 1 hour.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The memory of a task in gigabytes, as Slurm counts them: 2³⁰ bytes. From 0.1 to 65536; default 4.</summary>
    public double Memory { get; init; } = 4;

    /// <summary>CPUs of a task, hence threads of its cells, 1 to 4096. Default 2.</summary>
    public int CpusPerTask { get; init; } = 2;

    /// <summary>How many tasks of an array may run at once, 1 to 1000000; null where the cluster alone decides.</summary>
    public int? ArrayParallelism { get; init; }

    /// <summary>The memory of a task in Slurm's megabytes of 2²⁰ bytes, rounded up.</summary>
    internal long MemoryMegabytes => (long)Math.Ceiling(Memory * 1024);

    /// <summary>Checks every range.</summary>
    /// <exception cref="InvalidParameterException">A value is out of its range; the message names it.</exception>
    public void Validate()
    {
        InvalidParameterException.Require(
            Partition is null || PartitionNames().IsMatch(Partition), "partition", $"'{Partition}'", "names of letters, digits and _ . - with commas between them");
        InvalidParameterException.Require(SlurmTime.IsInRange(Time), "time", Time, SlurmTime.Range);
        InvalidParameterException.Require(Memory is >= LeastMemory and <= MostMemory, "memory", Memory, "a number of gigabytes from 0.1 to 65536");
        InvalidParameterException.Require(CpusPerTask is >= 1 and <= MostCpus, "cpus-per-task", CpusPerTask, "an integer from 1 to 4096");
        InvalidParameterException.Require(
            ArrayParallelism is null or (>= 1 and <= MostParallelism), "array-parallelism", ArrayParallelism, "an integer from 1 to 1000000");
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_.-]+(,[A-Za-z0-9_.-]+)*\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PartitionNames();
}
