using OneStep.Numerics;

namespace OneStep.Attacks;

/// <summary>How the size of a perturbation is measured (docs/mathematics.md §14).</summary>
public enum NormKind
{
    /// <summary>‖δ‖₂, the Euclidean length.</summary>
    L2 = 0,

    /// <summary>‖δ‖_∞, the largest change of a coordinate.</summary>
    LInfinity = 1,

    /// <summary>‖δ‖₀, how many coordinates change.</summary>
    L0 = 2,
}

/// <summary>The norms as functions.</summary>
public static class NormKinds
{
    /// <summary>The size of a vector, in float64.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The norm is none of the three.</exception>
    public static double Of(this NormKind norm, ReadOnlySpan<float> vector) => norm switch
    {
        NormKind.L2 => Vectors.Norm(vector),
        NormKind.LInfinity => Vectors.LargestMagnitude(vector),
        NormKind.L0 => vector.Length - vector.Count(0f),
        _ => throw new ArgumentOutOfRangeException(nameof(norm), norm, "There is no such norm."),
    };

    /// <summary>The norm of a gradient that says how fast a linear function can fall per unit of <paramref name="norm"/>:
    /// the dual one; ℓ1 for ℓ∞.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The norm is ℓ0, which has no dual, or none of the three.</exception>
    public static double DualOf(this NormKind norm, ReadOnlySpan<float> gradient) => norm switch
    {
        NormKind.L2 => Vectors.Norm(gradient),
        NormKind.LInfinity => Vectors.SumOfMagnitudes(gradient),
        _ => throw new ArgumentOutOfRangeException(nameof(norm), norm, "This norm has no dual."),
    };
}
