namespace OneStep.Theory;

/// <summary>
/// Mean-field predictions of the size at which one perturbation flips every network of the lazy ball (docs/mathematics.md §5,
/// "The predicted size"), for random initial weights and inputs of unit norm. They need the dimension d, the margin
/// M = y f(x; W0) of the initial network and C0 alone; at C0 = 0 they are those of <see cref="MeanField"/>.
/// </summary>
/// <remarks>Where no prediction exists, none of the length looked for: what is found at a finite size may differ a little.</remarks>
public static class BallWidePrediction
{
    // An interval of at most π, halved until its ends are neighbours.
    private const int Halvings = 60;

    /// <summary>Predicts ‖δ‖ along −y ∇f(x; W0).</summary>
    /// <param name="inputDimension">d, at least 2.</param>
    /// <param name="margin">M, finite and not negative.</param>
    /// <param name="c0">C0, finite and not negative.</param>
    /// <returns>‖δ‖ in units of ‖x‖ = 1; null where no length along this direction is expected to flip the whole ball.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static double? AlongGradient(int inputDimension, double margin, double c0)
    {
        Check(inputDimension, margin, c0);
        if (margin == 0 && c0 == 0)
        {
            return 0;
        }

        double slope = Math.Sqrt((inputDimension - 1) / 2.0);
        double lowest = LowestAngle(slope, margin);
        if (GradientScore(slope, margin, c0, lowest) >= 0)
        {
            return null;
        }

        double angle = FirstZero(phi => GradientScore(slope, margin, c0, phi), lowest);
        return double.Hypot(slope, margin) / (margin + (slope / Math.Tan(angle)));
    }

    /// <summary>Predicts ‖δ‖ along −y W0ᵀa, one direction for all inputs.</summary>
    /// <inheritdoc cref="AlongGradient"/>
    public static double? AlongOutputWeights(int inputDimension, double margin, double c0)
    {
        Check(inputDimension, margin, c0);
        double slope = Math.Sqrt(inputDimension);
        return margin == 0 && c0 == 0 ? 0
            : OutputWeightsScore(slope, margin, c0, Math.PI / 2) >= 0 ? null
            : Math.Tan(FirstZero(phi => OutputWeightsScore(slope, margin, c0, phi), Math.PI / 2));
    }

    /// <summary>(M + C0/2)/√((d − 1)/2), what <see cref="AlongGradient"/> is for a small radius in high dimension.</summary>
    /// <inheritdoc cref="AlongGradient"/>
    public static double FirstOrder(int inputDimension, double margin, double c0)
    {
        Check(inputDimension, margin, c0);
        return (margin + (c0 / 2)) / Math.Sqrt((inputDimension - 1) / 2.0);
    }

    /// <summary>
    /// The C0 at which <see cref="AlongGradient"/> ends: 1.16 √((d − 1)/2) at M = 0, less at larger margins.
    /// </summary>
    /// <inheritdoc cref="AlongGradient"/>
    public static double LargestC0AlongGradient(int inputDimension, double margin)
    {
        Check(inputDimension, margin, 0);
        double slope = Math.Sqrt((inputDimension - 1) / 2.0);
        return Math.Max(0, -2 * GradientScore(slope, margin, 0, LowestAngle(slope, margin)));
    }

    /// <summary>The C0 at which <see cref="AlongOutputWeights"/> ends, with ‖δ‖ → ∞: √d − 2M/π, or 0.</summary>
    /// <inheritdoc cref="AlongGradient"/>
    public static double LargestC0AlongOutputWeights(int inputDimension, double margin)
    {
        Check(inputDimension, margin, 0);
        return Math.Max(0, Math.Sqrt(inputDimension) - (2 * margin / Math.PI));
    }

    /// <summary>F↑/r at the angle φ between x and x', r = ‖x'‖, along the gradient.</summary>
    private static double GradientScore(double slope, double margin, double c0, double angle) =>
        Inherited(margin, c0, angle) - (slope * Math.Sin(angle) * (1 - (angle / Math.PI)));

    /// <summary>The same along W0ᵀa: rows that switch off on the way are replaced by others, which help as much.</summary>
    private static double OutputWeightsScore(double slope, double margin, double c0, double angle) =>
        Inherited(margin, c0, angle) - (slope * Math.Sin(angle) / 2);

    private static double Inherited(double margin, double c0, double angle) =>
        (margin * (Math.Sin(angle) + ((Math.PI - angle) * Math.Cos(angle))) / Math.PI) + (c0 / 2);

    /// <summary>Where F↑/r is lowest along the gradient: it falls before and rises behind.</summary>
    private static double LowestAngle(double slope, double margin) => FirstZero(
        phi => (1 / Math.Tan(phi)) - (1 / (Math.PI - phi)) + (margin / slope), Math.PI);

    /// <summary>The zero of a function that is positive before it and negative behind, between 0 and an angle.</summary>
    private static double FirstZero(Func<double, double> function, double end)
    {
        double low = 0;
        double high = end;
        for (int i = 0; i < Halvings; i++)
        {
            double middle = (low + high) / 2;
            (low, high) = function(middle) > 0 ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }

    private static void Check(int inputDimension, double margin, double c0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputDimension, 2);
        RequireFiniteAndNotNegative(margin, nameof(margin));
        RequireFiniteAndNotNegative(c0, nameof(c0));
    }

    private static void RequireFiniteAndNotNegative(double value, string name)
    {
        if (!double.IsFinite(value) || value < 0)
        {
            throw new ArgumentOutOfRangeException(name, value, "The value must be finite and not negative.");
        }
    }
}
