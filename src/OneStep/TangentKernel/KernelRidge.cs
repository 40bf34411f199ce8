using OneStep.Data;
using OneStep.Numerics;

namespace OneStep.TangentKernel;

/// <summary>A predictor that was fitted, and how well.</summary>
/// <param name="Predictor">f.</param>
/// <param name="Steps">Newton steps taken, or steps of SGD; 1 for ridge regression, which is linear.</param>
/// <param name="Residual">The largest violation of the optimality condition of one example: of λ n α_i = y_i − f(x_i) for ridge
/// regression, of λ n α_i = y_i/(1 + e^{y_i f(x_i)}) for logistic regression, of the same with λ = 0 for SGD.</param>
/// <param name="TrainingScores">f(x_i) of the training examples, [n].</param>
public sealed record KernelFit(KernelPredictor Predictor, int Steps, double Residual, double[] TrainingScores);

/// <summary>What ridge regression needs to know.</summary>
public sealed record KernelRidgeOptions
{
    /// <summary>λ: the penalty λ‖f‖² against the mean squared error; finite and not negative. Default 10⁻³.</summary>
    public double Regularization { get; init; } = 1e-3;

    /// <summary>Checks every range.</summary>
    /// <exception cref="InvalidParameterException">A value is out of its range; the message names it.</exception>
    public void Validate() => InvalidParameterException.Require(
        double.IsFinite(Regularization) && Regularization >= 0, "regularization", Regularization, "a finite number from 0 on");
}

/// <summary>
/// Kernel ridge regression on the labels: the f that minimises (1/n) Σ (f(x_i) − y_i)² + λ‖f‖² over the kernel's space, by
/// (K + λ n I) α = y (docs/mathematics.md §18). For λ → 0 it is what gradient flow on the squared loss makes of an infinitely wide
/// network that starts at f = 0.
/// </summary>
public static class KernelRidge
{
    /// <summary>Fits a predictor. Takes 16 n² bytes of memory and n³/3 multiplications: n up to a few thousand.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="examples">The training examples.</param>
    /// <param name="options">λ.</param>
    /// <param name="execution">Threads, progress, cancellation.</param>
    /// <exception cref="OneStepException">K + λ n I is not positive definite in float64: λ is too small for inputs that are
    /// equal or nearly parallel.</exception>
    public static KernelFit Fit(ReluTangentKernel kernel, LabelledInputs examples, KernelRidgeOptions options, KernelExecution execution)
    {
        ArgumentNullException.ThrowIfNull(examples);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(execution);
        options.Validate();
        Matrix<double> gram = GramMatrix.Of(kernel, examples.Inputs, execution.Threads, execution.Cancellation);
        execution.Progress?.Report(new(0, double.NaN));
        double diagonal = options.Regularization * examples.Count;
        CholeskyFactor factor = RegularizedGram.Factor(gram, diagonal, options.Regularization, execution);
        double[] coefficients = [.. examples.Labels];
        factor.Solve(coefficients);
        double[] scores = RegularizedGram.Multiply(gram, coefficients, execution);
        double residual = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            residual = Math.Max(residual, Math.Abs(scores[i] + (diagonal * coefficients[i]) - examples.Labels[i]));
        }

        execution.Progress?.Report(new(1, residual));
        return new(new(kernel, examples.Inputs, coefficients), Steps: 1, residual, scores);
    }
}
