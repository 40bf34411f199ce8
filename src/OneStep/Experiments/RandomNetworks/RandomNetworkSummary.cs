using OneStep.Attacks;
using OneStep.Statistics;

namespace OneStep.Experiments.RandomNetworks;

/// <summary>What rows of random networks say together; lengths are over the networks that fell.</summary>
/// <param name="Networks">How many networks.</param>
/// <param name="Flipped">How many fell to the step, confirmed in float64.</param>
/// <param name="ScaledPerturbationNorm">‖δ‖√d/‖x‖.</param>
/// <param name="StepSize">|η|.</param>
/// <param name="Overshoot">‖δ‖ over the linear step.</param>
/// <param name="Margin">|f(x)|, of all networks.</param>
/// <param name="GradientNorm">‖∇f(x)‖, of all networks.</param>
public sealed record RandomNetworkSummary(
    int Networks, int Flipped, Summary ScaledPerturbationNorm, Summary StepSize, Summary Overshoot, Summary Margin, Summary GradientNorm)
{
    /// <summary>Summarises rows.</summary>
    public static RandomNetworkSummary Of(IReadOnlyList<RandomNetworkRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return new(
            rows.Count,
            rows.Count(row => row.Status == ExampleStatus.Flipped),
            OfThose(rows, row => row.ScaledPerturbationNorm),
            OfThose(rows, row => row.StepSize),
            OfThose(rows, row => row.Overshoot),
            OfThose(rows, row => row.Margin),
            OfThose(rows, row => row.GradientNorm));
    }

    private static Summary OfThose(IReadOnlyList<RandomNetworkRow> rows, Func<RandomNetworkRow, double?> value) =>
        Summary.Of(rows.Select(value).OfType<double>());
}
