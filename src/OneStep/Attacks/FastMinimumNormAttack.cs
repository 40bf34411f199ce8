using OneStep.Numerics;

namespace OneStep.Attacks;

/// <summary>
/// FMN, the fast minimum-norm attack [PBRB21], in ℓ2: normalised gradient steps within a ball whose radius ε is the distance to the
/// boundary of the linearisation as long as nothing adversarial was met, and then shrinks or grows by the part γ
/// (docs/mathematics.md §14). The defaults are the published ones. The shortest adversarial δ on the way is kept.
/// </summary>
public sealed record FastMinimumNormAttack : IMinimumNormAttack
{
    /// <summary>Gradient steps K, at least 1. Default 100.</summary>
    public int Steps { get; init; } = 100;

    /// <summary>The length of the first gradient step α, in units of the input, above 0, at most 1000000. Default 1.</summary>
    public double InitialStepSize { get; init; } = 1;

    /// <summary>The length that gradient steps fall to along half a cosine, above 0, at most 1000000. Default 0.01.</summary>
    public double FinalStepSize { get; init; } = 0.01;

    /// <summary>γ of the first step, by which part the radius changes, above 0 and below 1. Default 0.05.</summary>
    public double InitialNormChange { get; init; } = 0.05;

    /// <summary>What γ falls to along half a cosine, above 0 and below 1. Default 0.001.</summary>
    public double FinalNormChange { get; init; } = 0.001;

    /// <summary>Whether δ is at last shortened to the first sign change on its ray, exactly. Default false: the published attack.</summary>
    public bool Polish { get; init; }

    /// <inheritdoc/>
    public string Name => "fmn";

    /// <inheritdoc/>
    public PerturbationCandidates Search(AttackInputs inputs, AttackExecution execution)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(execution);
        InvalidParameterException.Require(Steps >= 1, "steps", Steps, "an integer from 1 on");
        ProjectedGradientAttack.RequireLength("initial-step-size", InitialStepSize);
        ProjectedGradientAttack.RequireLength("final-step-size", FinalStepSize);
        InvalidParameterException.Require(InitialNormChange is > 0 and < 1, "initial-norm-change", InitialNormChange, "a number above 0 and below 1");
        InvalidParameterException.Require(FinalNormChange is > 0 and < 1, "final-norm-change", FinalNormChange, "a number above 0 and below 1");
        return IterativeSearch.Run(inputs, Name, Polish, execution, Attack);
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Name} (steps {Steps}, step size {InitialStepSize} to {FinalStepSize}, norm change {InitialNormChange} to {FinalNormChange}{(Polish ? ", polished" : string.Empty)})";

    private void Attack(AttackBatch batch, SmallestPerturbations found)
    {
        double[] radii = new double[batch.Length];
        Array.Fill(radii, double.PositiveInfinity);
        for (int step = 0; step < Steps; step++)
        {
            double size = IterativeSearch.Annealed(InitialStepSize, FinalStepSize, step, Steps);
            double change = IterativeSearch.Annealed(InitialNormChange, FinalNormChange, step, Steps);
            batch.ForEach((position, row) =>
            {
                SetRadius(batch, found, position, row, change, ref radii[row]);
                StepOne(batch, position, row, size, radii[row]);
            });
            batch.Evaluate(gradients: step + 1 < Steps);
        }

        batch.ForEach((position, row) => KeepIfAdversarial(batch, found, position, row));
    }

    /// <summary>Keeps what is adversarial and sets the radius ε of the next step.</summary>
    private static void SetRadius(AttackBatch batch, SmallestPerturbations found, int position, int row, double change, ref double radius)
    {
        if (KeepIfAdversarial(batch, found, position, row))
        {
            radius = Math.Min(radius * (1 - change), found.Norms[row]);
        }
        else if (found.Exists(row))
        {
            radius *= 1 + change;
        }
        else
        {
            // Where the linearisation has no boundary, there is no bound either.
            double distance = batch.MissingAt(position) / Vectors.Norm(batch.Gradients.Row(position));
            radius = Vectors.Norm(batch.Perturbations.Row(row)) + distance;
        }
    }

    private static bool KeepIfAdversarial(AttackBatch batch, SmallestPerturbations found, int position, int row)
    {
        if (!batch.IsAdversarial(position))
        {
            return false;
        }

        found.Keep(row, batch.Perturbations.Row(row), Vectors.Norm(batch.Perturbations.Row(row)));
        return true;
    }

    private static void StepOne(AttackBatch batch, int position, int row, double size, double radius)
    {
        ReadOnlySpan<float> gradient = batch.Gradients.Row(position);
        Span<float> perturbation = batch.Perturbations.Row(row);
        float factor = (float)(-batch.SignOf(row) * size / Vectors.Norm(gradient));
        if (float.IsFinite(factor))
        {
            Vectors.AddScaled(gradient, factor, perturbation);
        }

        if (Vectors.Norm(perturbation) > radius)
        {
            Vectors.SetUnit(perturbation, radius, perturbation);
        }

        batch.SetPoint(position);
    }
}
