using OneStep.Numerics.Elementary;

namespace OneStep.Training;

/// <summary>The logistic loss log(1 + e^{−z}) of a margin z = y f(x), without overflow (docs/mathematics.md §2).</summary>
public static class LogisticLoss
{
    /// <summary>log(1 + e^{−z}).</summary>
    public static double Value(double margin) => ElementaryFunctions.Softplus(-margin);

    /// <summary>The negative derivative, 1/(1 + e^{z}): how strongly an example pulls.</summary>
    public static double Pull(double margin) => ElementaryFunctions.Logistic(-margin);

    /// <summary>What scores say of labels together.</summary>
    /// <param name="scores">f(x_i), [n].</param>
    /// <param name="labels">y_i, −1 or +1, [n].</param>
    /// <returns>The mean loss, and the part classified correctly, 0 to 1.</returns>
    internal static (double Loss, double Accuracy) Evaluate(ReadOnlySpan<double> scores, ReadOnlySpan<int> labels)
    {
        double loss = 0;
        int correct = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            double margin = labels[i] * scores[i];
            loss += Value(margin);
            correct += margin > 0 ? 1 : 0;
        }

        return (loss / scores.Length, (double)correct / scores.Length);
    }
}
