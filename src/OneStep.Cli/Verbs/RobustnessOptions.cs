using System.CommandLine;
using OneStep.Cli.Parsing;
using OneStep.Experiments;

namespace OneStep.Cli.Verbs;

/// <summary>The options of accuracy under attack.</summary>
internal sealed class RobustnessOptions
{
    private static readonly ExperimentParameters Defaults = new();

    private readonly ParameterOption<BudgetList> _budgets = new(
        new("--robust-budgets", "X,Y,...", "Measure the accuracy under attacks that move images by at most so much", BudgetList.Range, ReadBudgets) { ShowsRange = true, DefaultText = "that of adversarial training" },
        p => p.RobustBudgets,
        (p, value) => p with { RobustBudgets = value });

    private readonly IParameterOption[] _others =
    [
        new ParameterOption<int>(
            Options.Integer("--robust-steps", "Projected gradient steps for that", "an integer from 1 to 1000000", ExperimentOptions.Text(Defaults.RobustSteps)),
            p => p.RobustSteps,
            (p, value) => p with { RobustSteps = value }),
        new ParameterOption<bool>(
            Options.Flag("--robust-clip", "Measure it a second time with attacks that keep pixels in [0, 1]"),
            p => p.RobustClip,
            (p, value) => p with { RobustClip = value }),
    ];

    /// <summary>Every option.</summary>
    public IReadOnlyList<IParameterOption> All => [_budgets, .. _others];

    /// <summary>Refuses options that say how to measure where nothing is measured.</summary>
    /// <exception cref="UsageException">One is given without a budget.</exception>
    public void RequireBudgets(ParseResult parse, ExperimentParameters parameters)
    {
        if (parameters.EvaluatedBudgets.Count == 0 && Array.Find(_others, o => o.IsGiven(parse)) is { } other)
        {
            throw new UsageException($"{other.Option.Name} needs {_budgets.Option.Name} or --adversarial-budget, because accuracy under attack is measured at a budget.");
        }
    }

    private static bool ReadBudgets(string text, out BudgetList value)
    {
        try
        {
            value = BudgetList.Parse(text);
            return value.Count > 0;
        }
        catch (InvalidParameterException)
        {
            value = BudgetList.None;
            return false;
        }
    }
}
