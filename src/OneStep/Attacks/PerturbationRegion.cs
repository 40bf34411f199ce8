using OneStep.Numerics;

namespace OneStep.Attacks;

/// <summary>
/// The perturbations of an input that a budget allows: ‖δ‖ ≤ ε in a norm and, with clipping, 0 ≤ x + δ ≤ 1 in every coordinate
/// (docs/mathematics.md §2, §14).
/// </summary>
/// <param name="Budget">ε, not negative; +∞ for no bound but the box.</param>
/// <param name="Clip">Whether x + δ must stay in [0, 1]; x itself does.</param>
/// <param name="Norm">The norm.</param>
internal readonly record struct PerturbationRegion(double Budget, bool Clip, NormKind Norm = NormKind.L2)
{
    // A vector scaled to this part of a length is no longer than it, whatever rounding to float32 does.
    private const double Inside = 1 - (4.0 / (1 << 24));

    // The scale of the projection grows with every round until no coordinate leaves the box anew: a handful of rounds.
    private const int MostRounds = 100;
    private const double Arrived = 1 + 1e-12;

    /// <summary>How long a multiple of a direction of length 1 may be; no length changes how many coordinates change.</summary>
    public double LongestStep => Norm == NormKind.L0 ? double.PositiveInfinity : Budget;

    /// <summary>Moves δ to the nearest perturbation that is allowed; the stored float32 numbers are inside. For ℓ0, where
    /// the nearest need not be one, only into the box.</summary>
    /// <param name="input">x.</param>
    /// <param name="perturbation">δ, changed in place.</param>
    public void Project(ReadOnlySpan<float> input, Span<float> perturbation)
    {
        switch (Norm)
        {
            case NormKind.L2:
                ProjectToBall(input, perturbation);
                break;
            case NormKind.LInfinity:
                // The nearest point of two boxes around the center, coordinate by coordinate, whichever comes first.
                ProjectToBox(input, perturbation);
                Vectors.Clamp(perturbation, LargestChange());
                break;
            default:
                ProjectToBox(input, perturbation);
                break;
        }
    }

    private void ProjectToBox(ReadOnlySpan<float> input, Span<float> perturbation)
    {
        if (Clip)
        {
            UnitBox.ClipScaled(input, 1, perturbation);
        }
    }

    private void ProjectToBall(ReadOnlySpan<float> input, Span<float> perturbation)
    {
        if (Clip)
        {
            // The nearest point of a ball and a box around its center is clip(s δ) with the largest s ≤ 1 inside the ball.
            UnitBox.ClipScaled(input, ScaleInBox(input, perturbation), perturbation);
        }

        double norm = Vectors.Norm(perturbation);
        if (norm > Budget)
        {
            Vectors.Scale(perturbation, (float)(Budget * Inside / norm), perturbation);
        }
    }

    /// <summary>The largest float32 that is at most ε.</summary>
    private float LargestChange()
    {
        float rounded = (float)Math.Min(Budget, float.MaxValue);
        return rounded > Budget ? MathF.BitDecrement(rounded) : rounded;
    }

    /// <summary>The largest s ≤ 1 with ‖clip(s δ)‖ ≤ ε.</summary>
    private double ScaleInBox(ReadOnlySpan<float> input, ReadOnlySpan<float> perturbation)
    {
        // Coordinates that are at the box's edge at s stay there; for the others the norm is s times theirs. The root is
        // never above the true one, and from below it the next is never lower: Newton's method on a convex function.
        double scale = 1;
        for (int round = 0; round < MostRounds; round++)
        {
            (double atEdge, double free) = UnitBox.SquaredNorms(input, perturbation, scale);
            if (round == 0 && atEdge + free <= Budget * Budget)
            {
                return 1;
            }

            double next = free > 0 ? Math.Sqrt(Math.Max((Budget * Budget) - atEdge, 0) / free) : 0;
            if (round > 0 && next <= scale * Arrived)
            {
                return scale;
            }

            scale = Math.Min(next, 1);
        }

        return scale;
    }
}
