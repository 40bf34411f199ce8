using OneStep.Experiments.Certification;

namespace OneStep.Claims;

/// <summary>A network of which it is known, for some images, what flips it and what provably does not.</summary>
public sealed record NetworkBracket
{
    /// <summary>Which network.</summary>
    public required BracketedNetwork Network { get; init; }

    /// <summary>d.</summary>
    public required int Dimension { get; init; }

    /// <summary>m.</summary>
    public required int Width { get; init; }

    /// <summary>The seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>How many images were looked at.</summary>
    public required int Images { get; init; }

    /// <summary>The part of them that one step flips: only of these there are ratios.</summary>
    public required double FlippedShare { get; init; }

    /// <summary>The median of the proved radius over ‖δ‖ of the shortest perturbation found; null where nothing was found.</summary>
    public required double? ProvedOverBest { get; init; }

    /// <summary>The median of the proved radius over ‖δ‖ of the single step; null where no step flips.</summary>
    public required double? ProvedOverOneStep { get; init; }
}
