using OneStep.Numerics;

namespace OneStep.Attacks;

/// <summary>
/// DDN, decoupled direction and norm [RHAKF19]: gradient steps decide the direction of δ, and its length ε shrinks by the part γ
/// where δ is adversarial and grows by it where it is not (docs/mathematics.md §14). The defaults are the published ones; values
/// are not quantised. The shortest adversarial δ on the way is kept.
/// </summary>
public sealed record DecoupledDirectionNormAttack : IMinimumNormAttack
{
    /// <summary>Gradient steps K, at least 1. Default 100.</summary>
    public int Steps { get; init; } = 100;

    /// <summary>γ, by which part the length changes in a step, above 0 and below 1. Default 0.05.</summary>
    public double NormChange { get; init; } = 0.05;

    /// <summary>The length ε at the start, in units of the input, above 0, at most 1000000. Default 1.</summary>
    public double InitialNorm { get; init; } = 1;

    /// <summary>The length of the first gradient step, in units of the input, above 0, at most 1000000. Default 1.</summary>
    public double InitialStepSize { get; init; } = 1;

    /// <summary>The length that gradient steps fall to along half a cosine, above 0, at most 1000000. Default 0.01.</summary>
    public double FinalStepSize { get; init; } = 0.01;

    /// <summary>Whether δ is at last shortened to the first sign change on its ray, exactly. Default false: the published attack.</summary>
    public bool Polish { get; init; }

    /// <inheritdoc/>
    public string Name => "ddn";

    /// <inheritdoc/>
    public PerturbationCandidates Search(AttackInputs inputs, AttackExecution execution)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(execution);
        InvalidParameterException.Require(Steps >= 1, "steps", Steps, "an integer from 1 on");
        InvalidParameterException.Require(NormChange is > 0 and < 1, "norm-change", NormChange, "a number above 0 and below 1");
        ProjectedGradientAttack.RequireLength("initial-norm", InitialNorm);
        ProjectedGradientAttack.RequireLength("initial-step-size", InitialStepSize);
        ProjectedGradientAttack.RequireLength("final-step-size", FinalStepSize);
        return IterativeSearch.Run(inputs, Name, Polish, execution, Attack);
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Name} (steps {Steps}, norm change {NormChange}, initial norm {InitialNorm}, step size {InitialStepSize} to {FinalStepSize}{(Polish ? ", polished" : string.Empty)})";

    private void Attack(AttackBatch batch, SmallestPerturbations found)
    {
        double[] lengths = new double[batch.Length];
        Array.Fill(lengths, InitialNorm);
        for (int step = 0; step < Steps; step++)
        {
            double size = IterativeSearch.Annealed(InitialStepSize, FinalStepSize, step, Steps);
            batch.ForEach((position, row) => StepOne(batch, position, row, size, ref lengths[row]));
            batch.Evaluate(gradients: step + 1 < Steps);
            batch.ForEach((position, row) => KeepIfAdversarial(batch, found, position, row));
        }
    }

    private static void KeepIfAdversarial(AttackBatch batch, SmallestPerturbations found, int position, int row)
    {
        if (batch.IsAdversarial(position))
        {
            found.Keep(row, batch.Perturbations.Row(row), Vectors.Norm(batch.Perturbations.Row(row)));
        }
    }

    private void StepOne(AttackBatch batch, int position, int row, double size, ref double length)
    {
        ReadOnlySpan<float> gradient = batch.Gradients.Row(position);
        Span<float> perturbation = batch.Perturbations.Row(row);
        float factor = (float)(-batch.SignOf(row) * size / Vectors.Norm(gradient));
        if (float.IsFinite(factor))
        {
            Vectors.AddScaled(gradient, factor, perturbation);
        }

        length = Math.Min(length * (batch.IsAdversarial(position) ? 1 - NormChange : 1 + NormChange), ProjectedGradientAttack.Largest);
        Vectors.SetUnit(perturbation, length, perturbation);
        batch.SetPoint(position);
    }
}
