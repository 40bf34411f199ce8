using OneStep.Attacks;
using OneStep.Statistics;

namespace OneStep.Experiments.RandomNetworks;

/// <summary>What rows of random networks say together; lengths are over the networks that fell.</summary>
/// <param name="Networks">How many networks.</param>
/// <param name="Flipped">How many fell to the step, confirmed in float64.</param>
/// <param name="NotFlipped">How many did not: no step flips, none that counts, or none that float64 confirms.</param>
/// <param name="WithoutLabel">How many have f(x) = 0 within rounding.</param>
/// <param name="WithoutDirection">How many have a label, but no direction to step in.</param>
/// <param name="Vanished">How many have ∇f(x) = 0, whatever the label.</param>
/// <param name="ScaledPerturbationNorm">‖δ‖√d/‖x‖.</param>
/// <param name="PerturbationNorm">‖δ‖.</param>
/// <param name="StepSize">|η|.</param>
/// <param name="Overshoot">‖δ‖ over the linear step.</param>
/// <param name="Margin">|f(x)|, of all networks.</param>
/// <param name="GradientNorm">‖∇f(x)‖, of all networks.</param>
public sealed record RandomNetworkSummary(
    int Networks,
    int Flipped,
    int NotFlipped,
    int WithoutLabel,
    int WithoutDirection,
    int Vanished,
    Summary ScaledPerturbationNorm,
    Summary PerturbationNorm,
    Summary StepSize,
    Summary Overshoot,
    Summary Margin,
    Summary GradientNorm)
{
    /// <summary>Summarises rows.</summary>
    public static RandomNetworkSummary Of(IReadOnlyList<RandomNetworkRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return new(
            rows.Count,
            rows.Count(row => row.Status == ExampleStatus.Flipped),
            rows.Count(row => row.Status is ExampleStatus.NotFlipped or ExampleStatus.Unverified),
            rows.Count(row => row.Status == ExampleStatus.NoLabel),
            rows.Count(row => row.Status == ExampleStatus.NoDirection),
            rows.Count(row => row.GradientNorm == 0),
            OfThose(rows, row => row.ScaledPerturbationNorm),
            OfThose(rows, row => row.PerturbationNorm),
            OfThose(rows, row => row.StepSize),
            OfThose(rows, row => row.Overshoot),
            OfThose(rows, row => row.Margin),
            OfThose(rows, row => row.GradientNorm));
    }

    private static Summary OfThose(IReadOnlyList<RandomNetworkRow> rows, Func<RandomNetworkRow, double?> value) =>
        Summary.Of(rows.Select(value).OfType<double>());
}
