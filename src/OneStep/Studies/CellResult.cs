using OneStep.Experiments;

namespace OneStep.Studies;

/// <summary>A finished cell, read back from the store.</summary>
/// <param name="Cell">Which cell of the study it is, and with which parameters.</param>
/// <param name="Result">Its numbers. The rows of its examples are read on demand, see <see cref="StudyResults.WithExamples"/>, and
/// rays are not kept: both are empty.</param>
/// <param name="Provenance">How it was computed; null where its file does not say.</param>
public sealed record CellResult(StudyCell Cell, ExperimentResult Result, CellProvenance? Provenance)
{
    /// <summary>What was run.</summary>
    public ExperimentParameters Parameters => Cell.Parameters;

    /// <summary>
    /// The part of the attacked inputs that no attack flips at the budget of the cell's own adversarial training; null
    /// where it was not trained so.
    /// </summary>
    public double? RobustAccuracy => Parameters.Adversarial.IsOn ? RobustAccuracyAt(Parameters.Adversarial.Budget) : null;

    /// <summary>The part of the attacked inputs that no attack flips with at most <paramref name="budget"/>; null where that
    /// budget was not measured.</summary>
    public double? RobustAccuracyAt(double budget)
    {
        if (Result.RobustAccuracy is not { } robust)
        {
            return null;
        }

        int position = robust.Budgets.ToList().IndexOf(budget);
        return position < 0 ? null : robust.Value[position];
    }
}
