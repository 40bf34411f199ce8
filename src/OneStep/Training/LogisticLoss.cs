using OneStep.Numerics.Elementary;

namespace OneStep.Training;

/// <summary>The logistic loss log(1 + e^{−z}) of a margin z = y f(x), without overflow (docs/mathematics.md §2).</summary>
public static class LogisticLoss
{
    /// <summary>log(1 + e^{−z}).</summary>
    public static double Value(double margin) => ElementaryFunctions.Softplus(-margin);

    /// <summary>The negative derivative, 1/(1 + e^{z}): how strongly an example pulls.</summary>
    public static double Pull(double margin) => ElementaryFunctions.Logistic(-margin);
}
