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
        int count = inputs.Inputs.Rows;
        var directions = new Matrix<float>(count, inputs.Inputs.Columns);
        double[] expected = new double[count];
        for (int i = 0; i < count; i++)
        {
            double norm = Vectors.SetUnit(inputs.Gradients.Row(i), -Math.Sign(inputs.Scores[i]), directions.Row(i));
            expected[i] = Math.Abs(inputs.Scores[i]) / norm;
        }

        return StraightSearch.Follow(inputs, directions, expected, Name, execution);
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
