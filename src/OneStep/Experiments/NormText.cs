using OneStep.Attacks;

namespace OneStep.Experiments;

/// <summary>Norms as people read them.</summary>
public static class NormText
{
    /// <summary>The norm of δ: ‖δ‖₂, ‖δ‖∞, ‖δ‖₀.</summary>
    public static string Symbol(NormKind norm) => norm switch
    {
        NormKind.LInfinity => "‖δ‖∞",
        NormKind.L0 => "‖δ‖₀",
        _ => "‖δ‖₂",
    };

    /// <summary>The norm itself: ℓ2, ℓ∞, ℓ0.</summary>
    public static string Name(NormKind norm) => norm switch
    {
        NormKind.LInfinity => "ℓ∞",
        NormKind.L0 => "ℓ0",
        _ => "ℓ2",
    };
}
