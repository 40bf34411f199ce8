using System.Globalization;
using OneStep.Attacks;
using OneStep.Experiments;

namespace OneStep.Studies;

/// <summary>What a store holds of a study, as numbers: what figures, claims and reports read.</summary>
public sealed class StudyResults
{
    private readonly CellStore _store;

    private StudyResults(StudyPlan plan, CellStore store, IReadOnlyList<CellResult> cells, IReadOnlyList<StudyCell> missing, IReadOnlyList<CellFailure> failures, IReadOnlyList<string> damaged)
    {
        _store = store;
        Plan = plan;
        Cells = cells;
        Missing = missing;
        Failures = failures;
        Damaged = damaged;
        Groups = [.. cells.GroupBy(cell => GroupOf(plan, cell.Cell)).OrderBy(group => group.Key).Select(group => new CellGroup([.. group]))];
    }

    /// <summary>The study.</summary>
    public StudyPlan Plan { get; }

    /// <summary>The finished cells, in the order of the study.</summary>
    public IReadOnlyList<CellResult> Cells { get; }

    /// <summary>The cells that are missing or damaged, in the order of the study.</summary>
    public IReadOnlyList<StudyCell> Missing { get; }

    /// <summary>Those of the missing that could not be computed when they were tried last, with the reason.</summary>
    public IReadOnlyList<CellFailure> Failures { get; }

    /// <summary>A sentence for each of the missing whose file is there but damaged.</summary>
    public IReadOnlyList<string> Damaged { get; }

    /// <summary>The finished cells, those together that differ only in the seed; in the order of the study.</summary>
    public IReadOnlyList<CellGroup> Groups { get; }

    /// <summary>Reads the finished cells.</summary>
    /// <param name="plan">The study.</param>
    /// <param name="store">Where its cells are.</param>
    /// <param name="cancellation">Ends the work early with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="OneStepException">A file is there but cannot be read.</exception>
    public static StudyResults Read(StudyPlan plan, CellStore store, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(store);
        List<CellResult> finished = [];
        List<StudyCell> missing = [];
        List<CellFailure> failures = [];
        List<string> damaged = [];
        foreach (StudyCell cell in plan.Cells)
        {
            cancellation.ThrowIfCancellationRequested();
            if (store.Find(cell.Key, out string? damage) is { } stored)
            {
                finished.Add(new(cell, stored));
            }
            else
            {
                missing.Add(cell);
                if (store.FindFailure(cell.Key) is { } why)
                {
                    failures.Add(new(cell, why));
                }
            }

            if (damage is not null)
            {
                damaged.Add(damage + ".");
            }
        }

        return new(plan, store, finished, missing, failures, damaged);
    }

    /// <summary>A cell's numbers together with the rows of its examples, which are read now.</summary>
    /// <param name="cell">One of <see cref="Cells"/>.</param>
    /// <exception cref="OneStepException">The cell's files have vanished or been changed meanwhile.</exception>
    public ExperimentResult WithExamples(CellResult cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        return cell.Result with { Rows = Examples(cell) };
    }

    /// <summary>The rows of the examples that a cell attacked, which are read now.</summary>
    /// <param name="cell">One of <see cref="Cells"/>, an attack on a trained network.</param>
    /// <exception cref="OneStepException">The cell's files have vanished or been changed meanwhile.</exception>
    public IReadOnlyList<AttackedExample> Examples(CellResult cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        return ExampleRows.Parse(_store.Get(cell.Cell).Rows);
    }

    /// <summary>The rows of a cell of any kind, which are read now.</summary>
    /// <param name="cell">One of <see cref="Cells"/>.</param>
    /// <exception cref="OneStepException">The cell's files have vanished or been changed meanwhile.</exception>
    public CellRows Rows(CellResult cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        return CellRows.Parse(_store.Get(cell.Cell).Rows);
    }

    /// <summary>What a cell has of one of the plan's columns, as a number; null where that is a word.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="column">One of <see cref="StudyPlan.Columns"/>.</param>
    public double? Number(StudyCell cell, string column) =>
        double.TryParse(Text(cell, column), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : null;

    /// <summary>What a cell has of one of the plan's columns.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="column">One of <see cref="StudyPlan.Columns"/>.</param>
    public string Text(StudyCell cell, string column)
    {
        ArgumentNullException.ThrowIfNull(cell);
        return cell.Values[Plan.Columns.ToList().IndexOf(column)];
    }

    // The seed is innermost, so that the cells of a group follow one another.
    private static int GroupOf(StudyPlan plan, StudyCell cell) => cell.Index / plan.Definition.Seeds.Count;
}
