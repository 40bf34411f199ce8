using OneStep.Attacks;

namespace OneStep.Experiments;

/// <summary>The attacks that experiments and comparisons know by name, and what may be chosen of each.</summary>
public static class AttackMethods
{
    private static readonly Method[] All =
    [
        new("one-step", NormKind.L2, (_, _) => new OneStepAttack()),
        new("boundary-walk", NormKind.L2, (options, seed) => options.Steps is int steps ? new BoundaryWalkAttack { Seed = seed, Steps = steps } : new() { Seed = seed }) { TakesSteps = true },
    ];

    /// <summary>The names, in the order in which a comparison shows them.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(method => method.Name)];

    /// <summary>What a name must be, to be read after "must be".</summary>
    public static string Range { get; } = "one of " + string.Join(", ", Names);

    /// <summary>The norm in which a method makes perturbations small unless told otherwise.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    public static NormKind NormOf(string name) => Find(name).Norm;

    /// <summary>Whether a method can look within a budget.</summary>
    internal static bool TakesBudget(string name) => Find(name).WithinBudget is not null;

    /// <summary>Whether a method knows more than one norm.</summary>
    internal static bool TakesNorm(string name) => Find(name).TakesNorm;

    /// <summary>Whether a method takes a number of steps that may be chosen.</summary>
    internal static bool TakesSteps(string name) => Find(name).TakesSteps;

    /// <summary>The attack that looks for the smallest flip.</summary>
    internal static IMinimumNormAttack Smallest(MethodOptions options, ulong seed) => Find(options.Name).Smallest(options, seed);

    /// <summary>The attack that looks within a budget.</summary>
    internal static IFixedBudgetAttack WithinBudget(MethodOptions options, ulong seed) => Find(options.Name).WithinBudget!(options, seed);

    private static Method Find(string name) => Array.Find(All, method => method.Name == name) ?? throw new InvalidParameterException("method", $"'{name}'", Range);

    private sealed record Method(string Name, NormKind Norm, Func<MethodOptions, ulong, IMinimumNormAttack> Smallest)
    {
        public Func<MethodOptions, ulong, IFixedBudgetAttack>? WithinBudget { get; init; }

        public bool TakesNorm { get; init; }

        public bool TakesSteps { get; init; }
    }
}
