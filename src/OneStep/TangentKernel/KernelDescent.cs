using OneStep.Data;
using OneStep.Numerics;
using OneStep.Training;

namespace OneStep.TangentKernel;

/// <summary>
/// Minibatch SGD on the logistic loss in the space of functions, f ← f + (λ/|I|) Σ_{i in I} y_i/(1 + e^{y_i f(x_i)}) K(x_i, ·)
/// from f = 0: with the first-layer kernel of depth 1 what <see cref="LazyTrainer"/> without a ball makes, in as many steps and with
/// the same minibatches, of a network that starts antisymmetric, in the limit of infinite width (docs/mathematics.md §18).
/// </summary>
public static class KernelDescent
{
    /// <summary>Trains a predictor. Takes 8 n² bytes of memory and n² multiplications an epoch.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="examples">The n training examples, at least one, with labels −1 and +1.</param>
    /// <param name="options">The learning rate, the minibatches and the epochs; without a ball.</param>
    /// <param name="seed">The seed of the order of examples, as <see cref="LazyTrainer"/> has it.</param>
    /// <param name="execution">Threads, progress, cancellation.</param>
    /// <returns>f, the steps taken, and as residual how far f is from a minimum of the loss: the largest 1/(1 + e^{y_i f(x_i)}), which
    /// tends to 0 where SGD goes on for ever on examples that can be told apart.</returns>
    /// <exception cref="InvalidParameterException">An option is out of its range, or there is a ball.</exception>
    /// <exception cref="OneStepException">The kernel matrix is too large for one array, or numbers overflow: the learning rate is far
    /// too large.</exception>
    public static KernelFit Fit(ReluTangentKernel kernel, LabelledInputs examples, TrainingOptions options, ulong seed, KernelExecution execution)
    {
        ArgumentNullException.ThrowIfNull(examples);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(execution);
        ArgumentOutOfRangeException.ThrowIfZero(examples.Count, nameof(examples));
        LabelledInputs.RequireTwoClasses(examples);
        options.Validate();
        InvalidParameterException.Require(
            options.Ball == BallMode.None, "ball", $"{options.Ball}".ToLowerInvariant(), "none where a kernel is trained: it has no weights that a ball could hold");
        int capacity = Math.Min(options.Batch, examples.Count);
        var order = new ExampleOrder(seed, examples.Count, capacity);
        int steps = TrainingSteps.Count(options.Epochs, order.Batches);
        Matrix<double> gram = GramMatrix.Of(kernel, examples.Inputs, execution.Threads, execution.Cancellation);
        execution.Progress?.Report(new(0, double.NaN));
        double[] coefficients = new double[examples.Count];
        double[] additions = new double[capacity];
        for (int step = 0; step < steps; step++)
        {
            execution.Cancellation.ThrowIfCancellationRequested();
            ReadOnlySpan<int> batch = order.Of(step);
            double largest = 0;
            for (int k = 0; k < batch.Length; k++)
            {
                int label = examples.Labels[batch[k]];
                double score = RowProducts.Dot(gram.Row(batch[k]), coefficients);
                TrainingSteps.RequireFinite(Math.Abs(score) <= float.MaxValue, step, options.LearningRate);
                double pull = LogisticLoss.Pull(label * score);
                additions[k] = options.LearningRate / batch.Length * label * pull;
                largest = Math.Max(largest, pull);
            }

            // All scores of a minibatch come before its step.
            for (int k = 0; k < batch.Length; k++)
            {
                coefficients[batch[k]] += additions[k];
            }

            execution.Progress?.Report(new(step + 1, largest));
        }

        double[] scores = RegularizedGram.Multiply(gram, coefficients, execution);
        TrainingSteps.RequireFinite(Array.TrueForAll(scores, score => Math.Abs(score) <= float.MaxValue), steps, options.LearningRate);
        double residual = scores.Select((score, i) => LogisticLoss.Pull(examples.Labels[i] * score)).Max();
        return new(new(kernel, examples.Inputs, coefficients), steps, residual, scores);
    }
}
