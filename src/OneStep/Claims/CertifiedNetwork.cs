namespace OneStep.Claims;

/// <summary>A network of a lazy ball, and the perturbations that are proved from W0 alone to flip every network of that ball.</summary>
public sealed record CertifiedNetwork
{
    /// <summary>d.</summary>
    public required int Dimension { get; init; }

    /// <summary>m.</summary>
    public required int Width { get; init; }

    /// <summary>C0 of the ball.</summary>
    public required double C0 { get; init; }

    /// <summary>The seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>For how many images a perturbation was looked for, all of them classified correctly.</summary>
    public required int Images { get; init; }

    /// <summary>For how many one was found and proved.</summary>
    public required int Found { get; init; }

    /// <summary>Whether the trained network lies in the ball: else nothing is proved of it.</summary>
    public required bool IsInBall { get; init; }

    /// <summary>How many of those flip the network that was trained in the ball, evaluated in float64.</summary>
    public required int Flipped { get; init; }

    /// <summary>The median of ‖δ‖ over what was found; null where nothing was.</summary>
    public required double? Norm { get; init; }

    /// <summary>The median of ‖δ‖ over what theory predicts of the same image (docs/mathematics.md §5); null where it predicts nothing.</summary>
    public required double? OverPrediction { get; init; }

    /// <summary>The proved part of the images; null without images.</summary>
    public double? FoundShare => Images == 0 ? null : (double)Found / Images;
}
