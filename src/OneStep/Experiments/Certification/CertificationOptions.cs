namespace OneStep.Experiments.Certification;

/// <summary>Which networks certificates speak of.</summary>
public enum CertifiedRadii
{
    /// <summary>All of the lazy ball, with the radius V = C0/√m for every row: nothing of the trained network is used.</summary>
    Ball,

    /// <summary>All whose rows have moved no further than those of the trained network, row by row.</summary>
    Measured,
}

/// <summary>What is certified, beside the network and the task.</summary>
public sealed record CertificationOptions
{
    /// <summary>How many test inputs, the first that the network classifies correctly; at least 1. Default 100.</summary>
    public int Count { get; init; } = 100;

    /// <summary>Which networks the certificates speak of. Default all of the lazy ball.</summary>
    public CertifiedRadii Radii { get; init; } = CertifiedRadii.Ball;

    /// <summary>Whether step sizes are looked for as well with which every network of the ball falls to one step along its own gradient. Default
    /// false: it takes far longer.</summary>
    public bool OwnStep { get; init; }

    /// <summary>The proofs of how small a perturbation cannot flip the trained network. Default none: the tightest takes a dozen times m d²
    /// multiplications an input.</summary>
    public LowerBoundSet LowerBounds { get; init; } = LowerBoundSet.None;

    /// <summary>‖δ‖/‖x‖ beyond which nothing counts, positive. Default 2.</summary>
    public double LongestRelativeNorm { get; init; } = 2;

    /// <summary>Checks every range.</summary>
    /// <exception cref="InvalidParameterException">A value is out of its range; the message names it.</exception>
    public void Validate()
    {
        InvalidParameterException.Require(Count >= 1, "count", Count, "an integer from 1 on");
        InvalidParameterException.Require(LongestRelativeNorm > 0, "longest-relative-norm", LongestRelativeNorm, "a positive number");
    }
}
