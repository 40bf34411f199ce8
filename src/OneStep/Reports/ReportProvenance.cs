namespace OneStep.Reports;

/// <summary>
/// Where a report comes from, as the caller knows it: the library reads no environment. Nothing here enters a figure.
/// </summary>
public sealed record ReportProvenance
{
    /// <summary>The program's version, for example <c>0.1.0</c>.</summary>
    public required string Version { get; init; }

    /// <summary>The command line that makes the same numbers again; null where there is none.</summary>
    public string? Command { get; init; }

    /// <summary>The vector instructions that were used, for example <c>AVX-512</c>; null where unknown.</summary>
    public string? InstructionSet { get; init; }

    /// <summary>How many threads were used; null where unknown.</summary>
    public int? Threads { get; init; }

    /// <summary>The operating system; null where unknown.</summary>
    public string? OperatingSystem { get; init; }

    /// <summary>The processor; null where unknown.</summary>
    public string? Processor { get; init; }
}
