using System.Text.Json.Serialization;
using OneStep.Data;
using OneStep.Numerics;

namespace OneStep.Experiments.Certification;

/// <summary>
/// What the smallest perturbations that flip a network lie between (docs/mathematics.md §7): those that were found, by one step and by the
/// best attack, and the sizes below which it is proved that there is none.
/// </summary>
public sealed record BracketResult : CertifiedNetworkResult
{
    /// <summary>What was bracketed.</summary>
    public required BracketOptions Options { get; init; }
}

/// <summary>A finished bracket: its numbers, and the arrays behind them.</summary>
/// <param name="Result">The numbers.</param>
/// <param name="Model">The network; whoever asked disposes of it.</param>
/// <param name="Bracketed">The inputs and labels, in the order of <see cref="CertifiedNetworkResult.Inputs"/>.</param>
/// <param name="Perturbations">δ, the shortest found, [n, d]; a row of zeros where there is none.</param>
public sealed record BracketRun(BracketResult Result, [property: JsonIgnore] TrainedModel Model, LabelledInputs Bracketed, Matrix<float> Perturbations);
