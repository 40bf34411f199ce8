using OneStep.Attacks;
using OneStep.Networks;
using OneStep.Numerics;
using OneStep.Theory;

namespace OneStep.Experiments;

/// <summary>Samples the score along the rays of a few examples, for figures.</summary>
internal static class RayProfiles
{
    private const int Profiles = 5;
    private const int Points = 61;

    // Rays are drawn to this many times the flip, so that one sees what comes behind it.
    private const double Reach = 2;

    /// <summary>Profiles of flipped examples from the smallest ‖δ‖ to the largest, in equal steps of rank.</summary>
    public static IReadOnlyList<RayProfile> Of(
        ExperimentParameters parameters, IScoreFunction function, Classification classification, AttackResult attack, ExperimentExecution execution)
    {
        AttackedExample[] flipped =
            [.. attack.Examples.Where(e => e.Status == ExampleStatus.Flipped).OrderBy(e => e.PerturbationNorm).ThenBy(e => e.Index)];
        int count = Math.Min(Profiles, flipped.Length);
        using ScoreWorkspace workspace = function.CreateWorkspace(execution.Threads);
        return [.. Enumerable.Range(0, count)
            .Select(i => flipped[count == 1 ? 0 : i * (flipped.Length - 1) / (count - 1)])
            .Select(example => Sample(parameters, function, classification, attack, example, workspace, execution.Cancellation))];
    }

    private static RayProfile Sample(
        ExperimentParameters parameters,
        IScoreFunction function,
        Classification classification,
        AttackResult attack,
        AttackedExample example,
        ScoreWorkspace workspace,
        CancellationToken cancellation)
    {
        double flip = example.PerturbationNorm!.Value;
        double[] lengths = [.. Enumerable.Range(0, Points).Select(i => Reach * flip * i / (Points - 1))];
        Span<float> input = classification.Examples.Inputs.Row(example.Index);
        Span<float> perturbation = attack.Perturbations.Row(example.Index);
        var inputs = new Matrix<float>(Points, input.Length);
        for (int i = 0; i < Points; i++)
        {
            double part = lengths[i] / flip;
            Span<float> row = inputs.Row(i);
            for (int k = 0; k < row.Length; k++)
            {
                row[k] = (float)(input[k] + (part * perturbation[k]));
            }
        }

        double[] scores = new double[Points];
        function.ScoresAndGradients(inputs, scores, gradients: null, workspace, cancellation);
        int sign = Math.Sign(example.Score);
        double[]? prediction = ResultBuilder.TheoryApplies(parameters)
            ? [.. lengths.Select(length => MeanField.ScoreAtLength(parameters.Dimension, Math.Abs(example.Score), length))]
            : null;
        return new(example.Index, flip, lengths, [.. scores.Select(score => sign * score)], prediction);
    }
}
