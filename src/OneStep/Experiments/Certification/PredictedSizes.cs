using OneStep.Networks;
using OneStep.Theory;

namespace OneStep.Experiments.Certification;

/// <summary>What theory predicts of ‖δ‖ for one input (docs/mathematics.md §4, §5): random initial weights, no biases, inputs of unit norm.</summary>
/// <param name="dimension">d.</param>
/// <param name="c0">m^{-1/2} Σ V_s.</param>
internal sealed class PredictedSizes(int dimension, double c0)
{
    /// <summary>Whether theory speaks of such a network and its inputs.</summary>
    public static bool Speaks(ExperimentParameters parameters) =>
        parameters is { IsDeep: false, Normalize: true, Bias: false, Dimension: >= 2, Initialization: InitializationKind.Standard };

    /// <summary>‖δ‖; null for kinds and inputs that theory does not speak of, and where no length is expected to suffice.</summary>
    /// <param name="kind">The kind of perturbation.</param>
    /// <param name="margin">y f(x; W), not negative.</param>
    /// <param name="initialMargin">y f(x; W0); null where there is none.</param>
    public double? Of(PerturbationKind kind, double margin, double? initialMargin) => kind switch
    {
        PerturbationKind.OneStep => MeanField.Predict(dimension, margin).PerturbationNorm,
        PerturbationKind.BallWide when initialMargin is >= 0 and var initial => BallWidePrediction.AlongGradient(dimension, initial, c0),
        PerturbationKind.Universal when initialMargin is >= 0 and var initial => BallWidePrediction.AlongOutputWeights(dimension, initial, c0),
        _ => null,
    };
}
