using OneStep.Numerics;

namespace OneStep.Attacks;

/// <summary>
/// The fast gradient sign method [GSS15] with the smallest ε that flips the prediction, found exactly along the ray:
/// δ = −ε sign(f(x)) sign(∇f(x)), with sign(0) = 0 (docs/mathematics.md §14). There is nothing to configure.
/// </summary>
public sealed class MinimalFastGradientSign : IMinimumNormAttack
{
    /// <inheritdoc/>
    public string Name => "fgsm";

    /// <inheritdoc/>
    public NormKind Norm => NormKind.LInfinity;

    /// <inheritdoc/>
    public PerturbationCandidates Search(AttackInputs inputs, AttackExecution execution)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(execution);
        var directions = new Matrix<float>(inputs.Inputs.Rows, inputs.Inputs.Columns);
        double[] expected = new double[directions.Rows];
        for (int i = 0; i < expected.Length; i++)
        {
            Vectors.SetSigns(inputs.Gradients.Row(i), -Math.Sign(inputs.Scores[i]), directions.Row(i));
            expected[i] = Math.Abs(inputs.Scores[i]) / Norm.DualOf(inputs.Gradients.Row(i));
        }

        return StraightSearch.Follow(inputs, directions, expected, Name, execution);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name} (smallest ε)";
}
