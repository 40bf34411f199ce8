using OneStep.Networks;
using OneStep.Numerics;

namespace OneStep.Attacks;

/// <summary>
/// The fast gradient sign method [GSS15]: δ = −ε sign(f(x)) sign(∇f(x)), ε in ℓ∞, with sign(0) = 0 (docs/mathematics.md §14).
/// <see cref="MinimalFastGradientSign"/> finds the smallest ε.
/// </summary>
public sealed record FastGradientSignAttack : IFixedBudgetAttack
{
    /// <summary>Whether x + δ must stay in [0, 1] in every coordinate. Default false.</summary>
    public bool Clip { get; init; }

    /// <inheritdoc/>
    public string Name => "fgsm";

    /// <inheritdoc/>
    public NormKind Norm => NormKind.LInfinity;

    /// <inheritdoc/>
    public PerturbationCandidates Search(AttackInputs inputs, IReadOnlyList<double> budgets, AttackExecution execution)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(budgets);
        ArgumentNullException.ThrowIfNull(execution);
        ProjectedGradientAttack.RequireBudgets(budgets);
        int count = inputs.Inputs.Rows;
        var perturbations = new Matrix<float>(count, inputs.Inputs.Columns);
        RayCrossing[] crossings = new RayCrossing[count];
        double[] scores = new double[count];
        using ScoreWorkspace workspace = inputs.Function.CreateWorkspace(execution.Threads);
        PassProgress? passes = PassProgress.Of(workspace, execution, Name, count);
        foreach ((int first, int length) in Chunks.Of(count, inputs.Inputs.Columns))
        {
            passes?.Enter(first, length);
            var points = new Matrix<float>(length, inputs.Inputs.Columns);
            for (int i = 0; i < length; i++)
            {
                int row = first + i;
                Vectors.SetSigns(inputs.Gradients.Row(row), (float)(-Math.Sign(inputs.Scores[row]) * budgets[row]), perturbations.Row(row));
                new PerturbationRegion(budgets[row], Clip, Norm).Project(inputs.Inputs.Row(row), perturbations.Row(row));
                Vectors.Sum(inputs.Inputs.Row(row), perturbations.Row(row), points.Row(i));
            }

            inputs.Function.ScoresAndGradients(points, scores.AsSpan(first, length), gradients: null, workspace, execution.Cancellation);
            passes?.Finish(first + length);
        }

        for (int i = 0; i < count; i++)
        {
            // δ stands in the direction as it is: its length is not the verifier's to change.
            crossings[i] = Math.Sign(inputs.Scores[i]) * scores[i] < 0 ? new(1, 0) : RayCrossing.None;
        }

        return new(perturbations, crossings);
    }

    /// <inheritdoc/>
    public override string ToString() => Clip ? $"{Name} (clipped)" : Name;
}
