using OneStep.Experiments;

namespace OneStep.Studies;

/// <summary>One combination of a study's axes and seeds: one experiment.</summary>
/// <param name="Index">Its place in the study, from 0; the first axis is outermost, the seed innermost.</param>
/// <param name="Key">Its name in the store; see <see cref="CellKey"/>.</param>
/// <param name="Label">What tells it from the study's other cells, for people: <c>side=14 c0=5 seed=0</c>.</param>
/// <param name="Experiment">What to run.</param>
/// <param name="Values">Its values of <see cref="StudyPlan.Columns"/>, in that order.</param>
public sealed record StudyCell(int Index, string Key, string Label, CellExperiment Experiment, IReadOnlyList<string> Values)
{
    /// <summary>What to run, where it is the attack on a trained network.</summary>
    /// <exception cref="InvalidOperationException">It is an experiment of another kind.</exception>
    public ExperimentParameters Parameters => Experiment.AttackParameters;
}
