namespace OneStep.Claims;

/// <summary>A multiple of a network of a lazy ball, and what is proved from W0 alone for the cone over that ball (docs/mathematics.md §8).</summary>
public sealed record ScaledNetwork
{
    /// <summary>d.</summary>
    public required int Dimension { get; init; }

    /// <summary>m.</summary>
    public required int Width { get; init; }

    /// <summary>The seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>By what all weights were multiplied.</summary>
    public required double Scale { get; init; }

    /// <summary>C0 of the smallest cone that holds the network itself.</summary>
    public required double NetworkC0 { get; init; }

    /// <summary>C0 of the smallest cone that holds its multiple.</summary>
    public required double C0 { get; init; }

    /// <summary>Whether the multiple lies in the cone over the ball: else nothing is proved of it.</summary>
    public required bool IsInCone { get; init; }

    /// <summary>How many perturbations are proved to flip every network of the cone.</summary>
    public required int Found { get; init; }

    /// <summary>How many of those flip the multiple, evaluated in float64.</summary>
    public required int Flipped { get; init; }

    /// <summary>By how much the two cones differ, as a part of the first.</summary>
    public double RelativeDifference => Math.Abs(C0 - NetworkC0) / NetworkC0;
}
