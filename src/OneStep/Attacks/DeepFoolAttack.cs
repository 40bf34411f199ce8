using OneStep.Numerics;

namespace OneStep.Attacks;

/// <summary>
/// DeepFool [MFF16] for a scalar score: steps −f ∇f/‖∇f‖² to the zero of the linearisation until the sign flips, each enlarged
/// by the overshoot (docs/mathematics.md §14). The defaults are the published ones.
/// </summary>
public sealed record DeepFoolAttack : IMinimumNormAttack
{
    private const double LargestOvershoot = 10;

    /// <summary>Steps at most, at least 1. Default 50.</summary>
    public int MaximumSteps { get; init; } = 50;

    /// <summary>How much farther than the linearisation's zero δ goes, as a part of it, 0 to 10. Default 0.02.</summary>
    public double Overshoot { get; init; } = 0.02;

    /// <summary>Whether δ is at last shortened to the first sign change on its ray, exactly. Default false: the published attack.</summary>
    public bool Polish { get; init; }

    /// <inheritdoc/>
    public string Name => "deepfool";

    /// <inheritdoc/>
    public PerturbationCandidates Search(AttackInputs inputs, AttackExecution execution)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(execution);
        InvalidParameterException.Require(MaximumSteps >= 1, "maximum-steps", MaximumSteps, "an integer from 1 on");
        InvalidParameterException.Require(Overshoot is >= 0 and <= LargestOvershoot, "overshoot", Overshoot, "a number from 0 to 10");
        return IterativeSearch.Run(inputs, Name, Polish, execution, Attack);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name} (at most {MaximumSteps} steps, overshoot {Overshoot}{(Polish ? ", polished" : string.Empty)})";

    private void Attack(AttackBatch batch, SmallestPerturbations found)
    {
        for (int step = 0; step < MaximumSteps && batch.Count > 0; step++)
        {
            batch.ForEach((position, row) => StepOne(batch, position, row));
            batch.RemoveFinished();
            batch.Evaluate(gradients: step + 1 < MaximumSteps);
            for (int position = 0; position < batch.Count; position++)
            {
                if (batch.MarginAt(position) < 0)
                {
                    int row = batch.RowAt(position);
                    found.Keep(row, batch.Perturbations.Row(row), Vectors.Norm(batch.Perturbations.Row(row)));
                    batch.Finish(position);
                }
            }

            batch.RemoveFinished();
        }
    }

    private void StepOne(AttackBatch batch, int position, int row)
    {
        ReadOnlySpan<float> gradient = batch.Gradients.Row(position);
        float factor = (float)(-(1 + Overshoot) * batch.Scores[position] / Vectors.Dot(gradient, gradient));
        if (float.IsFinite(factor) && factor != 0)
        {
            Vectors.AddScaled(gradient, factor, batch.Perturbations.Row(row));
            batch.SetPoint(position);
        }
        else
        {
            // Without a gradient there is nowhere to go, and at a score of zero no need to.
            batch.Finish(position);
        }
    }
}
