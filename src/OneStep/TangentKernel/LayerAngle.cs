using OneStep.Numerics.Elementary;

namespace OneStep.TangentKernel;

/// <summary>
/// The angle θ between what a layer makes of two inputs, with its sine, its cosine and 1 − cos θ, each as accurate as it can
/// be near θ = 0 (docs/mathematics.md §18).
/// </summary>
/// <param name="Angle">θ, 0 to π.</param>
/// <param name="Sine">sin θ.</param>
/// <param name="Cosine">cos θ.</param>
/// <param name="Versine">1 − cos θ.</param>
internal readonly record struct LayerAngle(double Angle, double Sine, double Cosine, double Versine)
{
    // Below this angle sin θ − θ cos θ cancels and is taken from its series instead.
    private const double SmallAngle = 0.5;

    /// <summary>The angle with a cosine, which is taken to be 1 or −1 where rounding has brought it beyond.</summary>
    public static LayerAngle OfCosine(double cosine)
    {
        double inside = Math.Clamp(cosine, -1, 1);
        double versine = 1 - inside;
        double sine = Math.Sqrt(versine * (1 + inside));
        return new(ElementaryAngle.Of(sine, inside), sine, inside, versine);
    }

    /// <summary>The angle between two unit vectors from the squares of their difference and of their sum: accurate to a few
    /// units in the last place however small it is, or near π.</summary>
    public static LayerAngle OfChords(double difference, double sum)
    {
        double total = difference + sum;
        double first = Math.Sqrt(difference);
        double second = Math.Sqrt(sum);
        return new(2 * ElementaryAngle.Of(first, second), 2 * first * second / total, (sum - difference) / total, 2 * difference / total);
    }

    /// <summary>The angle one ReLU layer further: cos θ' = (sin θ + (π − θ) cos θ)/π.</summary>
    public LayerAngle Next()
    {
        double versine = Versine - (Excess() / Math.PI);
        double cosine = 1 - versine;
        double sine = Math.Sqrt(versine * (1 + cosine));
        return new(ElementaryAngle.Of(sine, cosine), sine, cosine, versine);
    }

    /// <summary>sin θ − θ cos θ.</summary>
    private double Excess()
    {
        if (Angle >= SmallAngle)
        {
            return Sine - (Angle * Cosine);
        }

        // Σ_{k ≥ 1} (−1)^{k+1} 2k θ^{2k+1}/(2k + 1)!: the first term left out is below 2^-56 of the sum.
        double z = Angle * Angle;
        double p = 1.0 / 93405312000;
        p = Math.FusedMultiplyAdd(p, z, -1.0 / 518918400);
        p = Math.FusedMultiplyAdd(p, z, 1.0 / 3991680);
        p = Math.FusedMultiplyAdd(p, z, -1.0 / 45360);
        p = Math.FusedMultiplyAdd(p, z, 1.0 / 840);
        p = Math.FusedMultiplyAdd(p, z, -1.0 / 30);
        p = Math.FusedMultiplyAdd(p, z, 1.0 / 3);
        return p * z * Angle;
    }
}
