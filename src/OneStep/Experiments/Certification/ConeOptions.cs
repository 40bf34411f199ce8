namespace OneStep.Experiments.Certification;

/// <summary>What is looked at beside a network of the lazy ball: a multiple of it.</summary>
public sealed record ConeOptions
{
    /// <summary>How many test inputs, the first that the network classifies correctly; at least 1. Default 100.</summary>
    public int Count { get; init; } = 100;

    /// <summary>s, by which all weights of the trained network are multiplied, from 10⁻⁶ to 10⁶. Default 10.</summary>
    public double Scale { get; init; } = 10;

    /// <summary>Checks every range.</summary>
    /// <exception cref="InvalidParameterException">A value is out of its range; the message names it.</exception>
    public void Validate()
    {
        InvalidParameterException.Require(Count >= 1, "count", Count, "an integer from 1 on");
        InvalidParameterException.Require(Scale is >= 1e-6 and <= 1e6, "scale", Scale, "a number from 0.000001 to 1000000");
    }
}
