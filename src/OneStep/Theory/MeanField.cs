namespace OneStep.Theory;

/// <summary>
/// Mean-field predictions for the random initial network on inputs of unit norm (docs/mathematics.md §4). They need the
/// dimension d and the margin M = |f(x)| alone; the width does not enter and nothing is fitted.
/// </summary>
/// <remarks>
/// In d = 1 a step can only move along x itself: the curve falls to zero where the origin is reached, at η = 1/M, and
/// stays there. That η is what is then given for both the linear and the exact step. At M = 0 every step size is zero.
/// </remarks>
public static class MeanField
{
    // Newton's method converges monotonically here (§4), within ten iterations; this is only a guard.
    private const int MaximumIterations = 100;

    // Convergence is quadratic: a correction of this relative size leaves an error far below rounding.
    private const double Tolerance = 1e-10;

    /// <summary>Predicts the gradient's norm and the step sizes for one input.</summary>
    /// <param name="inputDimension">d, at least 1.</param>
    /// <param name="margin">M = |f(x)|, finite and not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static MeanFieldPrediction Predict(int inputDimension, double margin)
    {
        double overshoot = Overshoot(inputDimension, margin);
        double linear = LinearStepSize(OrthogonalNorm(inputDimension), margin);
        return new(GradientNorm(inputDimension, margin), linear, linear * overshoot);
    }

    /// <summary>
    /// How much longer the exact step is than the linear one, from 1 (M/√d → 0) to below 3/2 (M/√d → ∞); about 1 + φ/π
    /// with φ = M √(2/d). It is 1 in d = 1 and at M = 0.
    /// </summary>
    /// <param name="inputDimension">d, at least 1.</param>
    /// <param name="margin">M = |f(x)|, finite and not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static double Overshoot(int inputDimension, double margin)
    {
        Check(inputDimension, margin);
        double ratio = OrthogonalNorm(inputDimension) / margin;
        if (inputDimension == 1 || double.IsPositiveInfinity(ratio))
        {
            return 1;
        }

        double remaining = RemainingAngle(ratio);
        return remaining / (remaining - (1 / (ratio + (1 / ratio))));
    }

    /// <summary>The predicted norm of the gradient, ‖∇f(x)‖ ≈ √(M² + (d − 1)/2).</summary>
    /// <param name="inputDimension">d, at least 1.</param>
    /// <param name="margin">M = |f(x)|, finite and not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static double GradientNorm(int inputDimension, double margin)
    {
        Check(inputDimension, margin);
        return double.Hypot(margin, OrthogonalNorm(inputDimension));
    }

    /// <summary>The predicted score y f(x − η y ∇f(x)), where y = sign f(x), as a function of the step size.</summary>
    /// <param name="inputDimension">d, at least 1.</param>
    /// <param name="margin">M = |f(x)|, finite and not negative.</param>
    /// <param name="stepSize">η, finite and not negative, in units of x/‖∇f‖.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static double ScoreAlongRay(int inputDimension, double margin, double stepSize)
    {
        Check(inputDimension, margin);
        CheckFiniteAndNotNegative(stepSize, nameof(stepSize));
        double along = 1 - (stepSize * margin);
        double orthogonal = stepSize * OrthogonalNorm(inputDimension);
        double angle = Math.Atan2(orthogonal, along);

        // r sin φ and r cos φ are the two components themselves, which saves a cancellation.
        double inherited = margin * (orthogonal + ((Math.PI - angle) * along)) / Math.PI;
        double descent = stepSize * (inputDimension - 1) * (Math.PI - angle) / (2 * Math.PI);
        return inherited - descent;
    }

    /// <summary>The predicted score y f(x − t y ∇f(x)/‖∇f(x)‖), where y = sign f(x), as a function of the length.</summary>
    /// <param name="inputDimension">d, at least 1.</param>
    /// <param name="margin">M = |f(x)|, finite and not negative.</param>
    /// <param name="length">t = ‖δ‖, finite and not negative, in units of ‖x‖ = 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static double ScoreAtLength(int inputDimension, double margin, double length)
    {
        CheckFiniteAndNotNegative(length, nameof(length));
        double gradientNorm = GradientNorm(inputDimension, margin);

        // A zero gradient (d = 1 and M = 0) gives no direction: the score stays what it is.
        return gradientNorm > 0 ? ScoreAlongRay(inputDimension, margin, length / gradientNorm) : margin;
    }

    // The expected norm of the gradient's part orthogonal to x, √((d − 1)/2).
    private static double OrthogonalNorm(int inputDimension) => Math.Sqrt((inputDimension - 1) / 2.0);

    // M/(S² + M²), written so that neither square can overflow.
    private static double LinearStepSize(double orthogonalNorm, double margin) =>
        margin > 0 ? 1 / (margin + (orthogonalNorm * (orthogonalNorm / margin))) : 0;

    /// <summary>
    /// Solves 1/θ − cot θ = κ for θ = π − φ in (0, π), where κ = √((d − 1)/2)/M is positive: the angle at the curve's
    /// zero. The left side is increasing and convex, so that Newton's method from the right never leaves the bracket.
    /// </summary>
    private static double RemainingAngle(double ratio)
    {
        // The left side is 2/π at θ = π/2. Beyond, the unknown is φ itself, which keeps a small φ accurate.
        if (ratio > 2 / Math.PI)
        {
            double angle = Math.Atan2(1, ratio - (1 / Math.PI));
            return Math.PI - Newton(angle, phi => (Langevin(Math.PI - phi, Math.Tan(phi)) - ratio) / SlopeAtAngle(phi));
        }

        return Newton(3 * ratio, theta => (LangevinNearZero(theta) - ratio) / LangevinSlope(theta));
    }

    private static double Newton(double start, Func<double, double> correction)
    {
        double value = start;
        for (int i = 0; i < MaximumIterations; i++)
        {
            double step = correction(value);
            value -= step;
            if (Math.Abs(step) <= Tolerance * value)
            {
                break;
            }
        }

        return value;
    }

    private static double Langevin(double theta, double tangentOfAngle) => (1 / theta) + (1 / tangentOfAngle);

    private static double SlopeAtAngle(double phi) =>
        (1 / ((Math.PI - phi) * (Math.PI - phi))) - (1 / (Math.Sin(phi) * Math.Sin(phi)));

    // 1/θ and cot θ cancel at small θ; the series' next term is below 1e-15 relative there.
    private static double LangevinNearZero(double theta)
    {
        double square = theta * theta;
        return theta > 0.1
            ? (1 / theta) - (1 / Math.Tan(theta))
            : theta * ((1 / 3.0) + (square * ((1 / 45.0) + (square * ((2 / 945.0) + (square * ((1 / 4725.0) + (square * 2 / 93555))))))));
    }

    private static double LangevinSlope(double theta)
    {
        double square = theta * theta;
        return theta > 0.1
            ? (1 / (Math.Sin(theta) * Math.Sin(theta))) - (1 / square)
            : (1 / 3.0) + (square * ((1 / 15.0) + (square * ((2 / 189.0) + (square * ((1 / 675.0) + (square * 2 / 10395)))))));
    }

    private static void Check(int inputDimension, double margin)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputDimension, 1);
        CheckFiniteAndNotNegative(margin, nameof(margin));
    }

    private static void CheckFiniteAndNotNegative(double value, string name)
    {
        if (!double.IsFinite(value) || value < 0)
        {
            throw new ArgumentOutOfRangeException(name, value, "The value must be finite and not negative.");
        }
    }
}
