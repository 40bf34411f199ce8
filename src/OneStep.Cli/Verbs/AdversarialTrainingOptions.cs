using System.CommandLine;
using OneStep.Cli.Parsing;
using OneStep.Experiments;
using OneStep.Training;

namespace OneStep.Cli.Verbs;

/// <summary>The options of adversarial training.</summary>
internal sealed class AdversarialTrainingOptions
{
    private static readonly AdversarialOptions Defaults = new();

    private readonly ParameterOption<double> _budget = Make(
        Options.Number(
            "--adversarial-budget",
            "Train on attacked copies of the images, moved by at most X, and show the accuracy under such attacks; 0 trains plainly",
            "a number from 0 to 1000000",
            ExperimentOptions.Text(Defaults.Budget)),
        o => o.Budget,
        (o, value) => o with { Budget = value });

    private readonly ParameterOption<InnerAttack> _innerAttack = Make(
        Options.Choice<InnerAttack>(
            "--inner-attack", "What makes the copies: projected gradient steps, or the exact single step cut off at the budget", ExperimentOptions.Text(Defaults.InnerAttack)),
        o => o.InnerAttack,
        (o, value) => o with { InnerAttack = value });

    // What the single step knows nothing of.
    private readonly IParameterOption[] _ofSteps =
    [
        Make(
            Options.Integer("--inner-steps", "Gradient steps that make a copy", "an integer from 1 to 1000000", ExperimentOptions.Text(Defaults.Steps)),
            o => o.Steps,
            (o, value) => o with { Steps = value }),
        Make(
            Options.OptionalNumber("--inner-step-size", "Length of such a step as a multiple of the budget", "a number above 0, at most 1000000", "2.5 / inner steps"),
            o => o.StepSize,
            (o, value) => o with { StepSize = value }),
        Make(
            Options.Flag("--inner-random-start", "Start the steps at random within the budget"),
            o => o.RandomStart,
            (o, value) => o with { RandomStart = value }),
    ];

    private readonly IParameterOption[] _others =
    [
        Make(
            Options.Flag("--clip", "Keep the copies' pixels in [0, 1]"),
            o => o.Clip,
            (o, value) => o with { Clip = value }),
        Make(
            Options.Flag("--rescale", "Scale the copies back to their image's Euclidean norm"),
            o => o.Rescale,
            (o, value) => o with { Rescale = value }),
        Make(
            Options.Choice<AdversarialRefresh>(
                "--adversarial-refresh", "Make the copies for every minibatch, or all of them once an epoch", ExperimentOptions.Text(Defaults.Refresh)),
            o => o.Refresh,
            (o, value) => o with { Refresh = value }),
        Make(
            Options.OptionalInteger(
                "--patience", "Look at the accuracy under such attacks every epoch, before and after projecting, and end after N epochs without a better one", "an integer from 1 on", "do not look"),
            o => o.Patience,
            (o, value) => o with { Patience = value }),
    ];

    /// <summary>Every option.</summary>
    public IReadOnlyList<IParameterOption> All => [_budget, .. Others];

    private IParameterOption[] Others => [_innerAttack, .. _ofSteps, .. _others];

    /// <summary>Refuses options that say how to attack where nothing is attacked, or not so.</summary>
    /// <exception cref="UsageException">One is given without a budget, or with another attack.</exception>
    public void RequireUse(ParseResult parse, ExperimentParameters parameters)
    {
        if (!parameters.Adversarial.IsOn && Array.Find(Others, o => o.IsGiven(parse)) is { } other)
        {
            throw new UsageException($"{other.Option.Name} needs {_budget.Option.Name} above 0, because plain training attacks no images.");
        }

        if (parameters.Adversarial.InnerAttack == InnerAttack.OneStep && Array.Find(_ofSteps, o => o.IsGiven(parse)) is { } ofSteps)
        {
            throw new UsageException($"{ofSteps.Option.Name} needs {_innerAttack.Option.Name} {ExperimentOptions.Text(InnerAttack.Pgd)}, because the exact single step has nothing to choose.");
        }
    }

    private static ParameterOption<T> Make<T>(
        DocumentedOption<T> option, Func<AdversarialOptions, T> get, Func<AdversarialOptions, T, AdversarialOptions> set) =>
        new(option, p => get(p.Adversarial), (p, value) => p with { Adversarial = set(p.Adversarial, value) });
}
