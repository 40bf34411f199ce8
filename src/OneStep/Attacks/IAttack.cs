using OneStep.Networks;
using OneStep.Numerics;

namespace OneStep.Attacks;

/// <summary>Looks for the smallest perturbation that flips each prediction: run once, it serves every budget.</summary>
/// <remarks>Constructor arguments are the whole configuration; <see cref="object.ToString"/> shows it.</remarks>
public interface IMinimumNormAttack
{
    /// <summary>The attack's name as users type it.</summary>
    string Name { get; }

    /// <summary>The norm that is made small.</summary>
    NormKind Norm => NormKind.L2;

    /// <summary>Finds candidates; <see cref="AttackRunner"/> verifies them.</summary>
    /// <param name="inputs">The inputs and their predictions. Only rows with a label and a direction are handed over.</param>
    /// <param name="execution">Threads, progress, cancellation.</param>
    PerturbationCandidates Search(AttackInputs inputs, AttackExecution execution);
}

/// <summary>Looks for a perturbation of norm at most ε that flips each prediction.</summary>
/// <remarks>Constructor arguments are the whole configuration; <see cref="object.ToString"/> shows it.</remarks>
public interface IFixedBudgetAttack
{
    /// <summary>The attack's name as users type it.</summary>
    string Name { get; }

    /// <summary>The norm in which ε is measured.</summary>
    NormKind Norm => NormKind.L2;

    /// <summary>Finds candidates; <see cref="AttackRunner"/> verifies them.</summary>
    /// <param name="inputs">The inputs and their predictions. Only rows with a label and a direction are handed over.</param>
    /// <param name="budgets">ε of every input, the largest norm allowed, finite and not negative, [n].</param>
    /// <param name="execution">Threads, progress, cancellation.</param>
    PerturbationCandidates Search(AttackInputs inputs, IReadOnlyList<double> budgets, AttackExecution execution);
}

/// <summary>Attacks with one budget for all inputs.</summary>
public static class FixedBudgetAttacks
{
    /// <summary>Finds candidates; <see cref="AttackRunner"/> verifies them.</summary>
    /// <param name="attack">The attack.</param>
    /// <param name="inputs">The inputs and their predictions. Only rows with a label and a direction are handed over.</param>
    /// <param name="budget">ε, the largest norm allowed, finite and not negative.</param>
    /// <param name="execution">Threads, progress, cancellation.</param>
    public static PerturbationCandidates Search(this IFixedBudgetAttack attack, AttackInputs inputs, double budget, AttackExecution execution)
    {
        ArgumentNullException.ThrowIfNull(attack);
        ArgumentNullException.ThrowIfNull(inputs);
        double[] budgets = new double[inputs.Inputs.Rows];
        Array.Fill(budgets, budget);
        return attack.Search(inputs, budgets, execution);
    }
}

/// <summary>What an attack works on.</summary>
/// <param name="Function">The function under attack.</param>
/// <param name="Inputs">The inputs x, [n, d].</param>
/// <param name="Scores">f(x) in the working precision, [n]; none is zero.</param>
/// <param name="Gradients">∇f(x), [n, d]; no row is zero.</param>
public sealed record AttackInputs(IScoreFunction Function, Matrix<float> Inputs, double[] Scores, Matrix<float> Gradients)
{
    /// <summary>Where each stands among all inputs, those included that cannot be attacked, [n]: what is random for an input may
    /// depend on it, and not on which others are misclassified. By default they are all.</summary>
    public IReadOnlyList<int> Positions { get; init; } = [.. Enumerable.Range(0, Inputs.Rows)];
}

/// <summary>How an attack runs; nothing here changes a result.</summary>
public sealed record AttackExecution
{
    /// <summary>How many threads may be used.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Told how many inputs are finished.</summary>
    public IProgress<AttackProgress>? Progress { get; init; }

    /// <summary>Ends the run early with an <see cref="OperationCanceledException"/>.</summary>
    public CancellationToken Cancellation { get; init; }
}

/// <summary>How far an attack is.</summary>
/// <param name="Stage">What is being done: the attack's name, or "verify".</param>
/// <param name="Finished">Inputs finished.</param>
/// <param name="Total">Inputs in all.</param>
public readonly record struct AttackProgress(string Stage, int Finished, int Total);

/// <summary>
/// What a search found, before verification: δ_i = Length_i · Direction_i. Keeping the two apart lets the verifier
/// adjust the length in float64.
/// </summary>
/// <param name="Directions">The directions u, [n, d].</param>
/// <param name="Crossings">The length t along each direction and the slope there, [n];
/// <see cref="RayCrossing.None"/> where nothing was found. A slope of 0 says that the length is not the verifier's to change.
/// Where there is a slope and a budget, u has length 1 in the attack's norm.</param>
public sealed record PerturbationCandidates(Matrix<float> Directions, RayCrossing[] Crossings)
{
    /// <summary>Whether the verifier takes each δ as it is where it flips, and only lengthens it, by a thousandth at most, where
    /// by the rounding of single precision it does not; otherwise it moves δ onto the boundary. Default false.</summary>
    public bool OnlyLengthened { get; init; }

    /// <summary>How each δ was reached, [n], by attacks that follow a path; null where that says nothing.</summary>
    public IReadOnlyList<SearchPath?>? Paths { get; init; }
}

/// <summary>The path from x to x + δ that a search took.</summary>
/// <param name="Steps">Its steps.</param>
/// <param name="Length">The sum of their ℓ2 lengths, at least ‖δ‖.</param>
public sealed record SearchPath(int Steps, double Length);
