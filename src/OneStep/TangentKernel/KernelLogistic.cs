using OneStep.Data;
using OneStep.Numerics;
using OneStep.Training;

namespace OneStep.TangentKernel;

/// <summary>What logistic regression needs to know.</summary>
public sealed record KernelLogisticOptions
{
    /// <summary>λ: the penalty (λ/2)‖f‖² against the mean loss; finite and positive. Default 10⁻³.</summary>
    public double Regularization { get; init; } = 1e-3;

    /// <summary>The largest violation of the optimality condition of any example, |λ n α_i − y_i/(1 + e^{y_i f(x_i)})|, at which the
    /// fit ends; the second term lies between −1 and 1. From 10⁻¹² to 10⁻¹. Default 10⁻⁹.</summary>
    public double Tolerance { get; init; } = 1e-9;

    /// <summary>The most Newton steps, from 1 to 1000. Default 100.</summary>
    public int Steps { get; init; } = 100;

    /// <summary>Checks every range.</summary>
    /// <exception cref="InvalidParameterException">A value is out of its range; the message names it.</exception>
    public void Validate()
    {
        InvalidParameterException.Require(
            double.IsFinite(Regularization) && Regularization > 0, "regularization", Regularization, "a finite number above 0");
        InvalidParameterException.Require(Tolerance is >= 1e-12 and <= 0.1, "tolerance", Tolerance, "a number from 1E-12 to 0.1");
        InvalidParameterException.Require(Steps is >= 1 and <= 1000, "steps", Steps, "an integer from 1 to 1000");
    }
}

/// <summary>
/// Kernel logistic regression: the f that minimises (1/n) Σ log(1 + e^{−y_i f(x_i)}) + (λ/2)‖f‖² over the kernel's space, by
/// Newton's method with halved steps (docs/mathematics.md §18).
/// </summary>
public static class KernelLogistic
{
    // A step is taken that gains this part of what its slope promises.
    private const double SufficientDecrease = 1e-4;
    private const int MostHalvings = 60;

    // Near the optimum the objective no longer tells steps apart, but the residual does.
    private const double ObjectiveRounding = 1e-13;

    /// <summary>Fits a predictor. Takes 16 n² bytes of memory and n³/3 multiplications a step: n up to a few thousand.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="examples">The training examples, with labels −1 and +1.</param>
    /// <param name="options">λ, the tolerance and the most steps.</param>
    /// <param name="execution">Threads, progress, cancellation.</param>
    /// <exception cref="OneStepException">The tolerance was not reached.</exception>
    public static KernelFit Fit(ReluTangentKernel kernel, LabelledInputs examples, KernelLogisticOptions options, KernelExecution execution)
    {
        ArgumentNullException.ThrowIfNull(examples);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(execution);
        options.Validate();
        LabelledInputs.RequireTwoClasses(examples);
        Matrix<double> gram = GramMatrix.Of(kernel, examples.Inputs, execution.Threads, execution.Cancellation);
        int n = examples.Count;
        double diagonal = options.Regularization * n;
        var current = new Iterate(new double[n], new double[n]);
        double[] residuals = new double[n];
        double residual = Residuals(current, examples.Labels, diagonal, residuals);
        int step = 0;
        for (; residual > options.Tolerance && step < options.Steps; step++)
        {
            execution.Progress?.Report(new(step, residual));
            double[] direction = Direction(gram, current, residuals, diagonal, options.Regularization, execution);
            double[] change = RegularizedGram.Multiply(gram, direction, execution);

            // The slope of n times the objective: its gradient is K · residuals.
            double slope = RowProducts.Dot(change, residuals);
            current = LineSearch(current, new(direction, change), slope, examples.Labels, diagonal);
            residual = Residuals(current, examples.Labels, diagonal, residuals);
        }

        execution.Progress?.Report(new(step, residual));
        return residual <= options.Tolerance
            ? new(new(kernel, examples.Inputs, current.Coefficients), step, residual, current.Scores)
            : throw new OneStepException(FormattableString.Invariant(
                $"Kernel logistic regression with regularization {options.Regularization} is at {residual:G3} after {step} steps, not at the tolerance {options.Tolerance}."));
    }

    /// <summary>λ n α_i − y_i/(1 + e^{y_i f_i}), and the largest size of them.</summary>
    private static double Residuals(Iterate current, int[] labels, double diagonal, double[] residuals)
    {
        double largest = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            residuals[i] = (diagonal * current.Coefficients[i]) - (labels[i] * LogisticLoss.Pull(labels[i] * current.Scores[i]));
            largest = Math.Max(largest, Math.Abs(residuals[i]));
        }

        return largest;
    }

    /// <summary>−(λ n I + S² K)⁻¹ r = −(r − S (λ n I + S K S)⁻¹ S K r)/(λ n), S² the weights p(1 − p): a symmetric matrix to factor
    /// that λ n bounds from below, however small the weights.</summary>
    private static double[] Direction(
        Matrix<double> gram, Iterate current, double[] residuals, double diagonal, double regularization, KernelExecution execution)
    {
        int n = gram.Rows;
        double[] roots = new double[n];
        for (int i = 0; i < n; i++)
        {
            // p(1 − p) is even in f, and so are both factors together.
            roots[i] = Math.Sqrt(LogisticLoss.Pull(current.Scores[i]) * LogisticLoss.Pull(-current.Scores[i]));
        }

        var matrix = new Matrix<double>(n, n);
        for (int i = 0; i < n; i++)
        {
            ReadOnlySpan<double> from = gram.Row(i);
            Span<double> to = matrix.Row(i);
            for (int j = 0; j <= i; j++)
            {
                to[j] = roots[i] * roots[j] * from[j];
            }

            to[i] += diagonal;
        }

        double[] solved = RegularizedGram.Multiply(gram, residuals, execution);
        Multiply(roots, solved);
        RegularizedGram.Factor(matrix, regularization, execution).Solve(solved);
        Multiply(roots, solved);
        for (int i = 0; i < n; i++)
        {
            solved[i] = (solved[i] - residuals[i]) / diagonal;
        }

        return solved;
    }

    private static Iterate LineSearch(Iterate current, Iterate direction, double slope, int[] labels, double diagonal)
    {
        double objective = Objective(current, labels, diagonal);
        double part = 1;
        for (int halving = 0; halving < MostHalvings; halving++, part /= 2)
        {
            Iterate next = current.Moved(direction, part);
            double allowed = objective + (SufficientDecrease * part * slope) + (ObjectiveRounding * Math.Abs(objective));
            if (Objective(next, labels, diagonal) <= allowed)
            {
                return next;
            }
        }

        return current;
    }

    /// <summary>n times the objective: Σ loss + (λ n/2) αᵀ K α.</summary>
    private static double Objective(Iterate at, int[] labels, double diagonal)
    {
        double loss = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            loss += LogisticLoss.Value(labels[i] * at.Scores[i]);
        }

        return loss + (0.5 * diagonal * RowProducts.Dot(at.Coefficients, at.Scores));
    }

    private static void Multiply(double[] factors, double[] values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] *= factors[i];
        }
    }

    /// <summary>α and f = K α.</summary>
    private sealed record Iterate(double[] Coefficients, double[] Scores)
    {
        public Iterate Moved(Iterate direction, double part) => new(
            [.. Coefficients.Zip(direction.Coefficients, (a, b) => a + (part * b))],
            [.. Scores.Zip(direction.Scores, (a, b) => a + (part * b))]);
    }
}
