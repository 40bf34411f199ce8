namespace OneStep.Attacks;

/// <summary>How the size of a perturbation δ is measured.</summary>
public enum NormKind
{
    /// <summary>‖δ‖₂, the Euclidean norm.</summary>
    L2,

    /// <summary>‖δ‖∞, the largest change of a coordinate.</summary>
    LInfinity,

    /// <summary>‖δ‖₀, the number of coordinates that change.</summary>
    L0,
}
