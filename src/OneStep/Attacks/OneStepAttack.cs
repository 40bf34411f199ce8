using OneStep.Numerics;

namespace OneStep.Attacks;

/// <summary>
/// The poster's attack: one gradient step, δ = η ∇f(x) with the smallest |η| that flips the prediction, found exactly
/// along the ray (docs/mathematics.md §3).
/// </summary>
public sealed class OneStepAttack : IMinimumNormAttack
{
    /// <summary>‖δ‖/‖x‖ beyond which nothing is looked for, positive. Default +∞: the whole ray, which takes long on deep networks
    /// where nothing is found.</summary>
    public double LongestRelativeStep { get; init; } = double.PositiveInfinity;

    /// <inheritdoc/>
    public string Name => "one-step";

    /// <inheritdoc/>
    /// <exception cref="InvalidParameterException">The longest step is not positive.</exception>
    public PerturbationCandidates Search(AttackInputs inputs, AttackExecution execution)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(execution);
        InvalidParameterException.Require(LongestRelativeStep > 0, "longest-relative-step", LongestRelativeStep, "a positive number");
        int count = inputs.Inputs.Rows;
        var directions = new Matrix<float>(count, inputs.Inputs.Columns);
        double[] expected = new double[count];
        for (int i = 0; i < count; i++)
        {
            double norm = Vectors.SetUnit(inputs.Gradients.Row(i), -Math.Sign(inputs.Scores[i]), directions.Row(i));
            expected[i] = Math.Abs(inputs.Scores[i]) / norm;
        }

        double[]? limits = double.IsPositiveInfinity(LongestRelativeStep)
            ? null
            : [.. Enumerable.Range(0, count).Select(i => LongestRelativeStep * Vectors.Norm(inputs.Inputs.Row(i)))];
        return StraightSearch.Follow(inputs, directions, expected, Name, execution, limits);
    }

    /// <inheritdoc/>
    public override string ToString() => double.IsPositiveInfinity(LongestRelativeStep)
        ? Name
        : FormattableString.Invariant($"{Name} (at most {LongestRelativeStep} of the input's norm)");
}
