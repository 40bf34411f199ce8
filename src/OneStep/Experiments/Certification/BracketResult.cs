namespace OneStep.Experiments.Certification;

/// <summary>
/// What the smallest perturbations that flip a network lie between (docs/mathematics.md §7): those that were found, by one step and by the
/// best attack, and the sizes below which it is proved that there is none.
/// </summary>
public sealed record BracketResult : CertifiedNetworkResult
{
    /// <summary>What was bracketed.</summary>
    public required BracketOptions Options { get; init; }
}
