using System.Diagnostics;
using OneStep.Networks;
using OneStep.Numerics;

namespace OneStep.Attacks;

/// <summary>The one way to run an attack: classify, search, verify.</summary>
public static class AttackRunner
{
    /// <summary>Runs a minimum-norm attack on every input that can be attacked.</summary>
    /// <param name="attack">The attack.</param>
    /// <param name="function">The function under attack.</param>
    /// <param name="classification">What the function says of the inputs.</param>
    /// <param name="execution">Threads, progress, cancellation.</param>
    public static AttackResult Run(
        IMinimumNormAttack attack, IScoreFunction function, Classification classification, AttackExecution execution)
    {
        ArgumentNullException.ThrowIfNull(attack);
        var region = new PerturbationRegion(double.PositiveInfinity, Clip: false, attack.Norm);
        return Run($"{attack}", function, classification, execution, region, inputs => attack.Search(inputs, execution));
    }

    /// <summary>Runs an attack with a budget on every input that can be attacked.</summary>
    /// <param name="attack">The attack.</param>
    /// <param name="budget">ε, the largest norm allowed, in the attack's norm, finite and not negative.</param>
    /// <param name="function">The function under attack.</param>
    /// <param name="classification">What the function says of the inputs.</param>
    /// <param name="execution">Threads, progress, cancellation.</param>
    /// <exception cref="InvalidOperationException">The attack is wrong: it made a perturbation beyond the budget.</exception>
    public static AttackResult Run(
        IFixedBudgetAttack attack, double budget, IScoreFunction function, Classification classification, AttackExecution execution)
    {
        ArgumentNullException.ThrowIfNull(attack);
        if (!double.IsFinite(budget) || budget < 0)
        {
            throw new InvalidParameterException("budget", budget, "a finite number from 0 on");
        }

        string name = FormattableString.Invariant($"{attack} within {budget}");
        var region = new PerturbationRegion(budget, Clip: false, attack.Norm);
        return Run(name, function, classification, execution, region, inputs => attack.Search(inputs, budget, execution));
    }

    private static AttackResult Run(
        string name,
        IScoreFunction function,
        Classification classification,
        AttackExecution execution,
        PerturbationRegion region,
        Func<AttackInputs, PerturbationCandidates> search)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(classification);
        ArgumentNullException.ThrowIfNull(execution);
        long start = Stopwatch.GetTimestamp();
        var counted = new CountedFunction(function);
        AttackInputs inputs = classification.AttackInputs(counted);
        PerturbationCandidates candidates = search(inputs);
        double attackSeconds = Stopwatch.GetElapsedTime(start).TotalSeconds;

        start = Stopwatch.GetTimestamp();
        var verifier = new FlipVerifier(function, execution);
        int[] rows = [.. classification.Attackable];
        BoundedScore[] scores = verifier.Scores(classification.Examples.Inputs, rows.Length);

        // The prediction itself must be certain, and the one the search saw.
        int[] signs = [.. rows.Select((row, i) => scores[row].CertainSign == Math.Sign(inputs.Scores[i]) ? scores[row].CertainSign : 0)];
        var found = new Matrix<float>(rows.Length, inputs.Inputs.Columns);
        (BoundedScore Score, bool Flipped)[] verdicts = verifier.Verify(inputs.Inputs, signs, candidates, region, found);
        RequireWithin(region, name, found);

        var perturbations = new Matrix<float>(classification.Examples.Count, inputs.Inputs.Columns);
        AttackedExample[] examples = [.. Enumerable.Range(0, classification.Examples.Count).Select(i => Describe(classification, scores, i))];
        for (int i = 0; i < rows.Length; i++)
        {
            if (signs[i] == 0)
            {
                examples[rows[i]] = examples[rows[i]] with { Status = ExampleStatus.NoLabel };
            }
            else if (candidates.Crossings[i].Exists)
            {
                found.Row(i).CopyTo(perturbations.Row(rows[i]));
                examples[rows[i]] = examples[rows[i]] with
                {
                    Status = verdicts[i].Flipped ? ExampleStatus.Flipped : ExampleStatus.Unverified,
                    PerturbationNorm = Vectors.Norm(found.Row(i)),
                    MaximumChange = NormKind.LInfinity.Of(found.Row(i)),
                    ChangedCoordinates = (int)NormKind.L0.Of(found.Row(i)),
                    Steps = candidates.Paths?[i]?.Steps,
                    PathLength = candidates.Paths?[i]?.Length,
                    AdversarialScore = verdicts[i].Score.Value,
                };
            }
        }

        return new(name, examples, perturbations, attackSeconds, Stopwatch.GetElapsedTime(start).TotalSeconds)
        {
            Norm = region.Norm,
            Passes = counted.Passes + new PassCounts(rows.Length, rows.Length),
        };
    }

    private static void RequireWithin(PerturbationRegion region, string name, Matrix<float> perturbations)
    {
        for (int i = 0; i < perturbations.Rows; i++)
        {
            double norm = region.Norm.Of(perturbations.Row(i));
            if (norm > region.Budget)
            {
                throw new InvalidOperationException(FormattableString.Invariant($"The attack '{name}' made a perturbation of norm {norm}, which is beyond its budget."));
            }
        }
    }

    private static AttackedExample Describe(Classification classification, BoundedScore[] scores, int i) => new()
    {
        Index = i,
        Label = classification.Examples.Labels[i],
        Status = classification.Statuses[i],
        Score = scores[i].Value,
        InputNorm = Vectors.Norm(classification.Examples.Inputs.Row(i)),
        GradientNorm = Vectors.Norm(classification.Gradients.Row(i)),
    };
}
