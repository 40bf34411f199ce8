namespace OneStep.Training.Deep;

/// <summary>The loss of one example in a network's outputs: logistic where there is one, else softmax.</summary>
internal static class OutputLoss
{
    /// <summary>Whether a label is one of those that a network with so many outputs learns.</summary>
    /// <param name="label">−1 or +1 for one output, else 0 to <paramref name="outputs"/> − 1.</param>
    /// <param name="outputs">How many outputs.</param>
    public static bool IsLabel(int label, int outputs) => outputs == 1 ? label is -1 or 1 : label >= 0 && label < outputs;

    /// <summary>Computes the loss and its gradient.</summary>
    /// <param name="outputs">z, [K].</param>
    /// <param name="label">The label: see <see cref="IsLabel"/>.</param>
    /// <param name="gradient">Receives the gradient in the outputs, [K].</param>
    /// <param name="correct">Whether the example is classified correctly; not where classes tie.</param>
    /// <returns>The loss; not a number where an output is not finite.</returns>
    public static double Evaluate(ReadOnlySpan<double> outputs, int label, Span<double> gradient, out bool correct)
    {
        correct = false;
        foreach (double output in outputs)
        {
            if (!double.IsFinite(output))
            {
                gradient.Clear();
                return double.NaN;
            }
        }

        if (outputs.Length == 1)
        {
            double margin = label * outputs[0];
            correct = margin > 0;
            gradient[0] = -label * LogisticLoss.Pull(margin);
            return LogisticLoss.Value(margin);
        }

        correct = SoftmaxLoss.Margin(outputs, label) > 0;
        return SoftmaxLoss.ValueAndGradient(outputs, label, gradient);
    }
}
