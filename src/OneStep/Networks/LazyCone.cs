using OneStep.Numerics;

namespace OneStep.Networks;

/// <summary>
/// The cone over the lazy ball: W belongs to it if a multiple r W, r > 0, lies in the ball of radius C0/√m around W0
/// (docs/mathematics.md §8). Multiplying all hidden weights by r > 0 changes no prediction and no smallest perturbation, so a
/// network of the cone inherits what holds in the ball, however far training has taken it.
/// </summary>
public sealed class LazyCone
{
    /// <summary>Makes the cones around initial weights.</summary>
    /// <param name="center">W0, [m, columns].</param>
    public LazyCone(PackedWeights center)
    {
        ArgumentNullException.ThrowIfNull(center);
        Center = center;
    }

    /// <summary>W0.</summary>
    public PackedWeights Center { get; }

    /// <summary>Finds the scale that brings weights nearest to W0, and the smallest C0 whose cone holds them.</summary>
    /// <param name="weights">W, [m, columns].</param>
    /// <param name="threads">How many threads may be used; the result does not depend on it.</param>
    /// <param name="cancellation">Ends the call early with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">W and W0 have different shapes.</exception>
    public ConePosition Locate(PackedWeights weights, int threads = 1, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        if (weights.Rows != Center.Rows || weights.Columns != Center.Columns)
        {
            throw new ArgumentException(
                $"The weights are {weights.Rows} x {weights.Columns}, but the cone's are {Center.Rows} x {Center.Columns}.", nameof(weights));
        }

        ConeParabolas parabolas = ConeParabolas.Around(weights, Center, 0, threads, cancellation);
        double best = parabolas.IsFinite ? parabolas.Minimize(cancellation) : double.NaN;
        if (double.IsNaN(best))
        {
            return new(parabolas, 0, double.NaN, isAttained: false, Center.Rows);
        }

        // Where scales above zero only lead away from W0, the smallest radius is that of r → 0.
        if (best <= 0)
        {
            return new(parabolas, 0, 0, parabolas.CanShrink(), Center.Rows);
        }

        // ‖w‖² r² − 2 w·w0 r + ‖w0‖² cancels; around the scale just found it does not.
        ConeParabolas rebased = ConeParabolas.Around(weights, Center, best, threads, cancellation);
        double offset = rebased.Minimize(cancellation);
        return new(rebased, offset, best + offset, isAttained: true, Center.Rows);
    }
}
