using OneStep.Experiments;
using OneStep.Networks;

namespace OneStep.Claims;

/// <summary>A trained network, attacked by single gradient steps, of which it matters what it began from.</summary>
/// <param name="Dimension">d.</param>
/// <param name="Width">m.</param>
/// <param name="Initialization">What it began from.</param>
/// <param name="Seed">The seed.</param>
/// <param name="MedianPerturbationNorm">The median of ‖δ‖/‖x‖; null where nothing was flipped.</param>
/// <param name="FlippedShare">The flipped part of the images that are classified correctly; null where there are none.</param>
public sealed record InitializedNetwork(
    int Dimension, int Width, InitializationKind Initialization, ulong Seed, double? MedianPerturbationNorm, double? FlippedShare)
{
    /// <summary>Takes from an experiment what the claims are about.</summary>
    public static InitializedNetwork From(ExperimentResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return new(
            result.Parameters.Dimension,
            result.Parameters.Width,
            result.Parameters.Initialization,
            result.Parameters.Seed,
            result.RelativePerturbationNorm.Median,
            result.Examples.FlippedShare);
    }
}
