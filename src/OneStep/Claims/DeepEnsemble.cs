using OneStep.Experiments.RandomNetworks;

namespace OneStep.Claims;

/// <summary>Deep random networks of one dimension and shape, each attacked by a single gradient step [BBC21].</summary>
public sealed record DeepEnsemble : RandomEnsemble
{
    /// <summary>How many hidden layers.</summary>
    public required int Depth { get; init; }

    /// <summary>The width of the first hidden layer.</summary>
    public required int Width { get; init; }

    /// <summary>How widths go on.</summary>
    public required WidthProfile Profile { get; init; }

    /// <summary>The ratio of widths where they differ.</summary>
    public required double Ratio { get; init; }
}
