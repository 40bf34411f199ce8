using OneStep.Attacks;
using OneStep.Statistics;

namespace OneStep.Experiments;

/// <summary>What attacked inputs say together. Summaries are over the flipped ones.</summary>
/// <param name="CleanAccuracy">Part of all attacked inputs, flipped or not, that are classified correctly, 0 to 1.</param>
/// <param name="Examples">How the attacked inputs fall into kinds.</param>
/// <param name="PerturbationNorm">‖δ‖.</param>
/// <param name="RelativePerturbationNorm">‖δ‖/‖x‖.</param>
/// <param name="GradientNorm">‖∇f(x)‖.</param>
/// <param name="StepSize">|η| = ‖δ‖/‖∇f(x)‖.</param>
/// <param name="Margin">y f(x).</param>
/// <param name="Verified">How many flips the float64 re-evaluation confirmed.</param>
public sealed record AttackSummary(
    double CleanAccuracy,
    ExampleCounts Examples,
    Summary PerturbationNorm,
    Summary RelativePerturbationNorm,
    Summary GradientNorm,
    Summary StepSize,
    Summary Margin,
    int Verified)
{
    /// <summary>Sums attacked inputs up.</summary>
    public static AttackSummary Of(IReadOnlyList<AttackedExample> examples)
    {
        AttackedExample[] flipped = [.. examples.Where(e => e.Status == ExampleStatus.Flipped)];
        return new(
            ResultBuilder.CleanAccuracy(examples),
            ResultBuilder.Count(examples),
            Summary.Of(flipped.Select(e => e.PerturbationNorm!.Value)),
            Summary.Of(flipped.Select(e => e.RelativePerturbationNorm!.Value)),
            Summary.Of(flipped.Select(e => e.GradientNorm)),
            Summary.Of(flipped.Select(e => e.StepSize!.Value)),
            Summary.Of(flipped.Select(e => e.Margin)),
            flipped.Length);
    }
}
