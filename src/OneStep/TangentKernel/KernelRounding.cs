using OneStep.Numerics;

namespace OneStep.TangentKernel;

/// <summary>A bound on the rounding error of a kernel predictor's score (docs/mathematics.md §18).</summary>
internal readonly struct KernelRounding
{
    // Covers the rounding of the bound itself.
    private const double Slack = 1.01;

    // Units of 2^-53 that an angle may be off once its cosine is known, and what the recursion loses.
    private const double AngleUnits = 32;
    private const double RecursionUnits = 1024;

    private readonly double _cosineError;
    private readonly double _largestAngleError;
    private readonly double _largestSlope;
    private readonly double _recursionError;
    private readonly double _sumError;

    /// <summary>Prepares the bound.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="dimension">d.</param>
    /// <param name="count">n.</param>
    public KernelRounding(ReluTangentKernel kernel, int dimension, int count)
    {
        double layers = kernel.Depth + 1;
        _cosineError = RoundingError.Gamma((4L * dimension) + 24);
        _largestAngleError = Math.PI / Math.Sqrt(2) * Math.Sqrt(_cosineError);
        _largestSlope = kernel.LargestSlope;
        _recursionError = Math.ScaleB(RecursionUnits * RoundingError.Unit * layers * layers * layers, -kernel.Depth);
        _sumError = RoundingError.Gamma(count + (2L * dimension) + 24);
    }

    /// <summary>A bound on the error of φ at a computed cosine.</summary>
    public double OfProfile(double cosine)
    {
        // Between the computed cosine and the exact one the arc cosine is Lipschitz, unless they may lie at its end.
        double outermost = Math.Min(Math.Abs(cosine), 1) + _cosineError;
        double angleError = outermost < 1
            ? Math.Min(_largestAngleError, _cosineError / Math.Sqrt((1 - outermost) * (1 + outermost)))
            : _largestAngleError;
        return (_largestSlope * (angleError + (AngleUnits * RoundingError.Unit))) + _recursionError;
    }

    /// <summary>A bound on the error of f(x)/‖x‖.</summary>
    /// <param name="magnitudes">Σ |α_i| ‖x_i‖ |φ_i|.</param>
    /// <param name="errors">Σ |α_i| ‖x_i‖ · <see cref="OfProfile"/>.</param>
    public double OfScore(double magnitudes, double errors) => Slack * ((_sumError * magnitudes) + errors);
}
