using OneStep.Networks;
using OneStep.Numerics;

namespace OneStep.Attacks;

/// <summary>
/// The poster's attack: one gradient step, δ = η ∇f(x) with the smallest |η| that flips the prediction, found exactly
/// along the ray (docs/mathematics.md §3). There is nothing to configure.
/// </summary>
public sealed class OneStepAttack : IMinimumNormAttack
{
    /// <inheritdoc/>
    public string Name => "one-step";

    /// <inheritdoc/>
    public PerturbationCandidates Search(AttackInputs inputs, AttackExecution execution)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(execution);
        using ScoreWorkspace workspace = inputs.Function.CreateWorkspace(execution.Threads);
        int count = inputs.Inputs.Rows;
        var directions = new Matrix<float>(count, inputs.Inputs.Columns);
        double[] expected = new double[count];
        for (int i = 0; i < count; i++)
        {
            double norm = Vectors.SetUnit(inputs.Gradients.Row(i), -Math.Sign(inputs.Scores[i]), directions.Row(i));
            expected[i] = Math.Abs(inputs.Scores[i]) / norm;
        }

        RayCrossing[] crossings = new RayCrossing[count];
        PassProgress? passes = PassProgress.Of(workspace, execution, Name, count);
        foreach ((int first, int length) in Chunks.Of(count, inputs.Inputs.Columns))
        {
            passes?.Enter(first, length);
            var rays = new RayBatch(inputs.Inputs.RowRange(first, length), directions.RowRange(first, length))
            {
                ExpectedLengths = expected[first..(first + length)],
            };
            inputs.Function.FirstSignChanges(rays, crossings.AsSpan(first, length), workspace, execution.Cancellation);
            passes?.Finish(first + length);
        }

        return new(directions, crossings);
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
