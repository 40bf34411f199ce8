using OneStep.Claims;
using OneStep.Experiments;
using OneStep.Studies;

namespace OneStep.Reproduction;

/// <summary>A study of a profile, and what was measured.</summary>
/// <param name="Study">What it is there for.</param>
/// <param name="Results">Its finished cells.</param>
public sealed record ReproducedStudy(ProfileStudy Study, StudyResults Results);

/// <summary>What a reproduction measured and what follows of it. Whoever has it disposes of it: it holds a network.</summary>
public sealed record ReproductionResult : IDisposable
{
    /// <summary>What was asked for.</summary>
    public required ReproductionPlan Plan { get; init; }

    /// <summary>The studies, in the order of the plan.</summary>
    public required IReadOnlyList<ReproducedStudy> Studies { get; init; }

    /// <summary>What the claims of the poster were judged by.</summary>
    public required ClaimEvidence Evidence { get; init; }

    /// <summary>What the claims of the systems that it builds on were judged by.</summary>
    public required EarlierEvidence EarlierEvidence { get; init; }

    /// <summary>What the claims about certificates were judged by.</summary>
    public required CertifiedEvidence CertifiedEvidence { get; init; }

    /// <summary>The claims, judged: those of the poster, those of the systems that it builds on, our own.</summary>
    public required IReadOnlyList<Claim> Claims { get; init; }

    /// <summary>The network that is shown, attacked.</summary>
    public required ExperimentRun Representative { get; init; }

    /// <summary>Cells that could not be computed, each once.</summary>
    public required IReadOnlyList<CellFailure> Failures { get; init; }

    /// <summary>Files of the store that were set aside.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>The claim of a name, one of <see cref="ClaimIds"/>.</summary>
    public Claim ClaimOf(string id) => Claims.Single(claim => claim.Id == id);

    /// <summary>The study of a role; null where the profile has none.</summary>
    public ReproducedStudy? StudyOf(StudyRole role) => Studies.FirstOrDefault(study => study.Study.Role == role);

    /// <inheritdoc/>
    public void Dispose() => Representative.Model.Dispose();
}
