using OneStep.Networks;
using OneStep.Numerics;

namespace OneStep.Experiments;

/// <summary>What a score says of inputs by its sign, as the logistic model sees it.</summary>
internal static class BinaryPrediction
{
    /// <summary>The predicted label, −1 or +1, and 1/(1 + e^−|f|).</summary>
    public static Prediction[] Of(IScoreFunction function, Matrix<float> inputs, int threads, CancellationToken cancellation)
    {
        double[] scores = new double[inputs.Rows];
        using ScoreWorkspace workspace = function.CreateWorkspace(threads);
        function.ScoresAndGradients(inputs, scores, gradients: null, workspace, cancellation);
        return [.. scores.Select(Of)];
    }

    /// <summary>The same of one score.</summary>
    public static Prediction Of(double score) => new(score == 0 ? null : Math.Sign(score), 1 / (1 + Math.Exp(-Math.Abs(score))));
}
