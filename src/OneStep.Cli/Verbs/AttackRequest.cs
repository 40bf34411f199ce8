namespace OneStep.Cli.Verbs;

/// <summary>What a command line asks of the verb <c>attack</c> apart from the experiment's parameters.</summary>
internal sealed record AttackRequest
{
    /// <summary>A folder of IDX files; null for the MNIST that comes with the program.</summary>
    public string? DataFolder { get; init; }

    /// <summary>The network to attack instead of a new one.</summary>
    public string? LoadPath { get; init; }

    /// <summary>Where the network and its perturbations go.</summary>
    public string? SavePath { get; init; }

    /// <summary>Where the report goes.</summary>
    public string? ReportPath { get; init; }

    /// <summary>Whether the results are one JSON document instead of text.</summary>
    public bool Json { get; init; }

    /// <summary>Whether progress is shown.</summary>
    public bool ShowProgress { get; init; } = true;

    /// <summary>How many threads may be used.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>The command line, for the report.</summary>
    public required string Command { get; init; }
}
