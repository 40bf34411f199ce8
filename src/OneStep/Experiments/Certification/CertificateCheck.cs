using OneStep.Attacks;
using OneStep.Data;
using OneStep.Networks;
using OneStep.Numerics;

namespace OneStep.Experiments.Certification;

/// <summary>What a network says at perturbed inputs, in float64.</summary>
internal static class CertificateCheck
{
    /// <summary>y f(x + δ; W) with a bound on its error for every input that has a δ, null for the others.</summary>
    /// <param name="network">W.</param>
    /// <param name="inputs">x and y.</param>
    /// <param name="found">δ.</param>
    /// <param name="execution">Threads, cancellation.</param>
    public static BoundedScore?[] Margins(IScoreFunction network, LabelledInputs inputs, FoundPerturbations found, AttackExecution execution)
    {
        int[] rows = [.. Enumerable.Range(0, inputs.Count).Where(i => found.Norms[i] is not null)];
        BoundedScore?[] margins = new BoundedScore?[inputs.Count];
        using ScoreWorkspace workspace = network.CreateWorkspace(execution.Threads);
        foreach ((int first, int length) in Chunks.Of(rows.Length, inputs.Inputs.Columns))
        {
            var points = new Matrix<double>(length, inputs.Inputs.Columns);
            for (int i = 0; i < length; i++)
            {
                int row = rows[first + i];
                Vectors.Sum(inputs.Inputs.Row(row), found.Perturbations.Row(row), points.Row(i));
            }

            BoundedScore[] scores = new BoundedScore[length];
            network.ScoresInDouble(points, scores, workspace, execution.Cancellation);
            for (int i = 0; i < length; i++)
            {
                int row = rows[first + i];
                margins[row] = scores[i] with { Value = inputs.Labels[row] * scores[i].Value };
            }
        }

        return margins;
    }
}
