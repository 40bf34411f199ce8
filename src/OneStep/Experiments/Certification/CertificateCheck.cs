using OneStep.Attacks;
using OneStep.Data;
using OneStep.Networks;
using OneStep.Numerics;

namespace OneStep.Experiments.Certification;

/// <summary>What a network says at perturbed inputs, in float64.</summary>
internal static class CertificateCheck
{
    /// <summary>y f(x) with a bound on its error, [n].</summary>
    /// <param name="inputs">The inputs, each with its own function f.</param>
    /// <param name="execution">Threads, cancellation.</param>
    public static BoundedScore[] Margins(ModelClassification inputs, AttackExecution execution)
    {
        BoundedScore[] margins = new BoundedScore[inputs.Inputs.Count];
        foreach (ClassPart part in inputs.Parts)
        {
            Put(Margins(part.Function, part.Classification.Examples, execution), part.Rows, margins);
        }

        return margins;
    }

    /// <summary>The same of one function for all inputs.</summary>
    public static BoundedScore[] Margins(IScoreFunction network, LabelledInputs inputs, AttackExecution execution) =>
        [.. new FlipVerifier(network, execution).Scores(inputs.Inputs, inputs.Count).Select((score, i) => score with { Value = inputs.Labels[i] * score.Value })];

    /// <summary>y f(x + δ) with a bound on its error for every input that has a δ, null for the others.</summary>
    /// <param name="inputs">The inputs, each with its own function f.</param>
    /// <param name="found">δ.</param>
    /// <param name="execution">Threads, cancellation.</param>
    public static BoundedScore?[] Margins(ModelClassification inputs, FoundPerturbations found, AttackExecution execution)
    {
        BoundedScore?[] margins = new BoundedScore?[inputs.Inputs.Count];
        foreach (ClassPart part in inputs.Parts)
        {
            Put(Margins(part.Function, part.Classification.Examples, found.Select(part.Rows), execution), part.Rows, margins);
        }

        return margins;
    }

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

    private static void Put<T>(T[] values, int[] rows, T[] all)
    {
        for (int i = 0; i < rows.Length; i++)
        {
            all[rows[i]] = values[i];
        }
    }
}
