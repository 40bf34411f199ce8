using System.Text.Json.Serialization;
using OneStep.Certificates.Vulnerability;
using OneStep.Data;
using OneStep.Networks;
using OneStep.Numerics;
using OneStep.Statistics;

namespace OneStep.Experiments.Certification;

/// <summary>What was certified against the networks of a ball, and how long it is beside what flips the trained network alone.</summary>
public sealed record CertificationResult : CertifiedNetworkResult
{
    /// <summary>What was certified.</summary>
    public required CertificationOptions Options { get; init; }

    /// <summary>m^{-1/2} Σ V_s over the rows, which is C0 where all radii are C0/√m.</summary>
    public required double CertifiedC0 { get; init; }

    /// <summary>Whether the trained network is one of those that the certificates speak of.</summary>
    public required bool IsInBall { get; init; }

    /// <summary>The cone that the trained network lies in.</summary>
    public required ConeFacts Cone { get; init; }
}

/// <summary>The smallest cone over a lazy ball around W0 that a network lies in (docs/mathematics.md §8).</summary>
/// <param name="C0">Its C0.</param>
/// <param name="Scale">r*, the scale at which the network is nearest to W0.</param>
/// <param name="IsAttained">Whether that cone itself holds the network, or only larger ones.</param>
public sealed record ConeFacts(double C0, double Scale, bool IsAttained)
{
    /// <summary>Of a network that was located.</summary>
    internal static ConeFacts Of(ConePosition position) => new(position.C0, position.Scale, position.IsAttained);
}

/// <summary>One input and the perturbations found for it; lengths ‖δ‖ are ℓ2 norms, null where none was found.</summary>
/// <param name="Index">The position among the test inputs of the task, from 0.</param>
/// <param name="Label">y as the network says, −1 or +1; of more than two classes that class, from 0.</param>
/// <param name="Margin">y f(x; W) of the trained network; of more than two classes the margin of its class over the best other one.</param>
/// <param name="InitialMargin">y f(x; W0); null for deep networks.</param>
/// <param name="Norms">‖δ‖ for each of <see cref="PerturbationKind"/>, in its order.</param>
public sealed record CertifiedInput(int Index, int Label, double Margin, double? InitialMargin, IReadOnlyList<double?> Norms)
{
    /// <summary>The proved radii of the trained network for each of <see cref="LowerBoundKind"/>, in its order: no shorter perturbation flips it. 0
    /// where nothing is proved, null for bounds that were not asked for; empty where none was.</summary>
    public IReadOnlyList<double?> Radii { get; init; } = [];

    /// <summary>The largest of the radii; null where none was asked for.</summary>
    public double? ProvedRadius => Radii.Max();

    /// <summary>How tight the bracket is: the largest of the radii over the shortest ‖δ‖ found, 0 to 1; null where one of them is missing.</summary>
    public double? Ratio => ProvedRadius / this[PerturbationKind.Best];

    /// <summary>‖δ‖ of one kind; null where none was found.</summary>
    public double? this[PerturbationKind kind] => Norms[(int)kind];

    /// <summary>The radius of one bound; null where it was not asked for.</summary>
    public double? this[LowerBoundKind kind] => Radii.Count == 0 ? null : Radii[(int)kind];
}

/// <summary>The perturbations of one kind over all inputs.</summary>
public sealed record SizeMeasurement
{
    /// <summary>The kind.</summary>
    public required PerturbationKind Kind { get; init; }

    /// <summary>‖δ‖ over the inputs that have one.</summary>
    public required Summary Size { get; init; }

    /// <summary>‖δ‖ beside that of the single step for the same input.</summary>
    public required RatioSummary OverOneStep { get; init; }

    /// <summary>‖δ‖ beside its mean-field prediction for the same input (docs/mathematics.md §4, §5); null where theory does not speak.</summary>
    public required SizePrediction? Prediction { get; init; }

    /// <summary>How many inputs have one.</summary>
    public required int Found { get; init; }

    /// <summary>How many of these flip the trained network, evaluated in float64.</summary>
    public required int Flipped { get; init; }

    /// <summary>The part of the inputs that have one, 0 to 1.</summary>
    public double FoundShare => Found / (double)(Found + NotFound.Sum(reason => reason.Count));

    /// <summary>The part of those that have one whose perturbation flips the trained network, 0 to 1; null where none has.</summary>
    public double? FlippedShare => Found == 0 ? null : Flipped / (double)Found;

    /// <summary>Why the others have none, and how many for each reason; empty where all have one.</summary>
    public required IReadOnlyList<(CertificateOutcome Reason, int Count)> NotFound { get; init; }

    /// <summary>Wall time of the search, proof included, in seconds.</summary>
    public required double Seconds { get; init; }
}

/// <summary>What theory predicts over the inputs that it speaks of and that have a perturbation.</summary>
/// <param name="Inputs">How many these are.</param>
/// <param name="Median">The median prediction; null for no inputs.</param>
/// <param name="Ratio">Measured over predicted.</param>
public sealed record SizePrediction(int Inputs, double? Median, RatioSummary Ratio);

/// <summary>A certified perturbation that does not flip a network which it is certified for.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Index">The position of the input among the test inputs.</param>
/// <param name="Score">y f(x + δ; W), not below zero.</param>
public sealed record CertificateViolation(PerturbationKind Kind, int Index, double Score);

/// <summary>Finished certificates: their numbers, and the arrays behind them.</summary>
/// <param name="Result">The numbers.</param>
/// <param name="Model">The trained network; whoever asked disposes of it.</param>
/// <param name="Certified">The inputs and labels, in the order of <see cref="CertifiedNetworkResult.Inputs"/>.</param>
/// <param name="Perturbations">δ for each of <see cref="PerturbationKind"/> that was looked for, in its order, [n, d] each; zero rows where there is none.</param>
public sealed record CertificationRun(
    CertificationResult Result, [property: JsonIgnore] LazyModel Model, LabelledInputs Certified, IReadOnlyList<Matrix<float>> Perturbations);
