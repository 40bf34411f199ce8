using OneStep.Attacks;
using OneStep.Statistics;

namespace OneStep.Experiments.InfiniteWidth;

/// <summary>How far a network is from its limit on the attacked inputs; null where there is nothing to compare.</summary>
/// <param name="Score">The root mean square of f_m − f_∞ over that of f_∞.</param>
/// <param name="Gradient">The root mean square of ‖∇f_m − ∇f_∞‖ over that of ‖∇f_∞‖.</param>
/// <param name="MeanPerturbation">The mean ‖δ‖ of the network over that of the limit, less 1: each over the inputs that fell.</param>
/// <param name="PerturbationRatio">‖δ_m‖/‖δ_∞‖ over the inputs where both fell.</param>
/// <param name="GradientCosine">The cosine of the angle between ∇f_m and ∇f_∞.</param>
public sealed record LimitDifferences(double? Score, double? Gradient, double? MeanPerturbation, Summary PerturbationRatio, Summary GradientCosine)
{
    /// <summary>Sums rows up.</summary>
    public static LimitDifferences Of(IReadOnlyList<LimitRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        double? network = MeanLength(rows.Select(row => row.Network));
        double? kernel = MeanLength(rows.Select(row => row.Kernel));
        return new(
            RootRatio(rows, row => row.Network.Score - row.Kernel.Score, row => row.Kernel.Score),
            RootRatio(rows, row => row.GradientDifference, row => row.Kernel.GradientNorm),
            (network / kernel) - 1,
            Summary.Of(rows.Select(row => row.PerturbationRatio).OfType<double>()),
            Summary.Of(rows.Select(row => row.GradientCosine).OfType<double>()));
    }

    private static double? MeanLength(IEnumerable<AttackedExample> examples) =>
        Summary.Of(examples.Where(e => e.Status == ExampleStatus.Flipped).Select(e => e.PerturbationNorm!.Value)).Mean;

    private static double? RootRatio(IReadOnlyList<LimitRow> rows, Func<LimitRow, double> above, Func<LimitRow, double> below)
    {
        double divisor = rows.Sum(row => below(row) * below(row));
        return divisor > 0 ? Math.Sqrt(rows.Sum(row => above(row) * above(row)) / divisor) : null;
    }
}
