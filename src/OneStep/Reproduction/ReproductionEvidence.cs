using OneStep.Claims;
using OneStep.Studies;

namespace OneStep.Reproduction;

/// <summary>Turns the finished cells of a profile's studies into what the claims are judged by.</summary>
internal static class ReproductionEvidence
{
    /// <summary>Reads the cells. The size of every flip is needed, so that the rows of the attacked images are read, too, one cell
    /// after the other.</summary>
    /// <param name="studies">The studies.</param>
    /// <param name="cancellation">Ends the work early with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="OneStepException">A cell's files have vanished or been changed meanwhile.</exception>
    public static ClaimEvidence Of(IReadOnlyList<ReproducedStudy> studies, CancellationToken cancellation = default)
    {
        IEnumerable<(StudyResults Results, CellResult Cell)> Cells(params StudyRole[] roles) =>
            from study in studies
            where roles.Contains(study.Study.Role)
            from cell in study.Results.Cells
            select (study.Results, cell);

        return new()
        {
            // Of two studies that share a cell only one reads its rows.
            Attacked =
            [
                .. Cells(StudyRole.Widths, StudyRole.Radii).DistinctBy(pair => pair.Cell.Cell.Key).Select(pair =>
                {
                    cancellation.ThrowIfCancellationRequested();
                    return AttackedNetwork.From(pair.Results.WithExamples(pair.Cell));
                }),
            ],
            Free = [.. Cells(StudyRole.Deviation).Select(pair => FreeNetwork.From(pair.Cell.Result))],
            BudgetSweep = [.. Cells(StudyRole.Budgets).Select(pair => AdversarialNetwork.From(pair.Cell.Result))],
            PhaseGrid = [.. Cells(StudyRole.Phase).Select(pair => AdversarialNetwork.From(pair.Cell.Result))],
        };
    }
}
