namespace OneStep.Claims;

/// <summary>What was measured of the systems that the poster builds on; what is missing leaves claims without a verdict.</summary>
public sealed record EarlierEvidence
{
    /// <summary>Random two-layer networks over dimensions and widths.</summary>
    public IReadOnlyList<TwoLayerEnsemble> TwoLayer { get; init; } = [];

    /// <summary>Deep random networks over dimensions, depths and profiles of widths.</summary>
    public IReadOnlyList<DeepEnsemble> Deep { get; init; } = [];

    /// <summary>Random networks of vanishing widths over dimensions.</summary>
    public IReadOnlyList<FlowEnsemble> Flow { get; init; } = [];

    /// <summary>Networks of finite width beside the kernel, over widths.</summary>
    public IReadOnlyList<LimitNetwork> Limit { get; init; } = [];

    /// <summary>Networks from both initialisations, over dimensions.</summary>
    public IReadOnlyList<InitializedNetwork> Initialized { get; init; } = [];
}
