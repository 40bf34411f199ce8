using OneStep.Networks;
using OneStep.Numerics;

namespace OneStep.Attacks;

/// <summary>What became of one attacked input. The numbers are those of the saved file's <c>status</c>.</summary>
public enum ExampleStatus
{
    /// <summary>The network gets the unperturbed input wrong; it is not attacked.</summary>
    Misclassified = 0,

    /// <summary>A perturbation flips the prediction, confirmed in float64.</summary>
    Flipped = 1,

    /// <summary>No perturbation was found.</summary>
    NotFlipped = 2,

    /// <summary>f(x) is zero within rounding: the network gives no label.</summary>
    NoLabel = 3,

    /// <summary>∇f(x) is zero, or f(x) or ∇f(x) more than single precision can hold: there is no direction to step in.</summary>
    NoDirection = 4,

    /// <summary>A perturbation was found, but float64 could not confirm the flip.</summary>
    Unverified = 5,
}

/// <summary>One attacked input; lengths are ℓ2 norms in units of the input unless another norm is named.</summary>
public sealed record AttackedExample
{
    /// <summary>The position among the attacked inputs, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>The true label y, −1 or +1.</summary>
    public required int Label { get; init; }

    /// <summary>What became of it.</summary>
    public required ExampleStatus Status { get; init; }

    /// <summary>f(x), in float64.</summary>
    public required double Score { get; init; }

    /// <summary>‖x‖.</summary>
    public required double InputNorm { get; init; }

    /// <summary>‖∇f(x)‖.</summary>
    public required double GradientNorm { get; init; }

    /// <summary>‖δ‖ of the stored perturbation; null where there is none.</summary>
    public double? PerturbationNorm { get; init; }

    /// <summary>‖δ‖_∞, the largest change of a coordinate; null where there is no δ.</summary>
    public double? MaximumChange { get; init; }

    /// <summary>‖δ‖₀, how many coordinates change; null where there is no δ.</summary>
    public int? ChangedCoordinates { get; init; }

    /// <summary>The steps of the path on which δ was reached; null where there is no δ, and for attacks that follow no path.</summary>
    public int? Steps { get; init; }

    /// <summary>The length of that path, at least ‖δ‖ up to rounding; null where <see cref="Steps"/> is.</summary>
    public double? PathLength { get; init; }

    /// <summary>f(x + δ), in float64; null where there is no δ.</summary>
    public double? AdversarialScore { get; init; }

    /// <summary>The margin y f(x): negative where the prediction is wrong.</summary>
    public double Margin => Label * Score;

    /// <summary>‖δ‖/‖x‖; null where there is no δ.</summary>
    public double? RelativePerturbationNorm => PerturbationNorm / InputNorm;

    /// <summary>|η| = ‖δ‖/‖∇f(x)‖; null where there is no δ.</summary>
    public double? StepSize => PerturbationNorm / GradientNorm;

    /// <summary>The size of δ in a norm; null where there is no δ.</summary>
    public double? SizeIn(NormKind norm) => norm switch
    {
        NormKind.LInfinity => MaximumChange,
        NormKind.L0 => ChangedCoordinates,
        _ => PerturbationNorm,
    };
}

/// <summary>Everything an attack found, verified.</summary>
/// <param name="Attack">The attack and its configuration.</param>
/// <param name="Examples">One row an attacked input, in the order of the inputs.</param>
/// <param name="Perturbations">δ, [n, d], float32 as stored; zero where there is none.</param>
/// <param name="AttackSeconds">Wall time of the search.</param>
/// <param name="VerifySeconds">Wall time of the float64 verification.</param>
public sealed record AttackResult(
    string Attack, IReadOnlyList<AttackedExample> Examples, Matrix<float> Perturbations, double AttackSeconds, double VerifySeconds)
{
    /// <summary>The norm in which the attack makes δ small, or keeps it within its budget.</summary>
    public NormKind Norm { get; init; }

    /// <summary>What the search asked of the function, over all attacked inputs. f(x) and ∇f(x), which every attack is given,
    /// count as one pass forward and one backward an input; the verification does not count.</summary>
    public PassCounts Passes { get; init; }
}
