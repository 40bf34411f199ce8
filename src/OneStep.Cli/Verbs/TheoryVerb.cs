using System.CommandLine;
using OneStep.Cli.Parsing;
using OneStep.Cli.Rendering;
using OneStep.Theory;

namespace OneStep.Cli.Verbs;

/// <summary>The verb <c>theory</c>: what theory says of one size of network, without looking at any.</summary>
/// <param name="host">The terminal.</param>
internal sealed class TheoryVerb(CliHost host)
{
    private static readonly string[] Examples =
    [
        "onestep theory",
        "onestep theory --dimension 100 --width 1000 --c0 1",
        "onestep theory --dimension 3000000 --width 1e15 --json",
    ];

    private static readonly TheoryParameters Defaults = new();

    private readonly DocumentedOption<int> _dimension = Options.Integer(
        "--dimension", "The input dimension d", TheoryParameters.DimensionRange, NumberText.Significant(Defaults.InputDimension));

    private readonly DocumentedOption<double> _width = Options.Number(
        "--width", "The width m", TheoryParameters.WidthRange, $"{Defaults.Width}");

    private readonly DocumentedOption<double> _c0 = Options.Number(
        "--c0", "C0 of the lazy ball, radius C0/√m", TheoryParameters.C0Range, $"{Defaults.C0}");

    private readonly DocumentedOption<double> _gamma = Options.Number(
        "--gamma", "Probability with which the theorem may fail", TheoryParameters.FailureProbabilityRange, $"{Defaults.FailureProbability}");

    private readonly DocumentedOption<bool> _json = Options.Flag("--json", "Print one JSON document instead of text");

    private IReadOnlyList<OptionGroup> Groups => [new("Size", [_dimension, _width, _c0, _gamma]), new("Output", [_json])];

    /// <summary>The verb as the parser knows it.</summary>
    public Command ToCommand()
    {
        var command = new Command("theory", "Predict, for one size of network, how long a flip is, what can be certified, and what the theorem says.");
        foreach (Option option in Groups.SelectMany(group => group.Options))
        {
            command.Add(option);
        }

        command.SetAction(parse =>
        {
            TheoryForecast forecast = TheoryForecast.Of(Read(parse));
            host.WriteOutput(parse.GetValue(_json) ? TheoryJson.Of(forecast) : new TheoryView(forecast, host.OutputTraits).Render());
            return ExitCodes.Done;
        });
        return command;
    }

    /// <summary>The verb's help page.</summary>
    public HelpPage Help(Command command) => new(command, Groups, Examples);

    private TheoryParameters Read(ParseResult parse) => new()
    {
        InputDimension = _dimension.IsGiven(parse) ? parse.GetValue(_dimension) : Defaults.InputDimension,
        Width = _width.IsGiven(parse) ? parse.GetValue(_width) : Defaults.Width,
        C0 = _c0.IsGiven(parse) ? parse.GetValue(_c0) : Defaults.C0,
        FailureProbability = _gamma.IsGiven(parse) ? parse.GetValue(_gamma) : Defaults.FailureProbability,
    };
}
