using OneStep.Experiments.RandomNetworks;

namespace OneStep.Claims;

/// <summary>Random two-layer networks of one dimension and width, each attacked by a single gradient step [BCGT21].</summary>
public sealed record TwoLayerEnsemble : RandomEnsemble
{
    /// <summary>m.</summary>
    public required int Width { get; init; }

    /// <summary>σ.</summary>
    public required HiddenActivation Activation { get; init; }
}
