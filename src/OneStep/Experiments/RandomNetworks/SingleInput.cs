using OneStep.Attacks;
using OneStep.Networks;
using OneStep.Numerics;

namespace OneStep.Experiments.RandomNetworks;

/// <summary>Attacks on a function at one input, whose prediction counts as its true label.</summary>
internal static class SingleInput
{
    /// <summary>What the function says of an input.</summary>
    /// <param name="function">The function.</param>
    /// <param name="input">x, [1, d].</param>
    /// <param name="execution">Threads and cancellation.</param>
    public static Classification Classify(IScoreFunction function, Matrix<float> input, AttackExecution execution)
    {
        // In float64, as the verifier sees it: a score next to zero is not to count as misclassified.
        BoundedScore[] score = new BoundedScore[1];
        var wide = new Matrix<double>(1, input.Columns);
        Vectors.Sum(input.Row(0), [], wide.Row(0));
        using (ScoreWorkspace workspace = function.CreateWorkspace(execution.Threads))
        {
            function.ScoresInDouble(wide, score, workspace, execution.Cancellation);
        }

        return Classification.Of(function, new(input, [score[0].Value < 0 ? -1 : 1]), execution);
    }

    /// <summary>The single step on one network.</summary>
    /// <param name="index">Which network it is.</param>
    /// <param name="function">The network.</param>
    /// <param name="input">x, [1, d].</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <param name="longest">The largest ‖δ‖/‖x‖ that counts.</param>
    public static RandomNetworkRow Step(
        int index, IScoreFunction function, Matrix<float> input, AttackExecution execution, double longest = double.PositiveInfinity)
    {
        Classification classification = Classify(function, input, execution);
        AttackResult result = AttackRunner.Run(new OneStepAttack { LongestRelativeStep = longest }, function, classification, execution);
        return RandomNetworkRow.Of(index, function.InputDimension, result.Examples[0]);
    }
}
