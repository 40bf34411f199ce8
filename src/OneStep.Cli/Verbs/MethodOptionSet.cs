using OneStep.Attacks;
using OneStep.Cli.Parsing;
using OneStep.Experiments;

namespace OneStep.Cli.Verbs;

/// <summary>The options that choose the attack.</summary>
internal sealed class MethodOptionSet
{
    private readonly ParameterOption<string> _method = Make(
        new DocumentedOption<string>("--method", "NAME", $"The attack: {string.Join(", ", ExperimentMethods.Names)}", ExperimentMethods.Range, ReadMethod) { DefaultText = MethodOptions.OneStep },
        m => m.Name,
        (m, value) => m with { Name = value });

    private readonly IParameterOption[] _others =
    [
        Make(
            Options.OptionalNumber("--budget", "Look for flips that change an image by at most so much, in the attack's norm; for fgsm and pgd", "a number from 0 to 1000000", "none: look for the smallest flip"),
            m => m.Budget,
            (m, value) => m with { Budget = value }),
        Make(
            new DocumentedOption<NormKind?>("--norm", "l2|linf", "What pgd's budget bounds: the Euclidean norm, or the largest change of a pixel", "one of l2, linf", ReadNorm) { DefaultText = "l2" },
            m => m.Norm,
            (m, value) => m with { Norm = value }),
        Make(
            Options.OptionalInteger("--attack-steps", "Gradient steps of an attack that takes several", "an integer from 1 to 1000000", "as published for the method"),
            m => m.Steps,
            (m, value) => m with { Steps = value }),
    ];

    /// <summary>The option that names the attack.</summary>
    public IParameterOption Method => _method;

    /// <summary>Every option.</summary>
    public IReadOnlyList<IParameterOption> All => [_method, .. _others];

    private static ParameterOption<T> Make<T>(DocumentedOption<T> option, Func<MethodOptions, T> get, Func<MethodOptions, T, MethodOptions> set) =>
        new(option, p => get(p.Method), (p, value) => p with { Method = set(p.Method, value) });

    private static bool ReadMethod(string text, out string value)
    {
        value = text;
        return ExperimentMethods.Names.Contains(text);
    }

    private static bool ReadNorm(string text, out NormKind? value)
    {
        value = NormNames.Parse(text);
        return value is NormKind.L2 or NormKind.LInfinity;
    }
}
