using OneStep.Statistics;

namespace OneStep.Experiments.RandomNetworks;

/// <summary>What paths of gradient flow say together, over the networks that they flip; lengths for ‖x‖ = √d.</summary>
/// <param name="Found">How many networks they flip, confirmed in float64.</param>
/// <param name="Length">The length of the path.</param>
/// <param name="ScaledLength">The length times √d/‖x‖, which the theorem says not to depend on d.</param>
/// <param name="LengthOverPerturbation">The length over that of its chord, ‖δ‖.</param>
/// <param name="PerturbationNorm">‖δ‖ from its beginning to its end.</param>
/// <param name="ScaledPerturbationNorm">‖δ‖√d/‖x‖.</param>
/// <param name="Steps">Its steps, or straight pieces.</param>
/// <param name="StepOverFlow">‖δ‖ of the single step over that of the flow, where both flip.</param>
public sealed record FlowSummary(
    int Found,
    Summary Length,
    Summary ScaledLength,
    Summary LengthOverPerturbation,
    Summary PerturbationNorm,
    Summary ScaledPerturbationNorm,
    Summary Steps,
    Summary StepOverFlow)
{
    /// <summary>Summarises one path of every row.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="path">Which path; null where it does not flip.</param>
    public static FlowSummary Of(IReadOnlyList<FlowRow> rows, Func<FlowRow, FlowPath?> path)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(path);
        (RandomNetworkRow Step, FlowPath Path)[] found =
            [.. rows.Where(row => path(row) is not null).Select(row => (row.Step, path(row)!))];
        Summary OfAll(Func<(RandomNetworkRow Step, FlowPath Path), double?> value) => Summary.Of(found.Select(value).OfType<double>());
        static double Scale(RandomNetworkRow step) => Math.Sqrt(step.Dimension) / step.InputNorm;
        return new(
            found.Length,
            OfAll(row => row.Path.Length),
            OfAll(row => row.Path.Length * Scale(row.Step)),
            OfAll(row => row.Path.Length / row.Path.PerturbationNorm),
            OfAll(row => row.Path.PerturbationNorm),
            OfAll(row => row.Path.PerturbationNorm * Scale(row.Step)),
            OfAll(row => row.Path.Steps),
            OfAll(row => row.Step.PerturbationNorm / row.Path.PerturbationNorm));
    }
}
