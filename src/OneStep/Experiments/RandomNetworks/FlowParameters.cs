namespace OneStep.Experiments.RandomNetworks;

/// <summary>An experiment on gradient flow on random networks whose widths vanish from layer to layer [DS21].</summary>
public sealed record FlowParameters
{
    /// <summary>The input dimension d, 1 to 65536. Default 400.</summary>
    public int Dimension { get; init; } = 400;

    /// <summary>How many hidden layers, 1 to 20. Default 2.</summary>
    public int Depth { get; init; } = 2;

    /// <summary>How much narrower a layer is than the one before, the first than the input, at least 1. Default 4.</summary>
    public double Ratio { get; init; } = 4;

    /// <summary>The length of a small step as a part of the first-order length, 10⁻⁶ to 1. Default 1/50.</summary>
    public double StepLength { get; init; } = 0.02;

    /// <summary>How many networks, each with one input of its own, 1 to 1000000. Default 100.</summary>
    public int Networks { get; init; } = 100;

    /// <summary>The seed.</summary>
    public ulong Seed { get; init; }

    /// <summary>The widths of the hidden layers.</summary>
    public IReadOnlyList<int> HiddenWidths => [.. WidthProfile.Vanishing.Widths(Depth + 1, Dimension, Ratio).Skip(1)];

    /// <summary>Refuses values out of their ranges.</summary>
    /// <exception cref="InvalidParameterException">A parameter is out of its range.</exception>
    public void Validate()
    {
        InvalidParameterException.Require(
            Dimension is >= 1 and <= WidthProfiles.LargestWidth, "dimension", Dimension, $"an integer from 1 to {WidthProfiles.LargestWidth}");
        InvalidParameterException.Require(Depth is >= 1 and <= 20, "depth", Depth, "an integer from 1 to 20");
        InvalidParameterException.Require(StepLength is >= 1e-6 and <= 1, "step-length", StepLength, "a number from 0.000001 to 1");
        InvalidParameterException.Require(Networks is >= 1 and <= 1_000_000, "networks", Networks, "an integer from 1 to 1000000");
        _ = HiddenWidths;
    }
}
