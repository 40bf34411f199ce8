namespace OneStep.Studies;

/// <summary>
/// The finished cells of a study as one table, a row a cell, or a row an attacked example or network, in the order of the study. It
/// holds what was asked for and what was measured, and neither times nor machines: however the cells were computed, the
/// table is the same byte for byte.
/// </summary>
/// <param name="plan">The study.</param>
/// <param name="store">Where its cells are.</param>
public sealed class StudyTable(StudyPlan plan, CellStore store)
{
    /// <summary>The column of the cells' keys.</summary>
    public const string KeyColumn = "key";

    private const string MeasuredPrefix = "measured.";

    /// <summary>Looks which cells there are.</summary>
    /// <param name="progress">Told of every cell that was looked for.</param>
    /// <param name="cancellation">Ends the work early with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="OneStepException">A file cannot be read.</exception>
    public StudyInventory Take(IProgress<StudyProgress>? progress = null, CancellationToken cancellation = default)
    {
        List<StudyCell> finished = [];
        List<StudyCell> missing = [];
        List<CellFailure> failed = [];
        List<string> damaged = [];
        foreach (StudyCell cell in plan.Cells)
        {
            cancellation.ThrowIfCancellationRequested();
            bool isFinished = store.Contains(cell.Key, out string? damage);
            (isFinished ? finished : missing).Add(cell);
            if (damage is not null)
            {
                damaged.Add(damage + ".");
            }

            if (!isFinished && store.FindFailure(cell.Key) is { } why)
            {
                failed.Add(new(cell, why));
            }

            progress?.Report(StudyProgress.OfReading(finished.Count + missing.Count, plan.Cells.Count));
        }

        return new(finished, missing, failed, damaged);
    }

    /// <summary>A row a cell: what it was, its key, and every number that was measured.</summary>
    /// <param name="cells">The cells, which the store holds.</param>
    /// <param name="progress">Told of every cell that was read.</param>
    /// <param name="cancellation">Ends the work early with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>The names of the columns, then the rows; an empty field where there is no number.</returns>
    /// <exception cref="OneStepException">A file cannot be read.</exception>
    public IEnumerable<IReadOnlyList<string>> Cells(
        IReadOnlyList<StudyCell> cells, IProgress<StudyProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(cells);

        // Not every cell need have every number, so the columns are known when all cells are. Until then a row ends with the
        // last column that was known when it was read.
        OrderedDictionary<string, int> columns = [];
        List<(StudyCell Cell, string[] Values)> rows = [];
        foreach ((StudyCell cell, StoredCell stored) in Read(cells, progress, cancellation))
        {
            (string Column, string Value)[] values = [.. ResultColumns.Of(stored.Result)];
            Array.ForEach(values, value => columns.TryAdd(value.Column, columns.Count));
            string[] row = [.. Enumerable.Repeat(string.Empty, columns.Count)];
            Array.ForEach(values, value => row[columns[value.Column]] = value.Value);
            rows.Add((cell, row));
        }

        IEnumerable<IReadOnlyList<string>> lines = rows.Select(row =>
            (string[])[.. row.Cell.Values, row.Cell.Key, .. row.Values, .. Enumerable.Repeat(string.Empty, columns.Count - row.Values.Length)]);
        return lines.Prepend([.. plan.Columns, KeyColumn, .. columns.Keys.Select(Measured)]);
    }

    /// <summary>A row an attacked example, or a network, or what else the experiment counts: what its cell was, and what was
    /// measured of it.</summary>
    /// <param name="cells">The cells, which the store holds; each is read when its rows are asked for.</param>
    /// <param name="progress">Told of every cell that was read.</param>
    /// <param name="cancellation">Ends the work early with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>The names of the columns, then the rows; an empty field where there is no number.</returns>
    /// <exception cref="OneStepException">A file cannot be read.</exception>
    public IEnumerable<IReadOnlyList<string>> Examples(
        IReadOnlyList<StudyCell> cells, IProgress<StudyProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(cells);
        IReadOnlyList<string> columns = plan.Definition.Kind.RowColumns
            ?? [.. Read(cells, progress: null, cancellation).SelectMany(read => CellRows.Parse(read.Stored.Rows).Columns).Distinct()];
        IEnumerable<IReadOnlyList<string>> lines = Read(cells, progress, cancellation).SelectMany(read =>
        {
            CellRows rows = CellRows.Parse(read.Stored.Rows);
            List<string> own = [.. rows.Columns];
            int[] places = [.. columns.Select(column => own.IndexOf(column))];
            return rows.Rows.Select(row => (string[])[.. read.Cell.Values, read.Cell.Key, .. places.Select(place => place < 0 ? string.Empty : row[place])]);
        });
        return lines.Prepend([.. plan.Columns, KeyColumn, .. columns.Select(Measured)]);
    }

    private IEnumerable<(StudyCell Cell, StoredCell Stored)> Read(
        IReadOnlyList<StudyCell> cells, IProgress<StudyProgress>? progress, CancellationToken cancellation)
    {
        for (int i = 0; i < cells.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            yield return (cells[i], store.Get(cells[i]));
            progress?.Report(StudyProgress.OfReading(i + 1, cells.Count));
        }
    }

    /// <summary>Both the radius that was asked for and the distance that was measured may be called <c>deviation</c>; a table
    /// has each name once.</summary>
    private string Measured(string column) => plan.Columns.Contains(column) ? MeasuredPrefix + column : column;
}

/// <summary>Which cells of a study a store holds.</summary>
/// <param name="Finished">Those that are there and undamaged.</param>
/// <param name="Missing">The others.</param>
/// <param name="Failed">Those of the missing that could not be computed when that was tried last.</param>
/// <param name="Damaged">A sentence for each of the missing whose file is there but damaged.</param>
public sealed record StudyInventory(
    IReadOnlyList<StudyCell> Finished, IReadOnlyList<StudyCell> Missing, IReadOnlyList<CellFailure> Failed, IReadOnlyList<string> Damaged);
