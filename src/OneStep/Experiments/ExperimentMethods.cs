using OneStep.Attacks;

namespace OneStep.Experiments;

/// <summary>What experiments and comparisons let users choose of the attacks in <see cref="AttackMethods"/>.</summary>
public static class ExperimentMethods
{
    // Minutes, not seconds, for a hundred images: only where it is asked for.
    private static readonly string[] NotCompared = ["hamming", "exact-gradient-flow"];

    /// <summary>The names, in the order in which a comparison shows them.</summary>
    public static IReadOnlyList<string> Names => AttackMethods.Names;

    /// <summary>What a name must be, to be read after "must be".</summary>
    public static string Range { get; } = "one of " + string.Join(", ", AttackMethods.Names);

    /// <summary>What a list of names must be, to be read after "must be".</summary>
    public static string ListRange { get; } = "names between commas, each once, of " + string.Join(", ", AttackMethods.Names);

    /// <summary>What a comparison runs unless told otherwise.</summary>
    public static IReadOnlyList<string> Compared { get; } = [.. AttackMethods.Names.Except(NotCompared)];

    /// <summary>The norm in which a method makes perturbations small unless told otherwise.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    public static NormKind NormOf(string name) => AttackMethods.Named(name).Norms[0];

    /// <summary>Reads names between commas.</summary>
    /// <exception cref="InvalidParameterException">There is none, one is unknown, or one stands twice.</exception>
    public static IReadOnlyList<string> ParseList(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] names = text.Split(',');
        RequireList(names);
        return names;
    }

    /// <summary>Checks a list of names.</summary>
    internal static void RequireList(IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        InvalidParameterException.Require(
            names.Count > 0 && names.All(Names.Contains) && names.Distinct().Count() == names.Count, "methods", $"'{string.Join(',', names)}'", ListRange);
    }

    /// <summary>Whether a method can look within a budget.</summary>
    internal static bool TakesBudget(string name) => name is "fgsm" or "pgd";

    /// <summary>Whether a method knows more than one norm.</summary>
    internal static bool TakesNorm(string name) => AttackMethods.Named(name).Norms.Count > 1;

    /// <summary>Whether a method takes a number of steps that may be chosen.</summary>
    internal static bool TakesSteps(string name) => name is "pgd" or "deepfool" or "ddn" or "fmn" or "gradient-flow" or "boundary-walk";

    /// <summary>Whether a method's changes are a number times signs, as those of the fast gradient sign method.</summary>
    internal static bool IsSigns(string name) => name == "fgsm";

    /// <summary>The attack that looks for the smallest flip.</summary>
    internal static IMinimumNormAttack Smallest(MethodOptions options, ulong seed)
    {
        IMinimumNormAttack attack = AttackMethods.Named(options.Name).Create(new() { Norm = options.Norm, Seed = seed });
        return options.Steps is int steps ? WithSteps(attack, steps) : attack;
    }

    /// <summary>The attack that looks within a budget.</summary>
    internal static IFixedBudgetAttack WithinBudget(MethodOptions options, ulong seed)
    {
        if (options.Name == "fgsm")
        {
            return new FastGradientSignAttack();
        }

        var attack = new ProjectedGradientAttack { Norm = options.Norm ?? NormKind.L2, Seed = seed };
        return options.Steps is int steps ? attack with { Steps = steps } : attack;
    }

    private static IMinimumNormAttack WithSteps(IMinimumNormAttack attack, int steps) => attack switch
    {
        BudgetSearch { Attack: ProjectedGradientAttack inner } search => search with { Attack = inner with { Steps = steps } },
        DeepFoolAttack deepFool => deepFool with { MaximumSteps = steps },
        DecoupledDirectionNormAttack decoupled => decoupled with { Steps = steps },
        FastMinimumNormAttack fast => fast with { Steps = steps },
        GradientFlowAttack flow => flow with { MaximumSteps = steps },
        BoundaryWalkAttack walk => walk with { Steps = steps },
        _ => throw new InvalidParameterException("attack-steps", steps, $"left out with method {attack.Name}"),
    };
}
