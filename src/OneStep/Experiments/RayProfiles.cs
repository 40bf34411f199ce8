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
        AttackedExample[] chosen = [.. Enumerable.Range(0, count).Select(i => flipped[count == 1 ? 0 : i * (flipped.Length - 1) / (count - 1)])];

        // All in one call: a network that draws its weights anew draws them once.
        var inputs = new Matrix<float>(count * Points, classification.Examples.Inputs.Columns);
        for (int i = 0; i < inputs.Rows; i++)
        {
            AttackedExample example = chosen[i / Points];
            SetPoint(inputs.Row(i), classification, attack, example, Lengths(example)[i % Points]);
        }

        double[] scores = new double[inputs.Rows];
        using ScoreWorkspace workspace = function.CreateWorkspace(execution.Threads);
        function.ScoresAndGradients(inputs, scores, gradients: null, workspace, execution.Cancellation);
        return [.. chosen.Select((example, i) => Profile(parameters, example, scores.AsSpan(i * Points, Points)))];
    }

    private static double[] Lengths(AttackedExample example) =>
        [.. Enumerable.Range(0, Points).Select(i => Reach * example.PerturbationNorm!.Value * i / (Points - 1))];

    private static void SetPoint(Span<float> point, Classification classification, AttackResult attack, AttackedExample example, double length)
    {
        Span<float> input = classification.Examples.Inputs.Row(example.Index);
        Span<float> perturbation = attack.Perturbations.Row(example.Index);
        double part = length / example.PerturbationNorm!.Value;
        for (int k = 0; k < point.Length; k++)
        {
            point[k] = (float)(input[k] + (part * perturbation[k]));
        }
    }

    private static RayProfile Profile(ExperimentParameters parameters, AttackedExample example, ReadOnlySpan<double> scores)
    {
        int sign = Math.Sign(example.Score);
        double[] lengths = Lengths(example);
        double[] along = new double[Points];
        for (int i = 0; i < Points; i++)
        {
            along[i] = sign * scores[i];
        }

        double[]? prediction = ResultBuilder.TheoryApplies(parameters)
            ? [.. lengths.Select(length => MeanField.ScoreAtLength(parameters.Dimension, Math.Abs(example.Score), length))]
            : null;
        return new(example.Index, example.PerturbationNorm!.Value, lengths, along, prediction);
    }
}
