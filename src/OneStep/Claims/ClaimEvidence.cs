namespace OneStep.Claims;

/// <summary>Everything that was measured; what is missing leaves claims without a verdict.</summary>
public sealed record ClaimEvidence
{
    /// <summary>Networks trained by plain SGD in the lazy ball, over dimensions, widths and radii; the
    /// same network may be there twice.</summary>
    public IReadOnlyList<AttackedNetwork> Attacked { get; init; } = [];

    /// <summary>Networks trained without a ball, over widths.</summary>
    public IReadOnlyList<FreeNetwork> Free { get; init; } = [];

    /// <summary>Adversarially trained networks, one for each budget, over dimensions and radii C0/√m: the sharp drop.</summary>
    public IReadOnlyList<AdversarialNetwork> BudgetSweep { get; init; } = [];

    /// <summary>Adversarially trained networks over widths and radii V: the phase transition.</summary>
    public IReadOnlyList<AdversarialNetwork> PhaseGrid { get; init; } = [];
}
