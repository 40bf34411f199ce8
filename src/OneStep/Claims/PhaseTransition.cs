using OneStep.Statistics;

namespace OneStep.Claims;

/// <summary>The threshold of the phase transition at one dimension and budget.</summary>
/// <param name="Dimension">d.</param>
/// <param name="Budget">ε.</param>
/// <param name="Threshold">The threshold in m and V.</param>
public sealed record PhaseTransition(int Dimension, double Budget, PhaseThreshold Threshold)
{
    /// <summary>How many widths have radii on both sides of one half.</summary>
    public int BracketedWidths => Threshold.Thresholds.Count(threshold => threshold.Level == 0.5 && threshold.Crossing is not null);

    /// <summary>Finds the thresholds.</summary>
    /// <param name="networks">Adversarially trained networks over widths and radii.</param>
    /// <param name="bootstrap">How intervals are made.</param>
    /// <param name="cancellation">Ends the work early with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>One for each dimension and budget, ascending.</returns>
    public static IReadOnlyList<PhaseTransition> Of(IEnumerable<AdversarialNetwork> networks, SeedBootstrap bootstrap, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(networks);
        return [.. networks.GroupBy(network => (network.Dimension, network.Budget)).OrderBy(group => group.Key).Select(group => new PhaseTransition(
            group.Key.Dimension,
            group.Key.Budget,
            PhaseThreshold.Of(group.Select(network => new SeededRobustCount(network.Radius, network.Width, network.Seed, network.Robust, network.Total)), bootstrap, cancellation)))];
    }
}
