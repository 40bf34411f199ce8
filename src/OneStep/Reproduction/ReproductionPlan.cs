using OneStep.Experiments;
using OneStep.Studies;

namespace OneStep.Reproduction;

/// <summary>A study of a profile, and its cells.</summary>
/// <param name="Study">What it is there for, and what was changed of the study that comes with the program.</param>
/// <param name="Plan">Its cells.</param>
public sealed record PlannedStudy(ProfileStudy Study, StudyPlan Plan);

/// <summary>Everything that a reproduction asks for: the cells of its studies, and the network that is shown.</summary>
public sealed class ReproductionPlan
{
    private ReproductionPlan(ReproductionProfile profile, ulong seed, IReadOnlyList<PlannedStudy> studies)
    {
        Profile = profile;
        Seed = seed;
        Studies = studies;
        Cells = [.. studies.SelectMany(study => study.Plan.Cells).DistinctBy(cell => cell.Key)];
        Representative = profile.Representative with { Seed = unchecked(profile.Representative.Seed + seed) };
    }

    /// <summary>The profile.</summary>
    public ReproductionProfile Profile { get; }

    /// <summary>By how much every seed of every study is shifted.</summary>
    public ulong Seed { get; }

    /// <summary>The studies, in the order in which they are run.</summary>
    public IReadOnlyList<PlannedStudy> Studies { get; }

    /// <summary>The cells of all studies; one that two of them share stands there once.</summary>
    public IReadOnlyList<StudyCell> Cells { get; }

    /// <summary>The network whose ray and images are shown.</summary>
    public ExperimentParameters Representative { get; }

    /// <summary>Names the data; see <see cref="StudyPlan.DatasetFingerprint"/>.</summary>
    public string DatasetFingerprint => Studies[0].Plan.DatasetFingerprint;

    /// <summary>Makes the plan.</summary>
    /// <param name="profile">What is measured.</param>
    /// <param name="find">Gives a study that comes with the program by its name.</param>
    /// <param name="datasetFingerprint">Names the data.</param>
    /// <param name="seed">Is added to every seed, modulo 2^64: other networks, the same experiment.</param>
    /// <exception cref="StudyFormatException">A study does not allow the profile's change.</exception>
    public static ReproductionPlan Of(ReproductionProfile profile, Func<string, StudyDefinition> find, string datasetFingerprint, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(find);
        return new(profile, seed, [.. profile.Studies.Select(study =>
        {
            StudyDefinition definition = study.Changes.Aggregate(
                find(study.Study), (changed, change) => StudyChange.Apply(changed, change, $"profile {profile.Name}"));
            return new PlannedStudy(study, StudyPlan.Of(definition with { Seeds = [.. definition.Seeds.Select(own => unchecked(own + seed))] }, datasetFingerprint));
        })]);
    }

    /// <summary>The study of a role; null where the profile has none.</summary>
    public PlannedStudy? StudyOf(StudyRole role) => Studies.FirstOrDefault(study => study.Study.Role == role);
}
