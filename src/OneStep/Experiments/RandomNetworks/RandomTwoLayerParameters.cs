namespace OneStep.Experiments.RandomNetworks;

/// <summary>An experiment on random two-layer networks [BCGT21].</summary>
public sealed record RandomTwoLayerParameters
{
    /// <summary>The widest network.</summary>
    public const int LargestWidth = 10_000_000;

    /// <summary>The input dimension d, 1 to 100000. Default 100.</summary>
    public int Dimension { get; init; } = 100;

    /// <summary>The width m, 1 to <see cref="LargestWidth"/>. Default 2000.</summary>
    public int Width { get; init; } = 2000;

    /// <summary>σ. Default relu. Networks with another one are held in memory, 4 m d bytes, and are computed in float64.</summary>
    public HiddenActivation Activation { get; init; } = HiddenActivation.Relu;

    /// <summary>In which convention lengths are told; f is the same in both. Default the poster's, ‖x‖ = 1.</summary>
    public InputConvention Convention { get; init; } = InputConvention.Unit;

    /// <summary>How many networks, each with one input of its own, 1 to 1000000. Default 100.</summary>
    public int Networks { get; init; } = 100;

    /// <summary>The seed. Networks of one seed are nested in d and in m.</summary>
    public ulong Seed { get; init; }

    /// <summary>Refuses values out of their ranges.</summary>
    /// <exception cref="InvalidParameterException">A parameter is out of its range.</exception>
    public void Validate()
    {
        InvalidParameterException.Require(Dimension is >= 1 and <= 100_000, "dimension", Dimension, "an integer from 1 to 100000");
        InvalidParameterException.Require(Width is >= 1 and <= LargestWidth, "width", Width, $"an integer from 1 to {LargestWidth}");
        InvalidParameterException.Require(Enum.IsDefined(Activation), "activation", Activation, "relu, tanh or softplus");
        InvalidParameterException.Require(InputConvention.All.Contains(Convention), "convention", Convention?.Name, "unit or root-dimension");
        InvalidParameterException.Require(Networks is >= 1 and <= 1_000_000, "networks", Networks, "an integer from 1 to 1000000");
    }
}
