namespace OneStep.Claims;

/// <summary>Random networks whose widths vanish from layer to layer, each attacked by the exact gradient flow [DS21]; lengths are
/// those of its path.</summary>
public sealed record FlowEnsemble : RandomEnsemble
{
    /// <summary>How many hidden layers.</summary>
    public required int Depth { get; init; }

    /// <summary>How much narrower a layer is than the one before.</summary>
    public required double Ratio { get; init; }
}
