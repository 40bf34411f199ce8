using OneStep.Networks;

namespace OneStep.Claims;

/// <summary>A network trained without a ball beside the kernel of infinite width trained by the same minibatches [JGH18].</summary>
public sealed record LimitNetwork
{
    /// <summary>d.</summary>
    public required int Dimension { get; init; }

    /// <summary>m.</summary>
    public required int Width { get; init; }

    /// <summary>What the network began from.</summary>
    public required InitializationKind Initialization { get; init; }

    /// <summary>The seed of the network and of the order of examples.</summary>
    public required ulong Seed { get; init; }

    /// <summary>The mean of ‖δ‖ over the inputs of which it flips the network; null where nothing was flipped.</summary>
    public required double? PerturbationNorm { get; init; }

    /// <summary>The mean of ‖δ‖ over those of which it flips the kernel predictor; null where nothing was flipped.</summary>
    public required double? LimitNorm { get; init; }

    /// <summary>The flipped part of the images that are classified correctly, of the network or of the predictor, whichever is smaller; null
    /// where one of them classifies none correctly.</summary>
    public required double? FlippedShare { get; init; }

    /// <summary>By how much the first differs from the second, as a part of it; null where one of them is missing.</summary>
    public double? RelativeDifference => PerturbationNorm is double own && LimitNorm is double limit ? Math.Abs(own - limit) / limit : null;
}
