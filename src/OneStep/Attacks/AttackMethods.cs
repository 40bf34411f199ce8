namespace OneStep.Attacks;

/// <summary>The minimum-norm attacks by the names that users type. A further one is a further entry.</summary>
public static class AttackMethods
{
    private static readonly NormKind[] EuclideanAlone = [NormKind.L2];
    private static readonly NormKind[] LargestChangeAlone = [NormKind.LInfinity];

    /// <summary>All of them, the single step first.</summary>
    public static IReadOnlyList<AttackMethod> All { get; } =
    [
        new("one-step", "one gradient step, exact", EuclideanAlone, [], _ => new OneStepAttack()),
        new("fgsm", "fast gradient sign, smallest ε, exact", LargestChangeAlone, [], _ => new MinimalFastGradientSign()),
        new("pgd", "projected gradient descent, smallest ε", [NormKind.L2, NormKind.LInfinity], [], ProjectedGradient),
        new("deepfool", "steps to the zero of the linearisation", EuclideanAlone, [], settings => new DeepFoolAttack { Polish = settings.Polish }),
        new("ddn", "decoupled direction and norm", EuclideanAlone, [], settings => new DecoupledDirectionNormAttack { Polish = settings.Polish }),
        new("fmn", "fast minimum-norm", EuclideanAlone, [], settings => new FastMinimumNormAttack { Polish = settings.Polish }),
        new("gradient-flow", "gradient flow in small steps", EuclideanAlone, [], _ => new GradientFlowAttack()),
        new("boundary-walk", "linearisation with exact rays along the boundary", EuclideanAlone, ["one-step"], settings => new BoundaryWalkAttack { Seed = settings.Seed }),
    ];

    /// <summary>The names, in the order of <see cref="All"/>.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(method => method.Name)];

    /// <summary>The method of a name.</summary>
    /// <exception cref="InvalidParameterException">There is none.</exception>
    public static AttackMethod Named(string name) =>
        All.FirstOrDefault(method => method.Name == name)
        ?? throw new InvalidParameterException("attack", name, $"one of {string.Join(", ", Names)}");

    private static BudgetSearch ProjectedGradient(AttackSettings settings) =>
        new(new ProjectedGradientAttack { Norm = settings.Norm ?? NormKind.L2, Seed = settings.Seed });
}

/// <summary>A minimum-norm attack that can be asked for by name.</summary>
/// <param name="Name">What users type.</param>
/// <param name="Description">What it does, in a few words.</param>
/// <param name="Norms">The norms it can make small, the usual one first.</param>
/// <param name="Contains">The methods from whose results it starts, so that it cannot be beaten by them: see
/// <see cref="ContainmentCheck"/>.</param>
/// <param name="Make">Makes the attack; <see cref="Create"/> checks the settings first.</param>
public sealed record AttackMethod(
    string Name, string Description, IReadOnlyList<NormKind> Norms, IReadOnlyList<string> Contains, Func<AttackSettings, IMinimumNormAttack> Make)
{
    /// <summary>Makes the attack.</summary>
    /// <param name="settings">What it shares with others; null for defaults.</param>
    /// <exception cref="InvalidParameterException">It cannot make that norm small.</exception>
    public IMinimumNormAttack Create(AttackSettings? settings = null)
    {
        AttackSettings own = settings ?? new();
        if (own.Norm is NormKind norm && !Norms.Contains(norm))
        {
            throw new InvalidParameterException("norm", norm, $"{string.Join(" or ", Norms)} for {Name}");
        }

        return Make(own with { Norm = own.Norm ?? Norms[0] });
    }
}

/// <summary>What attacks that are asked for by name have in common; each takes from it what it knows.</summary>
public sealed record AttackSettings
{
    /// <summary>The norm to make small; null, the default, for the method's usual one.</summary>
    public NormKind? Norm { get; init; }

    /// <summary>The seed of random starts.</summary>
    public ulong Seed { get; init; }

    /// <summary>Whether published attacks that end near the boundary are at last put on it exactly. Default false.</summary>
    public bool Polish { get; init; }
}
