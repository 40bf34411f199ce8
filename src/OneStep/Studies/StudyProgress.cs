using OneStep.Experiments;

namespace OneStep.Studies;

/// <summary>What happened in a study.</summary>
public enum StudyEvent
{
    /// <summary>Another cell was looked for in the store, or read from it.</summary>
    CellRead,

    /// <summary>The store has been looked through; cells are about to be computed.</summary>
    Planned,

    /// <summary>A file was set aside; the message names it.</summary>
    Warning,

    /// <summary>A cell was begun.</summary>
    CellStarted,

    /// <summary>A cell goes on.</summary>
    CellAdvanced,

    /// <summary>A cell was computed and kept.</summary>
    CellFinished,

    /// <summary>A cell need not be computed, because another process has done so meanwhile.</summary>
    CellFound,

    /// <summary>A cell could not be computed; the message says why.</summary>
    CellFailed,
}

/// <summary>How far a study is.</summary>
/// <param name="Event">What happened.</param>
public sealed record StudyProgress(StudyEvent Event)
{
    /// <summary>The cell that it happened to.</summary>
    public StudyCell? Cell { get; init; }

    /// <summary>How far the cell is.</summary>
    public ExperimentProgress? Stage { get; init; }

    /// <summary>A sentence: a warning, or why a cell failed.</summary>
    public string? Message { get; init; }

    /// <summary>Cells that this process is to see finished.</summary>
    public required int Total { get; init; }

    /// <summary>How many of them are in the store.</summary>
    public required int Finished { get; init; }

    /// <summary>Estimated work that has been done or has turned out to be unnecessary since the store was looked through;
    /// see <see cref="CellCost"/>.</summary>
    public required double WorkDone { get; init; }

    /// <summary>Estimated work that there was then.</summary>
    public required double WorkInAll { get; init; }

    /// <summary>How many cells the store was asked for, where that is what happens.</summary>
    public int Read { get; init; }

    /// <summary>Tells that cells are being read.</summary>
    /// <param name="read">How many the store was asked for.</param>
    /// <param name="total">How many it will be asked for.</param>
    internal static StudyProgress OfReading(int read, int total) =>
        new(StudyEvent.CellRead) { Read = read, Total = total, Finished = 0, WorkDone = 0, WorkInAll = 0 };
}

/// <summary>A cell that could not be computed.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="Message">Why, in one sentence.</param>
public sealed record CellFailure(StudyCell Cell, string Message);

/// <summary>What became of a study, or of one part of it.</summary>
/// <param name="Total">Cells in it.</param>
/// <param name="Finished">Cells that are in the store now.</param>
/// <param name="Computed">Cells that were computed by this run.</param>
/// <param name="Failures">Cells that could not be computed.</param>
/// <param name="Warnings">Files that were set aside.</param>
public sealed record StudyOutcome(
    int Total, int Finished, int Computed, IReadOnlyList<CellFailure> Failures, IReadOnlyList<string> Warnings);
