using OneStep.Attacks;

namespace OneStep.Experiments;

/// <summary>The attacks that experiments and comparisons know by name, and what may be chosen of each.</summary>
public static class ExperimentMethods
{
    private static readonly Method[] All =
    [
        new("one-step", NormKind.L2) { Smallest = (_, _) => new OneStepAttack() },
        new("fgsm", NormKind.LInfinity)
        {
            IsSigns = true,
            Smallest = (_, _) => new MinimalFastGradientSign(),
            WithinBudget = (_, _) => new FastGradientSignAttack(),
        },
        new("boundary-walk", NormKind.L2)
        {
            TakesSteps = true,
            Smallest = (options, seed) => options.Steps is int steps ? new BoundaryWalkAttack { Seed = seed, Steps = steps } : new() { Seed = seed },
        },
    ];

    /// <summary>The names, in the order in which a comparison shows them.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(method => method.Name)];

    /// <summary>What a name must be, to be read after "must be".</summary>
    public static string Range { get; } = "one of " + string.Join(", ", Names);

    /// <summary>What a list of names must be, to be read after "must be".</summary>
    public static string ListRange { get; } = "names between commas, each once, of " + string.Join(", ", Names);

    /// <summary>What a comparison runs unless told otherwise.</summary>
    public static IReadOnlyList<string> Compared { get; } = Names;

    /// <summary>The norm in which a method makes perturbations small unless told otherwise.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    public static NormKind NormOf(string name) => Find(name).Norm;

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
    internal static bool TakesBudget(string name) => Find(name).WithinBudget is not null;

    /// <summary>Whether a method knows more than one norm.</summary>
    internal static bool TakesNorm(string name) => Find(name).TakesNorm;

    /// <summary>Whether a method takes a number of steps that may be chosen.</summary>
    internal static bool TakesSteps(string name) => Find(name).TakesSteps;

    /// <summary>Whether a method's changes are a number times signs, as those of the fast gradient sign method.</summary>
    internal static bool IsSigns(string name) => Find(name).IsSigns;

    /// <summary>The attack that looks for the smallest flip.</summary>
    internal static IMinimumNormAttack Smallest(MethodOptions options, ulong seed) => Find(options.Name).Smallest(options, seed);

    /// <summary>The attack that looks within a budget.</summary>
    internal static IFixedBudgetAttack WithinBudget(MethodOptions options, ulong seed) => Find(options.Name).WithinBudget!(options, seed);

    private static Method Find(string name) => Array.Find(All, method => method.Name == name) ?? throw new InvalidParameterException("method", $"'{name}'", Range);

    private sealed record Method(string Name, NormKind Norm)
    {
        public required Func<MethodOptions, ulong, IMinimumNormAttack> Smallest { get; init; }

        public Func<MethodOptions, ulong, IFixedBudgetAttack>? WithinBudget { get; init; }

        public bool TakesNorm { get; init; }

        public bool TakesSteps { get; init; }

        public bool IsSigns { get; init; }
    }
}
