namespace OneStep.Theory;

/// <summary>
/// What the mean-field theory of the random initial network predicts for one input of unit norm, given only the
/// dimension d and the margin M = |f(x)| (docs/mathematics.md §4). There is no free parameter.
/// </summary>
/// <param name="GradientNorm">‖∇f‖ ≈ √(M² + (d − 1)/2).</param>
/// <param name="LinearStepSize">η of the linearised network.</param>
/// <param name="StepSize">η of the exact flip along the ray.</param>
public sealed record MeanFieldPrediction(double GradientNorm, double LinearStepSize, double StepSize)
{
    /// <summary>‖δ‖ = η ‖∇f‖ of the exact flip.</summary>
    public double PerturbationNorm => StepSize * GradientNorm;
}
