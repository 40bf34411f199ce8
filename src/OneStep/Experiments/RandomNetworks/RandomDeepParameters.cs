namespace OneStep.Experiments.RandomNetworks;

/// <summary>An experiment on deep random networks without biases, weights N(0, 1/fan-in) [BBC21].</summary>
public sealed record RandomDeepParameters
{
    /// <summary>The deepest network.</summary>
    public const int LargestDepth = 200;

    /// <summary>The input dimension d, 1 to 100000. Default 100.</summary>
    public int Dimension { get; init; } = 100;

    /// <summary>How many hidden layers, 1 to <see cref="LargestDepth"/>. Default 3.</summary>
    public int Depth { get; init; } = 3;

    /// <summary>The width of the first hidden layer, 1 to <see cref="WidthProfiles.LargestWidth"/>. Default 500.</summary>
    public int Width { get; init; } = 500;

    /// <summary>How widths go on. Default constant.</summary>
    public WidthProfile Profile { get; init; } = WidthProfile.Constant;

    /// <summary>The ratio of widths where they differ, at least 1. Default 4.</summary>
    public double Ratio { get; init; } = 4;

    /// <summary>The largest ‖δ‖/‖x‖ that counts as adversarial, above 0, at most 10. Default ½; the part of a ray that is looked at
    /// costs time.</summary>
    public double LongestRelativeStep { get; init; } = 0.5;

    /// <summary>How many networks, each with one input of its own, 1 to 1000000. Default 100.</summary>
    public int Networks { get; init; } = 100;

    /// <summary>The seed.</summary>
    public ulong Seed { get; init; }

    /// <summary>The widths of the hidden layers.</summary>
    public IReadOnlyList<int> HiddenWidths => Profile.Widths(Depth, Width, Ratio);

    /// <summary>Refuses values out of their ranges.</summary>
    /// <exception cref="InvalidParameterException">A parameter is out of its range.</exception>
    public void Validate()
    {
        InvalidParameterException.Require(Dimension is >= 1 and <= 100_000, "dimension", Dimension, "an integer from 1 to 100000");
        InvalidParameterException.Require(Depth is >= 1 and <= LargestDepth, "depth", Depth, $"an integer from 1 to {LargestDepth}");
        InvalidParameterException.Require(
            LongestRelativeStep is > 0 and <= 10, "longest-relative-step", LongestRelativeStep, "a number above 0, at most 10");
        InvalidParameterException.Require(Networks is >= 1 and <= 1_000_000, "networks", Networks, "an integer from 1 to 1000000");
        _ = HiddenWidths;
    }
}
