using System.Text;

namespace OneStep.Studies;

/// <summary>
/// The finished cells of a study as one table, a row a cell, or a row an attacked example, in the order of the study. It
/// holds what was asked for and what was measured, and neither times nor machines: however the cells were computed, the
/// table is the same byte for byte.
/// </summary>
/// <param name="plan">The study.</param>
/// <param name="store">Where its cells are.</param>
public sealed class StudyTable(StudyPlan plan, CellStore store)
{
    /// <summary>The column of the cells' keys.</summary>
    public const string KeyColumn = "key";

    /// <summary>Looks which cells there are.</summary>
    /// <param name="cancellation">Ends the work early with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="OneStepException">A file cannot be read.</exception>
    public StudyInventory Take(CancellationToken cancellation = default)
    {
        List<StudyCell> finished = [];
        List<StudyCell> missing = [];
        List<string> damaged = [];
        foreach (StudyCell cell in plan.Cells)
        {
            cancellation.ThrowIfCancellationRequested();
            (store.Contains(cell.Key, out string? damage) ? finished : missing).Add(cell);
            if (damage is not null)
            {
                damaged.Add(damage + ".");
            }
        }

        return new(finished, missing, damaged);
    }

    /// <summary>A row a cell: what it was, its key, and every number that was measured.</summary>
    /// <param name="cells">The cells, which the store holds.</param>
    /// <param name="cancellation">Ends the work early with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>The names of the columns, then the rows; an empty field where there is no number.</returns>
    /// <exception cref="OneStepException">A file cannot be read.</exception>
    public IEnumerable<IReadOnlyList<string>> Cells(IReadOnlyList<StudyCell> cells, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(cells);

        // Not every cell need have every number, so the columns are known when all cells are.
        List<string> columns = [];
        HashSet<string> known = [];
        List<Dictionary<string, string>> rows = [];
        foreach (StudyCell cell in cells)
        {
            cancellation.ThrowIfCancellationRequested();
            Dictionary<string, string> row = [];
            foreach ((string name, string value) in ResultColumns.Of(store.Get(cell).Result))
            {
                row[name] = value;
                if (known.Add(name))
                {
                    columns.Add(name);
                }
            }

            rows.Add(row);
        }

        IEnumerable<IReadOnlyList<string>> lines = cells.Zip(
            rows, (cell, row) => (string[])[.. cell.Values, cell.Key, .. columns.Select(c => row.GetValueOrDefault(c, string.Empty))]);
        return lines.Prepend([.. plan.Columns, KeyColumn, .. columns]);
    }

    /// <summary>A row an attacked example: what its cell was, and what was measured of it.</summary>
    /// <param name="cells">The cells, which the store holds; each is read when its rows are asked for.</param>
    /// <param name="cancellation">Ends the work early with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>The names of the columns, then the rows; an empty field where there is no number.</returns>
    /// <exception cref="OneStepException">A file cannot be read.</exception>
    public IEnumerable<IReadOnlyList<string>> Examples(IReadOnlyList<StudyCell> cells, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(cells);
        IEnumerable<IReadOnlyList<string>> lines = cells.SelectMany(cell =>
        {
            cancellation.ThrowIfCancellationRequested();

            // The store's rows are numbers and plain words, so a comma separates two of them.
            string[] rows = Encoding.UTF8.GetString(store.Get(cell).Examples).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            return rows.Skip(1).Select(row => (string[])[.. cell.Values, cell.Key, .. row.Split(',')]);
        });
        return lines.Prepend([.. plan.Columns, KeyColumn, .. ExampleRows.Columns]);
    }
}

/// <summary>Which cells of a study a store holds.</summary>
/// <param name="Finished">Those that are there and undamaged.</param>
/// <param name="Missing">The others.</param>
/// <param name="Damaged">A sentence for each of the missing whose file is there but damaged.</param>
public sealed record StudyInventory(IReadOnlyList<StudyCell> Finished, IReadOnlyList<StudyCell> Missing, IReadOnlyList<string> Damaged);
