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
        ExperimentParameters parameters, ModelClassification inputs, AttackResult attack, ExperimentExecution execution)
    {
        AttackedExample[] flipped =
            [.. attack.Examples.Where(e => e.Status == ExampleStatus.Flipped).OrderBy(e => e.PerturbationNorm).ThenBy(e => e.Index)];
        int count = Math.Min(Profiles, flipped.Length);
        AttackedExample[] chosen = [.. Enumerable.Range(0, count).Select(i => flipped[count == 1 ? 0 : i * (flipped.Length - 1) / (count - 1)])];
        return
        [
            .. inputs.Parts.SelectMany(part => Of(parameters, part.Function, [.. chosen.Where(e => part.Rows.AsSpan().BinarySearch(e.Index) >= 0)], inputs, attack, execution))
                .OrderBy(profile => profile.FlipLength).ThenBy(profile => profile.Index),
        ];
    }

    private static IEnumerable<RayProfile> Of(
        ExperimentParameters parameters,
        IScoreFunction function,
        AttackedExample[] chosen,
        ModelClassification inputs,
        AttackResult attack,
        ExperimentExecution execution)
    {
        // All in one call: a network that draws its weights anew draws them once.
        var points = new Matrix<float>(chosen.Length * Points, inputs.Inputs.Inputs.Columns);
        for (int i = 0; i < points.Rows; i++)
        {
            AttackedExample example = chosen[i / Points];
            SetPoint(points.Row(i), inputs.Inputs.Inputs.Row(example.Index), attack.Perturbations.Row(example.Index), example, Lengths(example)[i % Points]);
        }

        double[] scores = new double[points.Rows];
        using ScoreWorkspace workspace = function.CreateWorkspace(execution.Threads);
        function.ScoresAndGradients(points, scores, gradients: null, workspace, execution.Cancellation);
        return [.. chosen.Select((example, i) => Profile(parameters, example, scores.AsSpan(i * Points, Points)))];
    }

    private static double[] Lengths(AttackedExample example) =>
        [.. Enumerable.Range(0, Points).Select(i => Reach * example.PerturbationNorm!.Value * i / (Points - 1))];

    private static void SetPoint(Span<float> point, ReadOnlySpan<float> input, ReadOnlySpan<float> perturbation, AttackedExample example, double length)
    {
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
